public import NightjarEngine

/// A message in the stand-in's workspace, as it looks now.
public struct StandInSlackMessage: Sendable, Equatable {
    /// The channel's id.
    public var channel: String
    /// Its name in its channel.
    public var ts: String
    public var thread: String?
    public var user: String
    /// mrkdwn; of a stream, the Markdown so far.
    public var text: String
    public var blocks: [JSONValue] = []
    public var isStreaming = false
    public var file: StandInFile?
    /// How often it was changed, pieces of a stream included.
    public var edits = 0
    /// The sender's own key.
    var key: String?

    /// The buttons it carries, by their labels.
    public var buttons: [String] { buttonElements.compactMap { $0["text"]?["text"]?.string } }

    var buttonElements: [JSONValue] {
        actionBlocks.flatMap { $0["elements"]?.array ?? [] }.filter { $0["type"] == "button" }
    }

    var actionBlocks: [JSONValue] { blocks.filter { $0["type"] == "actions" } }
}
