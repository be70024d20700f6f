import NightjarEngine

/// The media types that can be uploaded
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media, "Supported media types").
enum WhatsAppFileType {
    static let plainText = "text/plain"

    private static let accepted: Set<String> = [
        "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "image/jpeg", "image/png", "video/3gpp", "video/mp4", plainText,
        "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ]

    /// As what a file is uploaded. Tables, pages and data are text, and keep their names.
    /// - Returns: nil for what cannot be.
    static func accepted(for file: OutboundFile) -> String? {
        if accepted.contains(file.type) { return file.type }
        let isText = !file.content.contains(0) && String(validating: file.content, as: UTF8.self) != nil
        return isText ? plainText : nil
    }
}
