import NightjarEngine

/// The checked content of a message: lengths in UTF-16, which are never below Meta's own count.
struct StandInWhatsAppContent {
    var text = ""
    var buttons: [StandInWhatsAppMessage.Button] = []
    var quotes: String?

    init(_ body: [String: JSONValue]) throws(StandInWhatsAppRefusal) {
        if let context = body["context"] {
            guard let id = context["message_id"]?.string, id.hasPrefix("wamid.") else { throw .badValue("context needs a message_id") }
            quotes = id
        }
        guard let type = body["type"]?.string, let content = body[type]?.object else {
            throw .badParameter("type must be there, and a member of that name")
        }
        switch type {
        case "text":
            text = try Self.text(content["body"], "text.body", max: 4096)
        case "interactive":
            text = try Self.text(content["body"]?["text"], "interactive.body.text", max: content["type"] == "button" ? 1024 : 4096)
            if content["type"] == "button" { buttons = try Self.buttons(content["action"]) }
        case "template":
            guard let name = content["name"]?.string, content["language"]?["code"]?.string != nil else {
                throw .badParameter("template needs a name and a language's code")
            }
            text = "[template \(name)]"
        default:
            text = content["caption"]?.string ?? ""
        }
    }

    private static func text(_ value: JSONValue?, _ name: String, max: Int) throws(StandInWhatsAppRefusal) -> String {
        guard let text = value?.string, text.contains(where: { !$0.isWhitespace }) else { throw .badParameter("\(name) is required") }
        guard text.utf16.count <= max else { throw .badParameter("\(name) must be at most \(max) characters long") }
        return text
    }

    private static func buttons(_ action: JSONValue?) throws(StandInWhatsAppRefusal) -> [StandInWhatsAppMessage.Button] {
        let values = action?["buttons"]?.array ?? []
        guard (1...3).contains(values.count) else { throw .badValue("A message has 1 to 3 buttons") }
        var buttons: [StandInWhatsAppMessage.Button] = []
        for value in values {
            guard value["type"] == "reply", let id = value["reply"]?["id"]?.string, let title = value["reply"]?["title"]?.string else {
                throw .badValue("A button is a reply with an id and a title")
            }
            guard (1...256).contains(id.utf16.count) else { throw .badValue("A button's id has 1 to 256 characters") }
            guard (1...20).contains(title.utf16.count) else { throw .badValue("Button title length invalid. Min length: 1, Max length: 20") }
            buttons.append(StandInWhatsAppMessage.Button(id: id, title: title))
        }
        guard Set(buttons.map(\.id)).count == buttons.count, Set(buttons.map(\.title)).count == buttons.count else {
            throw .badValue("Buttons differ in their ids and titles")
        }
        return buttons
    }
}
