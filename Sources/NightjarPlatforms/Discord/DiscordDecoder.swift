import Foundation
import NightjarEngine

/// Reads what Discord sends; a pure function of its bytes and the options. What it does not understand it refuses, and what is not for
/// the engine it passes over.
struct DiscordDecoder: Sendable {
    let options: DiscordOptions

    /// An interaction, as it comes over HTTP and as the Gateway brings it.
    func readInteraction(_ body: [UInt8], receivedAt: Timestamp) throws(DiscordRefusal) -> DiscordReading {
        let interaction: DiscordInteraction = try Self.decoded(body)
        switch interaction.type {
        case DiscordInteraction.Kind.ping: return .ping
        case DiscordInteraction.Kind.autocomplete: return .autocomplete
        case DiscordInteraction.Kind.command: return try readCommand(interaction, receivedAt: receivedAt)
        case DiscordInteraction.Kind.component: return try readPress(interaction)
        default: return .nothing
        }
    }

    private func readCommand(_ interaction: DiscordInteraction, receivedAt: Timestamp) throws(DiscordRefusal) -> DiscordReading {
        let (place, user) = try origin(of: interaction)
        let id = try Self.checked(interaction.id, "id")
        guard let data = interaction.data, let name = data.name, !name.isEmpty, !name.contains(where: \.isWhitespace) else {
            throw .unreadable("the command has no name")
        }
        guard let token = interaction.token, Self.isToken(token) else { throw .unreadable("\"token\" is missing") }
        // Commands of a message's or a person's menu are not the scripts'.
        guard data.type ?? 1 == 1 else { return .nothing }
        guard admits(interaction, place: place, user: user) else { return .refused(Self.notHere) }
        guard user.bot != true else { return .nothing }
        let arguments = (data.options ?? []).map { Self.text(of: $0.value) }.filter { !$0.isEmpty }
        let text = (["/\(name)"] + arguments).joined(separator: " ").replacing("\0", with: "")
        return .command(
            InboundMessage(
                address: Address(platform: DiscordPlatform.platformName, channel: place, user: user.id), externalID: id,
                text: text,
                replyRoute: DiscordRoute(token: token, since: receivedAt).text, receivedAt: receivedAt))
    }

    private func readPress(_ interaction: DiscordInteraction) throws(DiscordRefusal) -> DiscordReading {
        let (place, user) = try origin(of: interaction)
        guard let payload = interaction.data?.customID else { throw .unreadable("the component has no custom_id") }
        let address = Address(platform: DiscordPlatform.platformName, channel: place, user: user.id)
        guard let choice = QuestionChoice(payload: payload, address: address) else { return .nothing }
        guard admits(interaction, place: place, user: user) else { return .refused(Self.notHere) }
        return .press(choice, content: interaction.message?.content ?? "")
    }

    private static let notHere = "You cannot use this bot here."

    private func origin(of interaction: DiscordInteraction) throws(DiscordRefusal) -> (
        place: String, user: DiscordInteraction.User
    ) {
        guard var user = interaction.member?.user ?? interaction.user else { throw .unreadable("there is no user") }
        user.id = try Self.checked(user.id, "user.id")
        return (try Self.checked(interaction.channelID ?? interaction.channel?.id, "channel_id"), user)
    }

    private func admits(_ interaction: DiscordInteraction, place: String, user: DiscordInteraction.User) -> Bool {
        // By ids alone: anybody may take a name that is one of them.
        options.allowed.admits(workspace: interaction.guildID, channels: [place], users: [user.id])
    }

    private static func text(of value: JSONValue?) -> String {
        switch value {
        case .string(let text): text
        case .some(let value): value.text
        case nil: ""
        }
    }

    // MARK: Bytes

    static func decoded<Value: Decodable>(_ body: [UInt8]) throws(DiscordRefusal) -> Value {
        guard body.count <= DiscordLimits.bodyBytesMax else {
            throw .unreadable("the body is longer than \(DiscordLimits.bodyBytesMax) bytes")
        }
        // Zeros are how the reader below would know other encodings, which Discord does not use.
        guard !body.contains(0), String(validating: body, as: UTF8.self) != nil else {
            throw .unreadable("the body is no UTF-8")
        }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(body))
        } catch {
            throw .unreadable("the body is not the JSON that Discord sends")
        }
    }

    /// A snowflake: a key of sessions and quotas, not a text.
    static func checked(_ id: String?, _ name: String) throws(DiscordRefusal) -> String {
        guard let id, isID(id) else { throw .unreadable("\"\(name)\" is missing, or no id of Discord's") }
        return id
    }

    static func isID(_ text: String) -> Bool {
        (1...DiscordLimits.idDigitsMax).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// It becomes part of an address.
    private static func isToken(_ text: String) -> Bool {
        (1...1024).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: "-._~=+".utf8.contains(byte)
                }
            }
    }
}
