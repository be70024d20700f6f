import Foundation
import NightjarEngine

/// A `platform "whatsapp" { … }` declaration, read: which number it is, and what proves who is who.
struct WhatsAppOptions: Sendable, Equatable {
    static let defaultVersion = "v23.0"
    static let defaultURL = "https://graph.facebook.com"

    /// The id of the business's number; not the number itself.
    var phoneNumberID: String
    var accessToken: Secret
    /// Keys the signature of requests.
    var appSecret: Secret
    /// What the handshake carries.
    var verifyToken: Secret
    /// Where messages, and all else, are sent to.
    var messagesURL: String
    /// Where media are asked for by their id, and where they are put.
    var apiURL: String
    var mediaURL: String
    var allowed: PlatformAllowList

    init(_ definition: PlatformDefinition) throws(PlatformOptionsError) {
        phoneNumberID = definition.string("phone_number_id") ?? ""
        guard !phoneNumberID.isEmpty, phoneNumberID.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw PlatformOptionsError(
                "whatsapp's phone_number_id \"\(phoneNumberID)\" must be the id that the app's dashboard shows under the number, "
                    + "like \"106540352242922\": digits only")
        }
        accessToken = try Self.token("access_token", in: definition, from: "the system user's token")
        appSecret = try Self.secret("app_secret", in: definition, from: "it is under App settings, Basic")
        verifyToken = try Self.secret("verify_token", in: definition, from: "any text of yours, the same as in the app's dashboard")
        let version = definition.string("api_version") ?? Self.defaultVersion
        guard version.wholeMatch(of: /v[0-9]{1,3}\.[0-9]{1,2}/) != nil else {
            throw PlatformOptionsError("whatsapp's api_version \"\(version)\" must be like \"\(Self.defaultVersion)\"")
        }
        apiURL = "\(try Self.baseURL(definition.string("api_url") ?? Self.defaultURL))/\(version)"
        messagesURL = "\(apiURL)/\(phoneNumberID)/messages"
        mediaURL = "\(apiURL)/\(phoneNumberID)/media"
        allowed = PlatformAllowList(definition)
    }

    private static func secret(
        _ key: String, in definition: PlatformDefinition, from source: String
    ) throws(PlatformOptionsError) -> Secret {
        guard let secret = definition.secret(key), !secret.isEmpty else {
            throw PlatformOptionsError("whatsapp's \(key) is missing or empty: \(source)")
        }
        return secret
    }

    /// A secret that is sent in a header, where a line break would be another header.
    private static func token(
        _ key: String, in definition: PlatformDefinition, from source: String
    ) throws(PlatformOptionsError) -> Secret {
        let token = try secret(key, in: definition, from: source)
        guard token.reveal().utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw PlatformOptionsError("whatsapp's \(key) has a space, a line break or a letter in it that no token has")
        }
        return token
    }

    private static func baseURL(_ text: String) throws(PlatformOptionsError) -> String {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            url.host()?.isEmpty == false, url.query() == nil, url.fragment() == nil, url.user() == nil
        else { throw PlatformOptionsError("whatsapp's api_url must be like \"\(defaultURL)\"") }
        return String(text.reversed().drop { $0 == "/" }.reversed())
    }
}
