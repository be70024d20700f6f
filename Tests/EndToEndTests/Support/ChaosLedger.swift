import NightjarEngine
import Synchronization

/// What the clients of a chaos run know: what they were promised, what they have seen, and what does not fit together.
final class ChaosLedger: Sendable {
    struct Counts {
        var sent = 0
        var acknowledged = 0
        /// Acknowledged when they were sent again.
        var repeated = 0
        var completed = 0
        var failed = 0
        var effects = 0
        /// Calls that were cut off, of which the model was told so.
        var unknownOutcomes = 0
    }

    private struct State {
        var counts = Counts()
        var faults: [String] = []
        /// The message's id by key.
        var promised: [String: String] = [:]
        var open: [Int: String] = [:]
        /// Final states with their outputs, as they were first seen, by task.
        var results: [String: String] = [:]
    }

    /// How many of the newest results are looked at each time; more would be work for the engine.
    private static let observedMax = 200

    private let state = Mutex(State())

    var counts: Counts { state.withLock(\.counts) }
    var faults: [String] { state.withLock(\.faults) }

    var progress: String {
        let counts = counts
        return "\(counts.sent) messages sent, \(counts.acknowledged) acknowledged (\(counts.repeated) on a second try)"
    }

    var summary: String {
        let counts = counts
        return """
            \(progress), \(counts.completed) tasks completed, \(counts.failed) failed, \(counts.effects) effects, \
            \(counts.unknownOutcomes) of unknown outcome, \(faults.count) faults
            """
    }

    // MARK: Sending

    /// Half of the clients send commands, the others talk to the default agent.
    static func key(client: Int, round: Int, number: Int) -> String { "\(client % 2 == 0 ? "c" : "p")\(client)r\(round)n\(number)" }
    static func isCommand(_ key: String) -> Bool { key.hasPrefix("c") }
    static func text(_ key: String) -> String { isCommand(key) ? "/run agent worker \(key)" : key }
    /// Plain messages of one person wait for each other, so each round has its own.
    static func user(_ key: String) -> String { String(key.prefix { $0 != "n" }) }

    /// The key that a client sent last, if nobody told it that it arrived.
    func unacknowledged(by client: Int) -> String? { state.withLock { $0.open[client] } }

    func sent(_ key: String, by client: Int) {
        state.withLock {
            $0.counts.sent += 1
            $0.open[client] = key
        }
    }

    /// - Returns: whether it was acknowledged.
    func acknowledged(_ key: String, by client: Int, _ answer: HTTPDriver.Answer) -> Bool {
        guard answer.status == 202 || answer.status == 200, let id = answer["id"].string else {
            if answer.status != 503 { fault("\(key): \(answer.status) \(answer.body)") }
            return false
        }
        state.withLock {
            $0.counts.acknowledged += 1
            if answer.status == 200 { $0.counts.repeated += 1 }
            $0.open[client] = nil
            $0.promised[key] = id
        }
        return true
    }

    // MARK: Looking

    /// Notes results while the engine lives; a result never changes.
    func observe(_ http: HTTPDriver) async {
        while let tasks = try? await http.tasks("&state=completed,failed,cancelled", limit: Self.observedMax), !Task.isCancelled {
            for task in tasks { note(task) }
            try? await pass(.milliseconds(50))
        }
    }

    private func note(_ task: JSONValue) {
        let id = task["id"]?.string ?? ""
        let result = "\(task["state"]?.string ?? "") \(task["output"]?.string ?? "") \(task["error"]?.text ?? "")"
        let first = state.withLock { state in
            if let first = state.results[id] { return first }
            state.results[id] = result
            return result
        }
        if first != result { fault("task \(id) had the result \(first), then \(result)") }
    }

    /// What the tool returns after its effect.
    static let effectDone = "did it"

    private func fault(_ text: String) {
        state.withLock { $0.faults.append(text) }
    }

    /// Waits until every message that was promised has been handled: its task is stored, or its answer.
    func waitUntilHandled(_ http: HTTPDriver) async throws {
        for (key, id) in state.withLock(\.promised) {
            try await eventually("\(key) is handled", within: .seconds(120)) {
                try await http.get("/api/v1/messages/\(id)")["state"] == "handled"
            }
        }
    }

    // MARK: The audit

    /// Compares what was promised with what is left, when everything has ended.
    func audit(_ http: HTTPDriver, effects: [String]) async throws {
        let tasks = try await http.tasks()
        for task in tasks { note(task) }
        count(tasks, effects)
        for (key, number) in Dictionary(effects.map { ($0, 1) }, uniquingKeysWith: +) where number > 1 {
            fault("the effect \(key) happened \(number) times")
        }
        let happened = Set(effects)
        for task in tasks where task["output"]?.string?.hasSuffix(Self.effectDone) == true {
            let key = task["input"]?.string ?? ""
            if !happened.contains("/effect/\(key)") { fault("\(key) reports an effect that never happened") }
        }
        let byInput = Dictionary(grouping: tasks) { $0["input"]?.string ?? "" }
        for (key, found) in byInput where found.count > 1 { fault("\(key) has \(found.count) tasks") }
        for (id, _) in state.withLock(\.results) where !tasks.contains(where: { $0["id"]?.string == id }) {
            fault("the task \(id) is gone")
        }
        for (key, id) in state.withLock(\.promised) {
            guard let task = byInput[key]?.first else {
                fault("\(key) was acknowledged and has no task")
                continue
            }
            try await check(key, message: id, task, http)
        }
    }

    private func count(_ tasks: [JSONValue], _ effects: [String]) {
        state.withLock {
            $0.counts.completed = tasks.count { $0["state"] == "completed" }
            $0.counts.failed = tasks.count { $0["state"] == "failed" }
            $0.counts.effects = effects.count
            $0.counts.unknownOutcomes = tasks.count { $0["output"]?.string?.contains("unknown") == true }
        }
    }

    private func check(_ key: String, message id: String, _ task: JSONValue, _ http: HTTPDriver) async throws {
        guard task["state"] == "completed" else { return fault("\(key) ended as \(task.text)") }
        if task["message"]?.string != id { fault("\(key) is of another message: \(task.text)") }
        // The last replies are delivered a moment after the tasks have ended.
        let replies = try await eventually("the replies to \(key)") {
            let message = try await http.get("/api/v1/messages/\(id)")
            let isAnswered = message.replies.contains { $0.contains("\(key) at ") }
            return message["state"] == "handled" && isAnswered ? message.replies : nil
        }
        // A command is acknowledged and reported; a plain message is answered.
        let isCommand = Self.isCommand(key)
        let started = replies.count { $0.contains("Task started") }
        if replies.count != (isCommand ? 2 : 1) || started != (isCommand ? 1 : 0) { fault("\(key) has the replies \(replies)") }
        let output = task["output"]?.string ?? ""
        if !output.hasPrefix("\(key) at ") || !(replies.last?.contains(output) ?? false) {
            fault("\(key) has the output \(output) and the replies \(replies)")
        }
    }
}
