internal import NightjarEngine
internal import Synchronization

/// The Gateway's side of the stand-in: one bot, its session, and the events that it has not heard yet.
final class StandInDiscordGateway: Sendable {
    private struct State {
        var socket: StandInSocket?
        var session: String?
        var sessions = 0
        /// All events of the session, by number from 1.
        var events: [(type: String, data: JSONValue)] = []
        var identifies = 0
        var resumes = 0
        var heartbeats = 0
        var hearsHeartbeats = true
        /// All connections, the newest last.
        var sockets: [StandInSocket] = []
        var greets = true
        /// Where sessions are resumed; nil where they are begun, at a path of its own.
        var resumeURL: String?
        /// A close code for the next Identify.
        var refusal: UInt16?
        var faults: [String] = []
    }

    private let state = Mutex(State())
    /// `ws://…`, once the server runs.
    let url = Mutex("")
    /// How often the bot is to show that it lives.
    private static let heartbeatMilliseconds: Int64 = 41_250
    /// What Discord takes in a minute.
    private static let payloadsMax = 120
    private static let resumePath = "/resume"
    private static let intentsWanted: Int64 = 1 << 9 | 1 << 12 | 1 << 15

    var sockets: [StandInSocket] { state.withLock(\.sockets) }
    var socket: StandInSocket? { state.withLock(\.socket) }
    var counts: (identifies: Int, resumes: Int, heartbeats: Int) {
        state.withLock { ($0.identifies, $0.resumes, $0.heartbeats) }
    }
    var faults: [String] { state.withLock(\.faults) }
    var isConnected: Bool { state.withLock { $0.socket != nil && $0.session != nil } }

    func refuseNext(with code: UInt16) { state.withLock { $0.refusal = code } }
    func stopHearing() { state.withLock { $0.hearsHeartbeats = false } }
    func greet(_ greets: Bool) { state.withLock { $0.greets = greets } }
    func setResumeURL(_ url: String) { state.withLock { $0.resumeURL = url } }
    func forgetSession() { state.withLock { $0.session = nil } }

    /// Tells of an event now, or when the bot is there again.
    func tell(_ type: String, _ data: JSONValue) async throws {
        let (socket, number) = state.withLock { state in
            state.events.append((type, data))
            return (state.session == nil ? nil : state.socket, state.events.count)
        }
        try? await socket?.send(Self.event(type, data, number))
    }

    private static func event(_ type: String, _ data: JSONValue, _ number: Int) -> JSONValue {
        ["op": 0, "t": .string(type), "s": .integer(Int64(number)), "d": data]
    }

    @Sendable func serve(_ socket: StandInSocket) async throws {
        defer { state.withLock { if $0.socket === socket { $0.socket = nil } } }
        let greets = state.withLock { state in
            state.sockets.append(socket)
            if !socket.target.hasSuffix("/?v=10&encoding=json") { state.faults.append("not the Gateway's address: \(socket.target)") }
            return state.greets
        }
        if greets { try await socket.send(["op": 10, "d": ["heartbeat_interval": .integer(Self.heartbeatMilliseconds)]]) }
        var isIntroduced = false
        var times: [ContinuousClock.Instant] = []
        for await text in socket.messages {
            times = times.filter { $0.duration(to: .now) < .seconds(60) } + [.now]
            guard times.count <= Self.payloadsMax else {
                try await socket.close(code: 4008, reason: "You are being rate limited.")
                continue
            }
            guard let payload = try? JSONValue(parsing: text) else {
                try await socket.close(code: 4002, reason: "Error while decoding payload.")
                continue
            }
            switch payload["op"]?.integer {
            case 1: try await hear(socket, payload["d"]?.integer)
            case 2 where isIntroduced, 6 where isIntroduced: try await socket.close(code: 4005, reason: "Already authenticated.")
            case 2:
                isIntroduced = true
                try await identify(socket, payload["d"] ?? .null)
            case 6:
                isIntroduced = true
                try await resume(socket, payload["d"] ?? .null)
            default: try await socket.close(code: isIntroduced ? 4001 : 4003, reason: "Unknown opcode.")
            }
        }
    }

    private func hear(_ socket: StandInSocket, _ number: Int64?) async throws {
        let hears = state.withLock { state in
            state.heartbeats += 1
            if let number, number > state.events.count { state.faults.append("a heartbeat with a number that nothing had") }
            return state.hearsHeartbeats
        }
        if hears { try await socket.send(["op": 11]) }
    }

    private func identify(_ socket: StandInSocket, _ data: JSONValue) async throws {
        let refusal: UInt16? = state.withLock { state in
            defer { state.refusal = nil }
            return state.refusal
        }
        if let refusal { return try await socket.close(code: refusal) }
        guard data["token"]?.string == StandInDiscord.botToken else {
            return try await socket.close(code: 4004, reason: "Authentication failed.")
        }
        if (data["intents"]?.integer ?? 0) & Self.intentsWanted != Self.intentsWanted {
            state.withLock { $0.faults.append("intents that do not bring messages") }
        }
        let (session, count, address) = state.withLock { state in
            if socket.target.hasPrefix(Self.resumePath) { state.faults.append("a new session where sessions are resumed") }
            state.identifies += 1
            state.sessions += 1
            state.session = "session-\(state.sessions)"
            state.socket = socket
            state.events = [("READY", .null)]
            return (state.session ?? "", state.events.count, state.resumeURL ?? url.withLock { $0 } + Self.resumePath)
        }
        let ready: JSONValue = [
            "v": 10, "session_id": .string(session), "resume_gateway_url": .string(address),
            "user": ["id": .string(StandInDiscord.botUser), "username": "nightjar", "bot": true], "guilds": [],
        ]
        try await socket.send(Self.event("READY", ready, count))
    }

    private func resume(_ socket: StandInSocket, _ data: JSONValue) async throws {
        let missed: [(Int, String, JSONValue)]? = state.withLock { state in
            if !socket.target.hasPrefix(Self.resumePath) { state.faults.append("a session that is resumed where READY did not say") }
            guard data["token"]?.string == StandInDiscord.botToken, let session = state.session,
                data["session_id"]?.string == session,
                let number = data["seq"]?.integer, (0...Int64(state.events.count)).contains(number)
            else { return nil }
            state.resumes += 1
            state.socket = socket
            return state.events.enumerated().dropFirst(Int(number)).map { ($0.offset + 1, $0.element.type, $0.element.data) }
        }
        guard let missed else { return try await socket.send(["op": 9, "d": false]) }
        for (number, type, data) in missed { try await socket.send(Self.event(type, data, number)) }
        let count = state.withLock { state in
            state.events.append(("RESUMED", .null))
            return state.events.count
        }
        try await socket.send(Self.event("RESUMED", [:], count))
    }
}
