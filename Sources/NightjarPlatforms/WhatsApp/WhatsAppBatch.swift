import NightjarEngine

/// What one notification tells: what people said, and which messages did not reach them.
struct WhatsAppBatch: Equatable {
    var events: [PlatformEvent] = []
    /// Of messages that WhatsApp took and then could not deliver.
    var failures: [WhatsAppFailure] = []
    /// Why messages cannot be read.
    var oddities: [WhatsAppBodyError] = []
}
