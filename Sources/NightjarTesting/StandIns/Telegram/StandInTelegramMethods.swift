import NightjarEngine

/// The stand-in's side of the calls.
struct StandInTelegramMethods: Sendable {
    private static let updatesPerPollMax: Int64 = 100
    private static let updateSecretLengthMax = 256

    let token: String
    let username: String
    let limits: StandInTelegramLimits?
    let hasNativeDrafts: Bool
    let record: StandInRecord<StandInTelegramState>

    func answer(_ request: StandInRequest) async -> StandInAnswer {
        let parts = request.path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 4, parts[1] == "file" { return giveFile(parts) }
        guard parts.count == 3, parts[1].hasPrefix("bot") else {
            return answer(StandInTelegramRefusal(status: 404, description: "Not Found"))
        }
        guard parts[1] == "bot\(token)" else { return answer(StandInTelegramRefusal(status: 401, description: "Unauthorized")) }
        let method = String(parts[2])
        let parameters = StandInTelegramParameters.read(request)
        let (call, scripted) = record.change { state in
            state.calls.append(StandInTelegramCall(method: method, parameters: parameters, status: 0))
            let scripted = state.scripted[method]?.first
            if scripted != nil { state.scripted[method]?.removeFirst() }
            return (state.calls.count - 1, scripted)
        }
        if let scripted { return scripted }
        do throws(StandInTelegramRefusal) {
            let result = try await perform(method, parameters, StandInForm(request)?.files["document"])
            record.change { $0.calls[call].status = 200 }
            let document: JSONValue = ["ok": .bool(true), "result": result]
            return StandInAnswer(steps: [.raw(document.text)])
        } catch {
            let status = error.status
            record.change { $0.calls[call].status = status }
            return answer(error)
        }
    }

    /// What Telegram says of such a call, nobody hears.
    func perform(inline method: String, _ parameters: [String: JSONValue]) {
        record.change { state in
            let result = Result { () throws(StandInTelegramRefusal) in try change(&state, method, parameters) }
            let status = if case .failure(let refusal) = result { refusal.status } else { 200 }
            state.calls.append(StandInTelegramCall(method: method, parameters: parameters, status: status))
        }
    }

    private func giveFile(_ parts: [Substring]) -> StandInAnswer {
        let id = parts[3].prefix { $0 != "." }
        guard parts[2] == "bot\(token)", let file = record.value.files[String(id)] else { return StandInAnswer(status: 404, steps: [.raw("")]) }
        return StandInAnswer(headers: ["content-type": "application/octet-stream"], steps: [.raw(file.content)])
    }

    private func answer(_ refusal: StandInTelegramRefusal) -> StandInAnswer {
        StandInAnswer(status: refusal.status, steps: [.raw(refusal.document.text)])
    }

    private func perform(_ method: String, _ parameters: [String: JSONValue], _ file: StandInFile?) async throws(StandInTelegramRefusal) -> JSONValue
    {
        switch method {
        case "getFile":
            guard let id = parameters["file_id"]?.string, record.value.files[id] != nil else { throw .badRequest("invalid file_id") }
            return ["file_id": .string(id), "file_path": .string("\(id).bin")]
        case "sendDocument":
            guard let file else { throw .badRequest("there is no document in the request") }
            let result = record.change { state -> Result<JSONValue, StandInTelegramRefusal> in
                Result { () throws(StandInTelegramRefusal) in try state.sendDocument(file, parameters, bot: username, limits: limits) }
            }
            return try result.get()
        case "getMe": return StandInTelegram.bot(named: username)
        case "getUpdates": return try await updates(parameters)
        case "sendMessageDraft" where !hasNativeDrafts: throw .unknownMethod
        default:
            let result = record.change { state -> Result<JSONValue, StandInTelegramRefusal> in
                Result { () throws(StandInTelegramRefusal) in try change(&state, method, parameters) }
            }
            return try result.get()
        }
    }

