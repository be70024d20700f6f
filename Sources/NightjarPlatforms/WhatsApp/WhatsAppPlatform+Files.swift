import Logging
import NIOHTTP1
import NightjarEngine

/// Files: uploaded, then sent as documents
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media).
extension WhatsAppPlatform {
    private var headers: String { "Bearer \(options.accessToken.reveal())" }

    /// Sends a file with its comment. A comment that is too long for a caption is a message before it.
    func deliver(_ file: OutboundFile, of message: OutboundMessage) async throws -> String? {
        let key = message.idempotencyKey
        guard let type = WhatsAppFileType.accepted(for: file) else { return try await decline(file, of: message) }
        let comment = message.rendered.plainText
        let isCaption = comment.utf16.count <= WhatsAppLimits.captionLengthMax
        if !isCaption, memory.requestsSent(of: key) == 0 {
            for body in WhatsAppContent.bodies(of: message) { try await send(body, to: message.address.channel) }
            memory.noteRequestSent(of: key)
        }
        try await throttle.turn(for: message.address.channel)
        let id = try await upload(OutboundFile(name: file.name, type: type, title: file.title, content: file.content), to: message.address.channel)
        try await send(
            WhatsAppContent.document(id, file, caption: isCaption ? comment : "", of: message), to: message.address.channel)
        memory.forget(key)
        return nil
    }

    /// What is said with a file is not lost with it.
    private func decline(_ file: OutboundFile, of message: OutboundMessage) async throws -> String? {
        logger.warning(
            "a file is of a type that WhatsApp does not take, so only its comment is sent",
            metadata: ["platform": "\(name)", "channel": "\(message.address.channel)", "file": "\(file.name)", "type": "\(file.type)"])
        let note = "(WhatsApp takes no files like \(file.name).)"
        let comment = message.rendered.plainText
        let whole = [comment, note].filter { !$0.isEmpty }.joined(separator: "\n")
        let texts = whole.utf16.count <= WhatsAppLimits.bodyLengthMax ? [whole] : [comment, note]
        let bodies = texts.enumerated().flatMap { index, text in
            var said = message
            said.rendered = .text(text)
            // One quotation is enough.
            if index > 0 { said.replyRoute = nil }
            return WhatsAppContent.bodies(of: said)
        }
        try await send(bodies, of: message)
        return nil
    }

    private func upload(_ file: OutboundFile, to channel: String) async throws -> String {
        let form = MultipartForm(
            fields: [(name: "messaging_product", value: "whatsapp", type: nil), (name: "type", value: file.type, type: nil)],
            fileField: "file", file: file)
        let response = try await client.execute(
            VendorRequest(
                url: options.mediaURL, label: "a file", headers: ["authorization": headers], body: form.body,
                timeout: WhatsAppLimits.uploadTimeout))
        if let error = WhatsAppError(response) {
            let pause = throttle.heed(error, in: channel)
            throw DeliveryError(error.explanation(without: options.accessToken), isRetryable: error.isRetryable, retryAfter: pause)
        }
        guard let id = response.json["id"]?.string else {
            throw DeliveryError("WhatsApp took a file without naming it", isRetryable: true)
        }
        return id
    }

    func read(_ file: MessageFile) async throws -> [UInt8] {
        let response = try await client.execute(
            VendorRequest(
                method: .GET, url: "\(options.apiURL)/\(file.reference)", label: "a file's place",
                headers: ["authorization": headers]))
        if let error = WhatsAppError(response) {
            throw DeliveryError(error.explanation(without: options.accessToken), isRetryable: error.isRetryable)
        }
        // The token goes nowhere else.
        guard let url = response.json["url"]?.string,
            FileReader.isKnown(url, hosts: WhatsAppLimits.fileHosts, api: options.apiURL)
        else { throw DeliveryError("WhatsApp does not say where it is", isRetryable: true) }
        return try await FileReader(client: client).read(url, headers: ["authorization": headers])
    }
}
