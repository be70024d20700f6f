import NightjarEngine

/// What a message says, whatever its type is.
struct WhatsAppWords: Equatable {
    private var text: String
    /// What a button or the row of a list carries.
    var payload: String?
    /// What came with it.
    var files: [MessageFile] = []

    /// - Returns: nil when it says nothing: its type has no text, or this one has none.
    init?(_ message: WhatsAppObject, type: String) throws(WhatsAppBodyError) {
        let said: (text: String?, payload: String?)
        switch type {
        case "text":
            said = (try message.requiredObject("text").text("body"), nil)
        case "button":
            let button = try message.requiredObject("button")
            said = (try button.text("text"), try button.text("payload"))
        case "interactive":
            let interactive = try message.requiredObject("interactive")
            // Others, such as a filled-in form, are not said.
            let button = try interactive.object("button_reply")
            let row = try interactive.object("list_reply")
            guard let reply = button ?? row else { return nil }
            said = (try reply.text("title"), try reply.text("id"))
        default:
            // Images and the like, and types that are still to come: what a person wrote under it, if anything.
            said = (message[type]?["caption"]?.string, nil)
            files = Self.file(message[type], type: type).map { [$0] } ?? []
        }
        guard said.text != nil || said.payload != nil || !files.isEmpty else { return nil }
        text = said.text ?? ""
        payload = said.payload
    }

    /// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/document and its neighbours.
    private static func file(_ media: JSONValue?, type: String) -> MessageFile? {
        guard ["document", "image", "audio", "video"].contains(type), let id = media?["id"]?.string,
            !id.isEmpty, id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        // Media types come with parameters: `audio/ogg; codecs=opus`.
        let mediaType = media?["mime_type"]?.string?.prefix { $0 != ";" }
        return MessageFile(name: media?["filename"]?.string ?? type, type: mediaType.map(String.init), size: nil, reference: id)
    }

    /// - Parameter number: of the bot; in groups, people begin with it when they talk to the bot.
    /// - Returns: nil when nothing is left.
    func text(withoutMentionOf number: String) -> String? {
        // No text has a use for a NUL, and not every store can keep it.
        var text = text.replacing("\0", with: "")
        let mention = "@\(number)"
        if !number.isEmpty, text.hasPrefix(mention), text.dropFirst(mention.count).first?.isNumber != true {
            text = String(text.dropFirst(mention.count).drop(while: \.isWhitespace))
        }
        return text.contains { !$0.isWhitespace } || !files.isEmpty ? text : nil
    }
}
