/// Turns the meaning of a message into one platform's text: the default wherever no script's formatter takes over.
///
/// A pure function of the content: the same content always gives the same text.
public struct NativeFormatter: Sendable {
    /// Characters of an input, a metadata value or a description that lists and status pages show.
    static let previewLengthMax = 120
    /// Tasks in `/list tasks`, the active ones first, and metadata entries in `/status`: what fits on a phone.
    static let listedMax = 10

    let dialect: Dialect
    let layout: any TextLayout
    private let buttonsMax: Int

    /// - Parameters:
    ///   - platform: a platform's name. Slack, Discord, Telegram, WhatsApp and the terminal have a dialect; others get plain
    ///     text and emoji.
    ///   - layout: turns the Markdown of agents and commands into the dialect, and cuts what is too long.
    ///   - buttonsMax: how many choices of a question are shown as buttons; more are numbered in the text.
    public init(platform: String, layout: any TextLayout = PlainLayout(), buttonsMax: Int = 0) {
        dialect = .of(platform: platform)
        self.layout = layout
        self.buttonsMax = buttonsMax
    }

    public func format(_ content: ReplyContent) -> RenderedMessage {
        RenderedMessage(parts: parts(content))
    }

    private func parts(_ content: ReplyContent) -> [String] {
        switch content {
        case .text(let answer): layout.render(markdown: answer)
        case .success(let message): layout.split("✅ " + dialect.text(message))
        case .error(let error): layout.split(self.error(error))
        case .taskStarted(let task): layout.split("✓ Task started: " + dialect.code(task.id.rawValue))
        case .taskCompleted(let task): parts(completion(of: task) + "\n\n", output: task.output ?? "")
        case .taskFailed(let task): layout.split(failure(of: task))
        case .taskCancelled(let task): layout.split(heading(of: task, "cancelled"))
        case .status(let task): status(of: task)
        case .list(let overview): layout.split(tasks(overview))
        case .agents(let agents): layout.split(self.agents(agents))
        case .triggers(let triggers): layout.split(self.triggers(triggers))
        case .help(let page): layout.split(help(page))
        case .question(let question): self.question(question)
        case .file(_, let comment): comment.allSatisfy(\.isWhitespace) ? [""] : layout.render(markdown: comment)
        }
    }

    private func status(of task: TaskSummary) -> [String] {
        guard let output = task.output else { return layout.split(self.status(of: task)) }
        return parts(self.status(of: task) + "\n\n\(dialect.bold("Output:"))\n", output: output)
    }

    /// Where there are no buttons, the choices are numbered.
    private func question(_ question: Question) -> [String] {
        var parts = layout.render(markdown: question.text)
        guard question.choices.count > buttonsMax else { return parts }
        let choices = question.choices.enumerated().map { "\($0.offset + 1). \(dialect.text($0.element))" }
        let list = (choices + ["", "Answer with a number."]).joined(separator: "\n")
        let whole = layout.split(parts[parts.count - 1] + "\n\n" + list)
        if whole.count == 1 { parts.removeLast() }
        return parts + (whole.count == 1 ? whole : layout.split(list))
    }

    /// The engine's words and an agent's under them: in one message if they fit.
    private func parts(_ heading: String, output: String) -> [String] {
        let output = output.allSatisfy(\.isWhitespace) ? ["(no output)"] : layout.render(markdown: output)
        if output.count == 1 {
            let whole = layout.split(heading + output[0])
            if whole.count == 1 { return whole }
        }
        return layout.split(String(heading[...].trimmed(while: \.properties.isWhitespace))) + output
    }

    /// A label in bold and its value, marked already.
    func field(_ label: String, _ value: String) -> String {
        "\(dialect.bold(label + ":")) \(value)"
    }

    func preview(_ text: String) -> String {
        TextPreview.line(text, lengthMax: Self.previewLengthMax)
    }
}
