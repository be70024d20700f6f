import NightjarEngine

/// Whom a channel's name stands for.
///
/// A person is a phone number, or a business-scoped user id (`US.13491208655302741918`) where they hide it; everything else is a group.
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
enum WhatsAppRecipient: Equatable {
    case number(String)
    case user(String)
    case group(String)

    /// - Parameter channel: a number may be written as people do: `+1 (650) 555-1234`.
    init(channel: String) {
        let digits = channel.filter { !" +-().".contains($0) }
        if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            self = .number(digits)
        } else if channel.prefixMatch(of: /[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]+$/) != nil {
            self = .user(channel)
        } else {
            self = .group(channel)
        }
    }

    /// The members of a request that address it.
    var members: [String: JSONValue] {
        switch self {
        case .number(let number): ["recipient_type": "individual", "to": .string(number)]
        case .user(let id): ["recipient_type": "individual", "recipient": .string(id)]
        case .group(let id): ["recipient_type": "group", "to": .string(id)]
        }
    }
}
