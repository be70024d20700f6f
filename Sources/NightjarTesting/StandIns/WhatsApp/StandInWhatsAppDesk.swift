import NightjarEngine

/// Takes the requests to the stand-in's API, and checks them as Meta does.
struct StandInWhatsAppDesk: Sendable {
    let account: StandInWhatsApp.Account
    let memory: StandInWhatsAppMemory

    @Sendable func answer(_ request: StandInRequest) -> StandInAnswer {
        if let answer = file(request) { return answer }
        if request.json["status"] == nil, let prepared = memory.takePrepared() { return prepared }
        do throws(StandInWhatsAppRefusal) {
            return StandInAnswer(steps: [.raw(try result(of: request).text)])
        } catch {
            return error.answer()
        }
    }

    /// Media: put, asked for, and read.
    private func file(_ request: StandInRequest) -> StandInAnswer? {
        let isGenuine = request.headers["authorization"] == "Bearer \(account.accessToken)"
        if request.path == "/\(account.version)/\(account.phoneNumberID)/media" {
            guard isGenuine, let form = StandInForm(request), form.fields["messaging_product"] == "whatsapp", let file = form.files["file"],
                form.fields["type"] == file.type
            else { return StandInWhatsAppRefusal.badParameter("a file and its type are required").answer() }
            guard file.type.wholeMatch(of: /(audio|video|image)\/[a-z0-9]+|text\/plain|application\/(pdf|msword|vnd\.[a-z.-]+)/) != nil else {
                return StandInWhatsAppRefusal.badParameter("Param file must be a file with one of the following types: … Received \(file.type)")
                    .answer()
            }
            return StandInAnswer(steps: [.raw(#"{"id":"\#(memory.keep(file))"}"#)])
        }
        guard request.method == "GET", isGenuine, let id = request.path.split(separator: "/").last.map(String.init), let file = memory.file(id)
        else { return nil }
        if request.path.hasPrefix("/content/") { return StandInAnswer(headers: ["content-type": file.type], steps: [.raw(file.content)]) }
        let url = "http://\(request.headers["host"] ?? "")/content/\(id)"
        return StandInAnswer(steps: [.raw(JSONValue.object(["url": .string(url), "mime_type": .string(file.type)]).text)])
    }

    private func result(of request: StandInRequest) throws(StandInWhatsAppRefusal) -> JSONValue {
        guard request.headers["authorization"] == "Bearer \(account.accessToken)" else {
            throw StandInWhatsAppRefusal(status: 401, code: 190, details: "Invalid OAuth access token")
        }
        guard request.path == "/\(account.version)/\(account.phoneNumberID)/messages" else {
            throw StandInWhatsAppRefusal(code: 33, details: "Object with this ID does not exist: \(request.path)")
        }
        guard request.method == "POST" else { throw .badParameter("Unsupported \(request.method) request") }
        guard request.headers["content-type"]?.hasPrefix("application/json") == true, let body = request.json.object else {
            throw .badParameter("The body is no JSON object")
        }
        guard body["messaging_product"] == "whatsapp" else { throw .badParameter("The parameter messaging_product is required") }
        return body["status"] == nil ? try send(body) : try markRead(body)
    }

    private func markRead(_ body: [String: JSONValue]) throws(StandInWhatsAppRefusal) -> JSONValue {
        guard body["status"] == "read", let id = body["message_id"]?.string, memory.hasHeard(id) else {
            throw .badValue("Only messages of people can be marked, and only as read")
        }
        if let indicator = body["typing_indicator"] {
            guard indicator == ["type": "text"] else { throw .badValue("typing_indicator must be {\"type\":\"text\"}") }
            memory.indicate(id)
        }
        return ["success": true]
    }

    private func send(_ body: [String: JSONValue]) throws(StandInWhatsAppRefusal) -> JSONValue {
        let recipient = try recipient(body)
        let content = try StandInWhatsAppContent(body)
        guard !memory.isWindowClosed(of: recipient) || body["type"] == "template" else {
            throw StandInWhatsAppRefusal(code: 131_047, details: "More than 24 hours have passed since the recipient last replied")
        }
        guard memory.takeAllowance(of: recipient) else {
            throw StandInWhatsAppRefusal(status: 429, code: 131_056, details: "Too many messages to the same recipient")
        }
        let id = memory.nextID()
        memory.add(
            StandInWhatsAppMessage(
                id: id, recipient: recipient, text: content.text, buttons: content.buttons, quotes: content.quotes, payload: .object(body),
                file: body["document"]?["id"]?.string.flatMap(memory.file)))
        return [
            "messaging_product": "whatsapp", "contacts": [["input": .string(recipient), "wa_id": .string(recipient)]],
            "messages": [["id": .string(id)]],
        ]
    }

    private func recipient(_ body: [String: JSONValue]) throws(StandInWhatsAppRefusal) -> String {
        let type = body["recipient_type"] ?? "individual"
        guard type == "individual" || type == "group" else { throw .badParameter("recipient_type must be individual or group") }
        guard let recipient = body["to"]?.string ?? body["recipient"]?.string, !recipient.isEmpty else {
            throw .badParameter("The parameter to is required")
        }
        let isNumber = recipient.allSatisfy { $0.isNumber }
        guard type == "group" || body["to"] == nil || isNumber else { throw .badParameter("to must be a phone number") }
        return recipient
    }
}
