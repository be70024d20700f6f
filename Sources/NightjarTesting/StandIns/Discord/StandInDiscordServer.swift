import NightjarEngine
import Synchronization

/// Answers the HTTP API as Discord does, and remembers what came of it.
final class StandInDiscordServer: Sendable {
    /// A channel's limit is counted over so long.
    private static let period = Duration.seconds(5)

    let state: StandInRecord<StandInDiscordState>
    let gateway = StandInDiscordGateway()

    init(_ state: StandInRecord<StandInDiscordState>) { self.state = state }

    func answer(_ request: StandInRequest) -> StandInAnswer {
        let path = request.path.prefix { $0 != "?" }
        if let file = state.value.files[String(path)] {
            return StandInAnswer(headers: ["content-type": file.type], steps: [.raw(file.content)])
        }
        let parts = path.split(separator: "/").map(String.init)
        let route = Self.route(request.method, parts)
        return state.change { state in
            state.calls.append(StandInDiscordCall(route: route, body: request.json))
            if let key = state.prepared.keys.first(where: { route.hasPrefix($0) }), let answer = state.prepared[key]?.first {
                state.prepared[key]?.removeFirst()
                if state.prepared[key]?.isEmpty == true { state.prepared[key] = nil }
                return answer
            }
            let call = state.calls.count - 1
            do throws(StandInDiscordRefusal) {
                let result = try perform(request, route, parts, &state)
                state.calls[call].status = result == nil ? 204 : 200
                if let index = state.muted.firstIndex(where: route.hasPrefix) {
                    state.muted.remove(at: index)
                    return StandInAnswer(steps: [.drop])
                }
                guard let result else { return StandInAnswer(status: 204, headers: ["content-length": "0"], steps: []) }
                return StandInAnswer(headers: Self.headers(route, parts, state), steps: [.raw(result.text)])
            } catch {
                state.calls[call].status = error.status
                if error.status == 429 { return Self.rateLimit(Self.period) }
                return error.answer
            }
        }
    }

    static func rateLimit(_ pause: Duration, isGlobal: Bool = false) -> StandInAnswer {
        let seconds = Double(pause.components.seconds) + Double(pause.components.attoseconds) / 1e18
        let document: JSONValue = [
            "message": "You are being rate limited.", "retry_after": .number(seconds), "global": .bool(isGlobal),
        ]
        return StandInAnswer(
            status: 429,
            headers: [
                "content-type": "application/json", "retry-after": "\(Int(seconds.rounded(.up)))",
                "x-ratelimit-scope": isGlobal ? "global" : "user",
            ],
            steps: [.raw(document.text)])
    }

    private static func headers(_ route: String, _ parts: [String], _ state: StandInDiscordState) -> [String: String] {
        var headers = ["content-type": "application/json"]
        if route == messageRoute, let max = state.perPeriod, parts.count > 1, let sent = state.sent[parts[1]] {
            let left = period - (ContinuousClock.now - sent.since)
            headers["x-ratelimit-bucket"] = "messages"
            headers["x-ratelimit-limit"] = "\(max)"
            headers["x-ratelimit-remaining"] = "\(max - sent.count)"
            headers["x-ratelimit-reset-after"] =
                "\(Double(left.components.seconds) + Double(left.components.attoseconds) / 1e18)"
        }
        return headers
    }

    private static let messageRoute = "POST /channels/:id/messages"

    private static func route(_ method: String, _ parts: [String]) -> String {
        var shown = parts
        for index in shown.indices where shown[index].allSatisfy(\.isNumber) { shown[index] = ":id" }
        if shown.first == "webhooks" || shown.first == "interactions", shown.count > 2 { shown[2] = ":token" }
        return "\(method) /" + shown.joined(separator: "/")
    }

    private func perform(
        _ request: StandInRequest, _ route: String, _ parts: [String], _ state: inout StandInDiscordState
    ) throws(StandInDiscordRefusal) -> JSONValue? {
        if parts.first != "webhooks", parts.first != "interactions",
            request.headers["authorization"] != "Bot \(StandInDiscord.botToken)"
        {
            throw .unauthorized
        }
        let form = StandInForm(request)
        var body = request.json.object ?? form?.fields["payload_json"].flatMap { try? JSONValue(parsing: $0) }?.object ?? [:]
        let file = form?.files["files[0]"]
        if file != nil { body["files"] = true }
        defer { if let file, let last = state.messages.indices.last { state.messages[last].file = file } }
        switch route {
        case "GET /users/@me": return ["id": .string(StandInDiscord.botUser), "username": "nightjar", "bot": true]
        case "GET /gateway/bot":
            return [
                "url": .string(gateway.url.withLock { $0 }), "shards": 1,
                "session_start_limit": [
                    "total": 1000, "remaining": .integer(state.sessionsLeft), "reset_after": 14_400_000, "max_concurrency": 1,
                ],
            ]
        case "PUT /applications/:id/commands": return try setCommands(request.json, &state)
        case Self.messageRoute: return try post(body, to: parts[1], &state)
        case "PATCH /channels/:id/messages/:id": return try change(parts[3], body, &state)
        case "POST /channels/:id/typing": return nil
        case "POST /interactions/:id/:token/callback": return try callback(body, token: parts[2], &state)
        case "GET /webhooks/:id/:token/messages/@original": return Self.document(state.messages[try original(parts[2], state)])
        case "PATCH /webhooks/:id/:token/messages/@original":
            let index = try original(parts[2], state)
            let document = try change(state.messages[index].id, body, &state)
            // What nobody could read yet was not changed.
            if state.messages[index].isAwaited { state.messages[index].edits = 0 }
            state.messages[index].isAwaited = false
            return document
        case "DELETE /webhooks/:id/:token/messages/@original":
            state.messages.remove(at: try original(parts[2], state))
            return nil
        case "POST /webhooks/:id/:token":
            return try add(body, to: state.interaction(parts[2]).channel, &state)
        default: throw StandInDiscordRefusal(status: 404, code: 0, message: "404: Not Found: \(route)")
        }
    }

