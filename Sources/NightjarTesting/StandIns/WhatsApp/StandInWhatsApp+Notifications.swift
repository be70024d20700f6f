internal import Crypto
public import NightjarEngine

extension StandInWhatsApp {
    /// A request of Meta's to the engine.
    public struct Notification: Sendable {
        public var path = "/webhooks/whatsapp"
        public var headers: [String: String]
        public var body: String
    }

    /// The path and query of the handshake.
    public func handshake(token: String? = nil, challenge: String = "1158201444") -> String {
        "/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=\(challenge)&hub.verify_token=\(token ?? account.verifyToken)"
    }

    /// What a person wrote.
    /// - Parameter id: the `wamid`; a new one by default.
    public func says(_ text: String, from person: String, id: String? = nil) -> Notification {
        notify([message(from: person, id: id, ["type": "text", "text": ["body": .string(text)]])])
    }

    /// A file that a person sent, with a caption that may be empty.
    public func sends(_ file: StandInFile, _ caption: String, from person: String) -> Notification {
        var document: [String: JSONValue] = [
            "id": .string(memory.keep(file)), "filename": .string(file.name), "mime_type": .string(file.type), "sha256": "x",
        ]
        if !caption.isEmpty { document["caption"] = .string(caption) }
        return notify([message(from: person, ["type": "document", "document": .object(document)])])
    }

    /// A person's tap on a button.
    public func press(_ button: StandInWhatsAppMessage.Button, of message: StandInWhatsAppMessage, from person: String) -> Notification {
        let reply: JSONValue = ["id": .string(button.id), "title": .string(button.title)]
        return notify([
            self.message(
                from: person,
                [
                    "type": "interactive", "interactive": ["type": "button_reply", "button_reply": reply],
                    "context": ["from": .string(account.number), "id": .string(message.id)],
                ])
        ])
    }

    /// Any message of a person.
    public func message(from person: String, id: String? = nil, _ content: [String: JSONValue]) -> JSONValue {
        let id = id ?? memory.nextID()
        memory.heard(id, from: person)
        return .object(content.merging(["from": .string(person), "id": .string(id), "timestamp": "1749416383"]) { $1 })
    }

    /// One notification of several messages and statuses.
    public func notify(_ messages: [JSONValue], statuses: [JSONValue] = []) -> Notification {
        var value: [String: JSONValue] = [
            "messaging_product": "whatsapp",
            "metadata": ["display_phone_number": .string(account.number), "phone_number_id": .string(account.phoneNumberID)],
        ]
        if !messages.isEmpty { value["messages"] = .array(messages) }
        if !statuses.isEmpty { value["statuses"] = .array(statuses) }
        return signed([
            "object": "whatsapp_business_account",
            "entry": [["id": "102290129340398", "changes": [["field": "messages", "value": .object(value)]]]],
        ])
    }

    /// A body with the signature that proves it.
    public func signed(_ body: JSONValue) -> Notification {
        let text = body.text
        return Notification(headers: Self.signature(of: Array(text.utf8), account), body: text)
    }

    /// The headers of a body, whatever it is.
    public static func signature(of body: [UInt8], _ account: Account) -> [String: String] {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(account.appSecret.utf8)))
        let hex = code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return ["content-type": "application/json", "x-hub-signature-256": "sha256=\(hex)"]
    }
}
