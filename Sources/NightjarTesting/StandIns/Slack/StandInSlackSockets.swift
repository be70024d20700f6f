import NightjarEngine
import Synchronization

/// Socket Mode's side of the stand-in: the connections that are open, and what was acknowledged over them.
final class StandInSlackSockets: Sendable {
    private struct State {
        var open: [ObjectIdentifier: StandInSocket] = [:]
        var newest: StandInSocket?
        var acknowledged: [String: JSONValue] = [:]
        var lastEnvelope = 0
        var tickets = 0
    }

    private let state = Mutex(State())
    /// `ws://…`, once the server runs.
    let url = Mutex("")

    var acknowledged: [String: JSONValue] { state.withLock(\.acknowledged) }
    var openCount: Int { state.withLock(\.open.count) }
    var newest: StandInSocket? { state.withLock(\.newest) }

    /// What `apps.connections.open` gives: each address is good once.
    func address() -> String {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        return url.withLock { $0 } + "/link/?ticket=\(ticket)"
    }

    func nextEnvelope() -> String {
        state.withLock { state in
            state.lastEnvelope += 1
            return "envelope-\(state.lastEnvelope)"
        }
    }

    @Sendable func serve(_ socket: StandInSocket) async throws {
        state.withLock { state in
            state.open[ObjectIdentifier(socket)] = socket
            state.newest = socket
        }
        defer { state.withLock { _ = $0.open.removeValue(forKey: ObjectIdentifier(socket)) } }
        try await socket.send(["type": "hello", "num_connections": 1, "connection_info": ["app_id": "A0APP"]])
        for await text in socket.messages {
            guard let frame = try? JSONValue(parsing: text), let id = frame["envelope_id"]?.string else { continue }
            state.withLock { $0.acknowledged[id] = frame["payload"] ?? .null }
        }
    }
}
