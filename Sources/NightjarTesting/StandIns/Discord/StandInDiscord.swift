internal import Crypto
public import NightjarEngine
internal import Synchronization

/// Discord on this machine, for tests and try-outs: a real HTTP server that checks what Discord checks, remembers the conversation, and
/// makes the signed requests that Discord would send.
public struct StandInDiscord: Sendable {
    public static let botToken = "bot-token.of-a.stand-in"
    public static let applicationID = "1100000000000000001"
    public static let botUser = "1100000000000000002"
    public static let guild = "1100000000000000003"
    /// The key's seed in hexadecimal, and its public half, which is what an application is told.
    public static let keySeed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    public static let publicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

    /// The HTTP server, to wait on.
    public let provider: StandInProvider
    let server: StandInDiscordServer
    private let record: StandInRecord<StandInDiscordState>

    /// What `api_url` is to be.
    public var apiURL: String { provider.baseURL }

    /// Runs a stand-in for as long as `body` runs.
    /// - Parameters:
    ///   - perPeriod: messages that each channel takes in five seconds; nil takes all.
    public static func withDiscord<Result: Sendable>(
        port: Int = 0, perPeriod: Int? = nil, _ body: (StandInDiscord) async throws -> Result
    ) async throws -> Result {
        var state = StandInDiscordState()
        state.perPeriod = perPeriod
        let record = StandInRecord(state)
        let server = StandInDiscordServer(record)
        return try await StandInSocketServer.withServer(serve: server.gateway.serve) { sockets in
            server.gateway.url.withLock { $0 = sockets.url }
            return try await StandInProvider.withProvider(port: port, fallback: { server.answer($0) }) { provider in
                try await body(StandInDiscord(provider: provider, server: server, record: record))
            }
        }
    }

    // MARK: What came of it

    /// The bot's messages that can be seen, in the order in which they were written.
    public var answers: [StandInDiscordMessage] { record.value.messages.filter { !$0.isAwaited } }
    /// Those of which it is only seen that they are awaited.
    public var awaited: [StandInDiscordMessage] { record.value.messages.filter(\.isAwaited) }
    public var ephemeral: [String] { record.value.ephemeral }
    public var calls: [StandInDiscordCall] { record.value.calls }
    public var commands: [JSONValue] { record.value.commands }
    /// What Discord takes and nobody wants to see.
    public var faults: [String] { record.value.faults }

    public func count(_ route: String) -> Int { calls.count { $0.route == route } }

    /// Waits until something has happened.
    /// - Throws: `CancellationError`.
    public func wait(until condition: @escaping @Sendable (StandInDiscord) -> Bool) async throws {
        try await provider.wait { _ in condition(self) }
    }

    /// Discord's answer to too many requests, for ``failNext(_:_:)``.
    public static func rateLimit(_ pause: Duration, isGlobal: Bool = false) -> StandInAnswer {
        StandInDiscordServer.rateLimit(pause, isGlobal: isGlobal)
    }

    /// Discord's answer to who uses an interaction's token too early, or too late; for ``failNext(_:_:)``.
    public static var unknownInteraction: StandInAnswer { StandInDiscordRefusal.unknownWebhook.answer }

    // MARK: What a test changes

    /// The next calls whose route begins so are answered with these.
    public func failNext(_ route: String, _ answers: StandInAnswer...) {
        record.change { $0.prepared[route, default: []] += answers }
    }

    /// The next call whose route begins so is done, and its answer lost.
    public func loseNextAnswer(_ route: String) { record.change { $0.muted.append(route) } }

    public func hide(_ channel: String) { record.change { _ = $0.hidden.insert(channel) } }

    public func delete(_ id: String) { record.change { state in state.messages.removeAll { $0.id == id } } }

    /// Tokens of interactions are taken so long after the engine's answer: Discord has to tell itself of it first.
    public func setInteractionLag(_ lag: Duration) { record.change { $0.interactionLag = lag } }

    /// After 15 minutes nobody takes an interaction's token.
    public func expireInteractions() { record.change { $0.interactions.removeAll() } }

    // MARK: What people do

    /// An interaction and the request that tells of it.
    public struct Interaction: Sendable {
        public var request: PlatformRequest
        public var token: String
        public var document: JSONValue
    }

    /// Types a slash command.
    public func command(
        _ name: String, _ arguments: String = "", user: String = "1200000000000000007", channel: String = "1300000000000000001",
        at moment: Timestamp
    ) -> Interaction {
        var data: [String: JSONValue] = ["id": "1", "name": .string(name), "type": 1]
        if !arguments.isEmpty { data["options"] = [["name": "arguments", "type": 3, "value": .string(arguments)]] }
        return interaction(type: 2, .object(data), user: user, channel: channel, at: moment)
    }

    /// Presses a button of a message.
    /// - Parameter index: counted from 0.
    public func press(
        _ index: Int, of message: StandInDiscordMessage, user: String = "1200000000000000007", at moment: Timestamp
    ) -> Interaction {
        let data: JSONValue = ["component_type": 2, "custom_id": message.buttonElements[index]["custom_id"] ?? ""]
        return interaction(type: 3, data, user: user, channel: message.channel, source: message, at: moment)
    }

    /// Brings an interaction over the Gateway, as Discord does where it has no address for them.
    public func bring(_ interaction: Interaction) async throws {
        try await server.gateway.tell("INTERACTION_CREATE", interaction.document)
    }

