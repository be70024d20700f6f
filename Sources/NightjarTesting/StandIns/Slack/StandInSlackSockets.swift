import NightjarEngine
import Synchronization

/// Socket Mode's side of the stand-in: the connections that are open, and what was acknowledged over them.
final class StandInSlackSockets: Sendable {
    private struct State {
        var open: [StandInSocket] = []
        var newest: StandInSocket?
        var greets = true
        /// What each envelope was, how often it was sent, and what its acknowledgement carried.
        var envelopes: [String: (type: String, sends: Int)] = [:]
        var acknowledged: [String: JSONValue] = [:]
        var tickets: Set<String> = []
        var lastTicket = 0
        var faults: [String] = []
    }

    private let state = Mutex(State())
    /// `ws://…`, once the server runs.
    let url = Mutex("")

    var acknowledged: [String: JSONValue] { state.withLock(\.acknowledged) }
    var openCount: Int { state.withLock(\.open.count) }
    var newest: StandInSocket? { state.withLock(\.newest) }
    var faults: [String] { state.withLock(\.faults) }

    func greet(_ greets: Bool) { state.withLock { $0.greets = greets } }

    /// What `apps.connections.open` gives: each address is good once.
    func address() -> String {
        let target = state.withLock { state in
            state.lastTicket += 1
            let target = "/link/?ticket=secret-\(state.lastTicket)&app_id=A0APP"
            state.tickets.insert(target)
            return target
        }
        return url.withLock { $0 } + target
    }

    /// An envelope as it is sent now.
    /// - Parameter id: of one that is sent again; nil makes a new one.
    func envelope(_ id: String?, type: String, payload: JSONValue) -> (id: String, frame: JSONValue) {
        state.withLock { state in
            let id = id ?? "envelope-\(state.envelopes.count + 1)"
            let sends = state.envelopes[id]?.sends ?? 0
            state.envelopes[id] = (type, sends + 1)
            var members: [String: JSONValue] = [
                "envelope_id": .string(id), "type": .string(type), "accepts_response_payload": .bool(Self.takesPayload(type)),
                "payload": payload,
            ]
            if type == "events_api" {
                members["retry_attempt"] = .integer(Int64(sends))
                members["retry_reason"] = .string(sends == 0 ? "" : "timeout")
            }
            return (id, .object(members))
        }
    }

    private static func takesPayload(_ type: String) -> Bool { type == "slash_commands" }

    @Sendable func serve(_ socket: StandInSocket) async throws {
        let greeting = state.withLock { state -> JSONValue? in
            guard state.tickets.remove(socket.target) != nil else {
                state.faults.append("a connection without a ticket, or with one that was used")
                return nil
            }
            state.open.append(socket)
            state.newest = socket
            return [
                "type": "hello", "num_connections": .integer(Int64(state.open.count)), "connection_info": ["app_id": "A0APP"],
                "debug_info": ["host": "applink-1", "approximate_connection_time": 18_060],
            ]
        }
        guard let greeting else { return }
        defer { state.withLock { state in state.open.removeAll { $0 === socket } } }
        if state.withLock(\.greets) { try await socket.send(greeting) }
        for await text in socket.messages { hear(text) }
    }

    private func hear(_ text: String) {
        let frame = (try? JSONValue(parsing: text)) ?? .null
        state.withLock { state in
            guard let id = frame["envelope_id"]?.string else {
                state.faults.append("an acknowledgement of nothing: \(text)")
                return
            }
            if let payload = frame["payload"], payload == .null || !Self.takesPayload(state.envelopes[id]?.type ?? "") {
                state.faults.append("an acknowledgement that carries what it may not: \(text)")
            }
            state.acknowledged[id] = frame["payload"] ?? .null
        }
    }
}
