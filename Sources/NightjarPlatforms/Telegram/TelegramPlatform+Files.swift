import NightjarEngine

/// Files: documents out, and what people send in.
extension TelegramPlatform {
    /// Sends a file with its comment. A comment that is too long for a caption, or stands in a draft already, is a message before it.
    /// - Returns: nil: a document is not changed later.
    func deliver(_ file: OutboundFile, with outgoing: TelegramOutgoing, of message: OutboundMessage) async throws -> String? {
        let caption = outgoing.parameters["text"]?.string ?? ""
        var document = outgoing
        let isCaption = message.draft == nil && caption.utf16.count <= TelegramLimits.captionLengthMax
        // Not again when it is the file that is tried again.
        if !isCaption, !outgoing.isBlank, placedComments.insert(message.idempotencyKey) {
            do {
                _ = try await place(outgoing, at: message.address, inPlaceOf: message.draft)
            } catch {
                placedComments.remove(message.idempotencyKey)
                throw error
            }
        }
        document.parameters = outgoing.parameters.filter { ["parse_mode"].contains($0.key) }
        if isCaption, !outgoing.isBlank { document.parameters["caption"] = .string(caption) }
        try await sender.sendDocument(file, document, to: TelegramChat(message.address))
        placedComments.remove(message.idempotencyKey)
        return nil
    }

    func read(_ file: MessageFile) async throws -> [UInt8] {
        do {
            return try await api.read(file.reference)
        } catch let failure as TelegramFailure {
            throw failure.delivery
        }
    }
}