    /// An id that was not used before.
    public func nextID() -> String { record.change { $0.nextID() } }

    /// Says something, of which the Gateway tells.
    /// - Parameters:
    ///   - isDirect: to the bot alone, and not in a server.
    ///   - id: an earlier one's, told of again; nil is a new message.
    ///   - changes: members that are to be other than a person's message has.
    /// - Returns: the message's id.
    @discardableResult
    public func say(
        _ text: String, user: String = "1200000000000000007", channel: String = "1300000000000000001", isDirect: Bool = false,
        mentionsBot: Bool = false, id: String? = nil, file: StandInFile? = nil,
        changes: [String: JSONValue] = [:]
    ) async throws -> String {
        let id = id ?? record.change { $0.nextID() }
        let bot: JSONValue = ["id": .string(Self.botUser), "username": "nightjar", "bot": true]
        var members: [String: JSONValue] = [
            "id": .string(id), "channel_id": .string(channel), "type": 0,
            "content": .string(mentionsBot ? "<@\(Self.botUser)> \(text)" : text),
            "author": ["id": .string(user), "username": .string("person_\(user.suffix(1))")], "attachments": [],
            "mentions": mentionsBot ? [bot] : [],
        ]
        if let file {
            let path = "/attachments/\(id)"
            record.change { $0.files[path] = file }
            members["attachments"] = [
                [
                    "id": .string(id), "filename": .string(file.name), "content_type": .string(file.type),
                    "size": .integer(Int64(file.content.utf8.count)), "url": .string(provider.baseURL + path),
                ]
            ]
        }
        if !isDirect { members["guild_id"] = .string(Self.guild) }
        try await server.gateway.tell("MESSAGE_CREATE", .object(members.merging(changes) { $1 }))
        return id
    }

    // MARK: The Gateway

    /// The connection that is open, to break it.
    public var socket: StandInSocket? { server.gateway.socket }
    /// All connections there have been, the newest last.
    public var sockets: [StandInSocket] { server.gateway.sockets }
    public var isConnected: Bool { server.gateway.isConnected }
    /// How often the bot began a session, went on with one, and showed that it lives.
    public var gatewayCounts: (identifies: Int, resumes: Int, heartbeats: Int) { server.gateway.counts }
    public var gatewayFaults: [String] { server.gateway.faults }
    /// The next Identify is answered with a close code.
    public func refuseNextIdentify(with code: UInt16) { server.gateway.refuseNext(with: code) }
    /// From now on heartbeats are not acknowledged.
    public func stopHearingHeartbeats() { server.gateway.stopHearing() }
    /// The session cannot be gone on with.
    public func forgetSession() { server.gateway.forgetSession() }
    /// Whether connections that are opened from now on hear Hello.
    public func greet(_ greets: Bool) { server.gateway.greet(greets) }
    /// Where sessions that begin from now on are resumed.
    public func setResumeURL(_ url: String) { server.gateway.setResumeURL(url) }
    /// How many sessions may still begin today.
    public func allowSessions(_ count: Int64) { record.change { $0.sessionsLeft = count } }

    /// The answer of an engine to the request of an interaction.
    public func hear(_ answer: String, to interaction: Interaction) {
        guard let body = (try? JSONValue(parsing: answer))?.object else { return }
        record.change { state in
            do throws(StandInDiscordRefusal) {
                try server.callback(body, token: interaction.token, &state)
            } catch {
                // Discord itself tells of an interaction once; a test that does it again hears the same again.
                if error.code != StandInDiscordRefusal.alreadyAnswered.code {
                    state.faults.append("a callback was refused: \(error.message)")
                }
            }
        }
    }

    private func interaction(
        type: Int64, _ data: JSONValue, user: String, channel: String, source: StandInDiscordMessage? = nil,
        at moment: Timestamp
    ) -> Interaction {
        let (id, token) = record.change { state in
            let id = state.nextID()
            let token = "token-of-\(id)"
            state.interactions[token] = StandInDiscordState.Interaction(channel: channel, source: source?.id)
            return (id, token)
        }
        var members: [String: JSONValue] = [
            "id": .string(id), "application_id": .string(Self.applicationID), "type": .integer(type), "data": data,
            "version": 1,
            "guild_id": .string(Self.guild), "channel_id": .string(channel),
            "channel": ["id": .string(channel), "name": "ops", "type": 0],
            "member": ["user": ["id": .string(user), "username": .string("person_\(user.suffix(1))")], "nick": .null],
            "token": .string(token),
        ]
        if let source { members["message"] = ["id": .string(source.id), "content": .string(source.content)] }
        let document = JSONValue.object(members)
        return Interaction(request: Self.signed(document.text, at: moment), token: token, document: document)
    }

    /// Any body, signed as Discord signs.
    public static func signed(_ body: String, at moment: Timestamp) -> PlatformRequest {
        let timestamp = "\(moment.milliseconds / 1000)"
        let digits = Array(keySeed)
        let seed = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
        let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        let signature = (try? key?.signature(for: Array((timestamp + body).utf8))).map { [UInt8]($0) } ?? []
        let text = signature.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return PlatformRequest(
            headers: [
                ("content-type", "application/json"), ("x-signature-timestamp", timestamp), ("x-signature-ed25519", text),
            ],
            body: Array(body.utf8), receivedAt: moment)
    }
}
