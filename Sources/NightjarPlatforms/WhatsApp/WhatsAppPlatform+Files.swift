import NIOHTTP1
import NightjarEngine

/// Files: uploaded, then sent as documents
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media).
extension WhatsAppPlatform {
    private var headers: String { "Bearer \(options.accessToken.reveal())" }

    /// Sends a file with its comment. A comment that is too long for a caption is a message before it.
    func deliver(_ file: OutboundFile, of message: OutboundMessage) async throws -> String? {
        let key = message.idempotencyKey
        let comment = message.rendered.plainText
        let isCaption = comment.utf16.count <= WhatsAppLimits.captionLengthMax
        if !isCaption, memory.requestsSent(of: key) == 0 {
            for body in WhatsAppContent.bodies(of: message) { try await send(body, to: message.address.channel) }
            memory.noteRequestSent(of: key)
        }
        let id = try await upload(file)
        try await send(
            WhatsAppContent.document(id, file, caption: isCaption ? comment : "", of: message), to: message.address.channel)
        memory.forget(key)
        return nil
    }

    private func upload(_ file: OutboundFile) async throws -> String {
        let form = MultipartForm(
            fields: [(name: "messaging_product", value: "whatsapp", type: nil), (name: "type", value: file.type, type: nil)],
            fileField: "file", file: file)
        let response = try await client.execute(
            VendorRequest(
                url: options.mediaURL, label: "a file", headers: ["authorization": headers], body: form.body,
                timeout: WhatsAppLimits.uploadTimeout))
        if let error = WhatsAppError(response) {
            throw DeliveryError(error.explanation(without: options.accessToken), isRetryable: error.isRetryable)
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