    private func original(_ token: String, _ state: StandInDiscordState) throws(StandInDiscordRefusal) -> Int {
        guard let id = try state.interaction(token).original, let index = state.index(of: id) else { throw .unknownMessage }
        return index
    }

    private func setCommands(_ body: JSONValue, _ state: inout StandInDiscordState) throws(StandInDiscordRefusal) -> JSONValue {
        guard let commands = body.array, commands.count <= 100 else { throw .invalid("at most 100 commands") }
        for command in commands {
            guard let name = command["name"]?.string, name == name.lowercased(),
                name.wholeMatch(of: /[-_'\p{L}\p{N}]{1,32}/) != nil,
                let description = command["description"]?.string, (1...100).contains(description.count)
            else { throw .invalid("\(command.text)") }
            for option in command["options"]?.array ?? [] {
                guard option["name"]?.string?.wholeMatch(of: /[-_a-z]{1,32}/) != nil,
                    (1...100).contains(option["description"]?.string?.count ?? 0)
                else { throw .invalid("\(option.text)") }
            }
        }
        state.commands = commands
        return .array(commands)
    }

    // MARK: Messages

    private func post(_ body: [String: JSONValue], to channel: String, _ state: inout StandInDiscordState)
        throws(StandInDiscordRefusal) -> JSONValue
    {
        if state.hidden.contains(channel) { throw .missingAccess }
        if body["enforce_nonce"] == true, let nonce = body["nonce"]?.string,
            let known = state.messages.first(where: { $0.nonce == nonce && $0.channel == channel })
        {
            return Self.document(known)
        }
        try count(channel, &state)
        return try add(body, to: channel, &state)
    }

    private func count(_ channel: String, _ state: inout StandInDiscordState) throws(StandInDiscordRefusal) {
        guard let max = state.perPeriod else { return }
        let now = ContinuousClock.now
        var sent = state.sent[channel] ?? (0, now)
        if now - sent.since >= Self.period { sent = (0, now) }
        guard sent.count < max else { throw StandInDiscordRefusal(status: 429, code: 0, message: "") }
        sent.count += 1
        state.sent[channel] = sent
    }

    private func add(_ body: [String: JSONValue], to channel: String, _ state: inout StandInDiscordState)
        throws(StandInDiscordRefusal) -> JSONValue
    {
        try StandInDiscordContent.check(body)
        if let fault = StandInDiscordContent.fault(in: body) { state.faults.append(fault) }
        let message = StandInDiscordMessage(
            id: state.nextID(), channel: channel, content: body["content"]?.string ?? "",
            components: body["components"]?.array ?? [],
            quoted: body["message_reference"]?["message_id"]?.string, nonce: body["nonce"]?.string, payload: .object(body))
        state.messages.append(message)
        return Self.document(message)
    }

    private func change(_ id: String, _ body: [String: JSONValue], _ state: inout StandInDiscordState)
        throws(StandInDiscordRefusal) -> JSONValue
    {
        guard let index = state.index(of: id) else { throw .unknownMessage }
        try StandInDiscordContent.check(body)
        if let fault = StandInDiscordContent.fault(in: body) { state.faults.append(fault) }
        if let content = body["content"] { state.messages[index].content = content.string ?? "" }
        if let components = body["components"]?.array { state.messages[index].components = components }
        state.messages[index].edits += 1
        state.messages[index].payload = .object(body)
        return Self.document(state.messages[index])
    }

    /// What the engine answers an interaction, wherever it does.
    @discardableResult
    func callback(_ body: [String: JSONValue], token: String, _ state: inout StandInDiscordState) throws(StandInDiscordRefusal)
        -> JSONValue?
    {
        guard let interaction = state.interactions[token] else { throw .unknownWebhook }
        let data = body["data"]?.object ?? [:]
        switch body["type"]?.integer {
        case 4 where data["flags"] == 64: state.ephemeral.append(data["content"]?.string ?? "")
        case 4: _ = try add(data, to: interaction.channel, &state)
        case 5:
            guard interaction.original == nil else { throw .alreadyAnswered }
            let message = StandInDiscordMessage(id: state.nextID(), channel: interaction.channel, content: "", isAwaited: true)
            state.messages.append(message)
            state.interactions[token]?.original = message.id
        case 6: break
        case 7:
            guard let source = interaction.source else { throw .invalid("there is no message to change") }
            _ = try change(source, data, &state)
        case 8: break
        default: throw .invalid("type")
        }
        state.interactions[token]?.knownFrom = .now + state.interactionLag
        return nil
    }

    private static func document(_ message: StandInDiscordMessage) -> JSONValue {
        [
            "id": .string(message.id), "channel_id": .string(message.channel), "content": .string(message.content),
            "flags": .integer(message.isAwaited ? 128 : 0),
            "attachments": .array(message.file.map { [["filename": .string($0.name)]] } ?? []),
            "author": ["id": .string(StandInDiscord.botUser), "bot": true],
        ]
    }
}
