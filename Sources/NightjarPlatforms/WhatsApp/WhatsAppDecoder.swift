import NightjarEngine

/// Reads notifications: `entry[].changes[].value.{messages,statuses}`, every one of them.
///
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
struct WhatsAppDecoder: Sendable {
    let options: WhatsAppOptions

    /// - Throws: ``WhatsAppBodyError`` when it is no notification; then nothing of it counts.
    func decode(_ body: [UInt8], receivedAt: Timestamp) throws(WhatsAppBodyError) -> WhatsAppBatch {
        guard let text = String(validating: body, as: UTF8.self) else { throw WhatsAppBodyError("the body is not UTF-8") }
        guard let value = try? JSONValue(parsing: text) else { throw WhatsAppBodyError("the body is no JSON") }
        let root = try WhatsAppObject(value, path: "body")
        guard let object = try root.text("object") else { throw WhatsAppBodyError("body.object is missing") }
        var batch = WhatsAppBatch()
        // An app may have other products of Meta, which tell of other things.
        guard object == "whatsapp_business_account" else { return batch }
        for entry in try root.requiredObjects("entry") {
            for change in try entry.requiredObjects("changes") {
                guard try change.requiredName("field") == "messages" else { continue }
                try decode(try change.requiredObject("value"), into: &batch, receivedAt)
            }
        }
        return batch
    }

    private func decode(
        _ value: WhatsAppObject, into batch: inout WhatsAppBatch, _ receivedAt: Timestamp
    ) throws(WhatsAppBodyError) {
        let metadata = try value.requiredObject("metadata")
        // An account may have several numbers, and each has a bot of its own, or none.
        guard try metadata.requiredName("phone_number_id") == options.phoneNumberID else { return }
        let number = try metadata.text("display_phone_number")?.filter(\.isNumber) ?? ""
        for message in try value.objects("messages") ?? [] {
            do throws(WhatsAppBodyError) {
                if let event = try event(message, number: number, receivedAt) { batch.events.append(event) }
            } catch {
                // What others said in the same notification is not to be lost with it.
                batch.oddities.append(error)
            }
        }
        batch.failures += (value["statuses"]?.array ?? []).compactMap(WhatsAppFailure.init)
    }

    /// - Parameter number: the business's own, as it is displayed, digits only.
    /// - Returns: nil for what is no input: reactions, edits, files without a caption, people who may not talk to it.
    private func event(
        _ message: WhatsAppObject, number: String, _ receivedAt: Timestamp
    ) throws(WhatsAppBodyError) -> PlatformEvent? {
        let type = try message.requiredName("type")
        let id = try message.requiredName("id")
        guard let said = try WhatsAppWords(message, type: type) else { return nil }
        let phone = try message.name("from")
        let userID = try message.name("from_user_id")
        guard let user = phone ?? userID else { throw WhatsAppBodyError("\(message.path).from is missing") }
        guard number.isEmpty || user != number else { return nil }
        let channel = try message.name("group_id") ?? user
        let names = [phone, phone.map { "+" + $0 }, userID].compactMap { $0 }
        guard options.allowed.admits(workspace: options.phoneNumberID, channels: [channel, "+" + channel], users: names) else { return nil }
        let address = Address(platform: WhatsAppPlatform.platformName, channel: channel, user: user)
        if let payload = said.payload, let choice = QuestionChoice(payload: payload, address: address) { return .choice(choice) }
        guard let text = said.text(withoutMentionOf: number) else { return nil }
        return .message(
            InboundMessage(
                address: address, externalID: id, text: text, replyRoute: WhatsAppRoute(message: id).text, receivedAt: receivedAt,
                files: said.files))
    }
}