    private func change(
        _ state: inout StandInTelegramState, _ method: String, _ parameters: [String: JSONValue]
    ) throws(StandInTelegramRefusal) -> JSONValue {
        switch method {
        case "sendMessage": return try state.send(parameters, bot: username, limits: limits)
        case "editMessageText": return try state.edit(parameters, bot: username)
        case "editMessageReplyMarkup": return try state.editButtons(parameters, bot: username)
        case "sendMessageDraft": return try state.draft(parameters)
        case "sendChatAction": return try state.action(parameters)
        case "answerCallbackQuery": return try answerQuery(&state, parameters)
        case "setMyCommands": return try setCommands(&state, parameters)
        case "setWebhook": return try setWebhook(&state, parameters)
        case "deleteWebhook":
            state.webhook = nil
            return .bool(true)
        default: throw .unknownMethod
        }
    }

    /// Long polling: waits until there is something, or the time is up, or another poll takes its place.
    private func updates(_ parameters: [String: JSONValue]) async throws(StandInTelegramRefusal) -> JSONValue {
        let offset = parameters["offset"]?.integer ?? 0
        let limit = min(parameters["limit"]?.integer ?? Self.updatesPerPollMax, Self.updatesPerPollMax)
        let poll = record.change { state in
            state.updates.removeAll { ($0["update_id"]?.integer ?? 0) < offset }
            state.poll += 1
            return state.poll
        }
        let record = record
        await withTaskGroup(of: Void.self) { group in
            // Both end early when the client goes away.
            group.addTask { _ = try? await record.wait { !$0.updates.isEmpty || $0.poll != poll || $0.webhook != nil } }
            group.addTask { try? await Task.sleep(for: .seconds(parameters["timeout"]?.integer ?? 0)) }
            await group.next()
            group.cancelAll()
        }
        let state = record.value
        if state.webhook != nil {
            throw .conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
        }
        if state.poll != poll {
            throw .conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        }
        return .array(Array(state.updates.prefix(Int(limit))))
    }

    private func answerQuery(
        _ state: inout StandInTelegramState, _ parameters: [String: JSONValue]
    ) throws(StandInTelegramRefusal) -> JSONValue {
        guard let id = parameters["callback_query_id"]?.string, state.notes[id] == nil else {
            throw .badRequest("query is too old and response timeout expired or query ID is invalid")
        }
        let text = parameters["text"]?.string ?? ""
        guard text.utf16.count <= 200 else { throw .badRequest("MESSAGE_TOO_LONG") }
        state.notes[id] = text
        return .bool(true)
    }

    private func setCommands(
        _ state: inout StandInTelegramState, _ parameters: [String: JSONValue]
    ) throws(StandInTelegramRefusal) -> JSONValue {
        guard let commands = parameters["commands"]?.array, commands.count <= 100 else { throw .badRequest("BOT_COMMANDS_TOO_MUCH") }
        for command in commands {
            guard let name = command["command"]?.string, name.wholeMatch(of: /[a-z0-9_]{1,32}/) != nil else {
                throw .badRequest("BOT_COMMAND_INVALID")
            }
            guard let description = command["description"]?.string, (1...256).contains(description.count) else {
                throw .badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
            }
        }
        state.commands = commands
        return .bool(true)
    }

    private func setWebhook(
        _ state: inout StandInTelegramState, _ parameters: [String: JSONValue]
    ) throws(StandInTelegramRefusal) -> JSONValue {
        guard let url = parameters["url"]?.string, url.hasPrefix("https://") || url.hasPrefix("http://127.0.0.1") else {
            throw .badRequest("bad webhook: an HTTPS URL must be provided for webhook")
        }
        let secret = parameters["secret_token"]?.string ?? ""
        guard secret.utf8.count <= Self.updateSecretLengthMax, secret.wholeMatch(of: /[A-Za-z0-9_-]*/) != nil else {
            throw .badRequest("secret token contains unallowed characters")
        }
        state.webhook = parameters
        return .bool(true)
    }
}
