/// Turns the meaning of a message into one platform's text: the default wherever no script's formatter takes over.
///
/// A pure function of the content: the same content always gives the same text.
public struct NativeFormatter: Sendable {
    /// Turns the Markdown of agents and commands into the platform's dialect.
    public typealias MarkdownRenderer = @Sendable (_ markdown: String) -> String

    /// Characters of an input, a metadata value or a description that lists and status pages show.
    static let previewLengthMax = 120
    /// Active tasks in `/list tasks`, and metadata entries in `/status`: what fits on a phone.
    static let listedMax = 10

    let dialect: Dialect
    let markdown: MarkdownRenderer

    /// - Parameters:
    ///   - platform: a platform's name. Slack, Discord, Telegram, WhatsApp and the terminal have a dialect; others get plain
    ///     text and emoji.
    ///   - markdown: must return text that is safe to send in the dialect. The default passes Markdown on as it is, so give one
    ///     to every platform that reads marks in text.
    public init(platform: String, markdown: @escaping MarkdownRenderer = { $0 }) {
        dialect = .of(platform: platform)
        self.markdown = markdown
    }

    public func format(_ content: ReplyContent) -> RenderedMessage {
        .text(text(content))
    }

    private func text(_ content: ReplyContent) -> String {
        switch content {
        case .text(let answer): markdown(answer)
        case .success(let message): "✅ " + dialect.text(message)
        case .error(let error): self.error(error)
        case .taskStarted(let task): "✓ Task started: " + dialect.code(task.id.rawValue)
        case .taskCompleted(let task): completion(of: task)
        case .taskFailed(let task): failure(of: task)
        case .taskCancelled(let task): heading(of: task, "cancelled")
        case .status(let task): status(of: task)
        case .list(let overview): tasks(overview)
        case .agents(let agents): self.agents(agents)
        case .triggers(let triggers): self.triggers(triggers)
        case .help(let page): help(page)
        }
    }

    /// A label in bold and its value, marked already.
    func field(_ label: String, _ value: String) -> String {
        "\(dialect.bold(label + ":")) \(value)"
    }

    func preview(_ text: String) -> String {
        TextPreview.line(text, lengthMax: Self.previewLengthMax)
    }
}
