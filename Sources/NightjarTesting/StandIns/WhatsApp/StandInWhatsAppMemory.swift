internal import Synchronization

/// What the stand-in knows: who said what, and whom it may be said to.
final class StandInWhatsAppMemory: Sendable {
    private struct State {
        var messages: [StandInWhatsAppMessage] = []
        var indicators: [String] = []
        /// Ids of what people said.
        var heard: Set<String> = []
        var lastID = 0
        /// By their ids, those of people and those of the engine.
        var files: [String: StandInFile] = [:]
        var closedWindows: Set<String> = []
        var limits: [String: Int] = [:]
        /// Answers that stand for those to the next messages.
        var prepared: [StandInAnswer] = []
    }

    private let state = Mutex(State())

    var messages: [StandInWhatsAppMessage] { state.withLock(\.messages) }
    var indicators: [String] { state.withLock(\.indicators) }

    func nextID() -> String {
        state.withLock { state in
            state.lastID += 1
            return "wamid.STANDIN\(state.lastID)"
        }
    }

    /// A person wrote, which opens the window for answers.
    func heard(_ id: String, from person: String) {
        state.withLock { state in
            state.heard.insert(id)
            state.closedWindows.remove(person)
        }
    }

    func keep(_ file: StandInFile) -> String {
        state.withLock { state in
            let id = "\(7_000_000 + state.files.count)"
            state.files[id] = file
            return id
        }
    }

    func file(_ id: String) -> StandInFile? { state.withLock { $0.files[id] } }

    func hasHeard(_ id: String) -> Bool { state.withLock { $0.heard.contains(id) } }

    func add(_ message: StandInWhatsAppMessage) { state.withLock { $0.messages.append(message) } }

    func indicate(_ id: String) { state.withLock { $0.indicators.append(id) } }

    func closeWindow(of person: String) { state.withLock { _ = $0.closedWindows.insert(person) } }

    func isWindowClosed(of person: String) -> Bool { state.withLock { $0.closedWindows.contains(person) } }

    func limit(_ count: Int?, for person: String) { state.withLock { $0.limits[person] = count } }

    func prepare(_ answers: [StandInAnswer]) { state.withLock { $0.prepared += answers } }

    func takePrepared() -> StandInAnswer? { state.withLock { $0.prepared.isEmpty ? nil : $0.prepared.removeFirst() } }

    /// - Returns: whether the person may have one more message.
    func takeAllowance(of person: String) -> Bool {
        state.withLock { state in
            guard let left = state.limits[person] else { return true }
            state.limits[person] = max(0, left - 1)
            return left > 0
        }
    }
}
