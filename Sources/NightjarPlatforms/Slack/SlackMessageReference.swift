/// The name of a message that shows a draft: `C123/1700000000.000100`, with `/stream` behind it while it is streamed.
///
/// The channel is in it because drafts may be sent to a channel's name, and are changed by its id.
struct SlackMessageReference: Sendable, Equatable {
    var channel: String
    var ts: String
    var isStream = false

    init(channel: String, ts: String, isStream: Bool = false) {
        self.channel = channel
        self.ts = ts
        self.isStream = isStream
    }

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 || (parts.count == 3 && parts[2] == Self.stream), !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(channel: String(parts[0]), ts: String(parts[1]), isStream: parts.count == 3)
    }

    var text: String { "\(channel)/\(ts)" + (isStream ? "/" + Self.stream : "") }

    /// The same message when its stream has ended.
    var ended: SlackMessageReference { SlackMessageReference(channel: channel, ts: ts) }

    private static let stream = "stream"
}
