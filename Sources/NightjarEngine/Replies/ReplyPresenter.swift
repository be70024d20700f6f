import Logging
import Synchronization

/// Turns what a reply means into what a platform shows: the script's formatter first, the native one if there is none or it fails.
final class ReplyPresenter: Sendable {
    private let definitions: @Sendable () -> Definitions
    private let platforms = Mutex<[String: any Platform]>([:])
    private let metrics: EngineMetrics
    private let logger: Logger

    init(metrics: EngineMetrics, logger: Logger, definitions: @escaping @Sendable () -> Definitions) {
        self.metrics = metrics
        self.logger = logger
        self.definitions = definitions
    }

    func platform(_ name: String) -> (any Platform)? { platforms.withLock { $0[name] } }

    func install(_ platform: any Platform) { platforms.withLock { $0[platform.name] = platform } }

    func remove(_ name: String) { platforms.withLock { $0[name] = nil } }

    /// The entry as it is to be stored: already delivered where replies are only kept to be read and nothing but native code has to
    /// format them, so that such a reply costs one write instead of three.
    func prepared(_ entry: OutboxEntry) -> OutboxEntry {
        let name = entry.address.platform
        guard entry.replyRoute == nil, platform(name)?.capabilities.keepsReplies == true,
            definitions().formatters[name] == nil
        else { return entry }
        var entry = entry
        entry.rendered = native(entry.content, for: name)
        entry.state = .delivered
        return entry
    }

    /// - Returns: always something: a formatter that fails costs its looks, never the answer.
    func render(_ content: ReplyContent, for platform: String) async -> RenderedMessage {
        if let override = definitions().formatters[platform] {
            do {
                if let message = try await override.format(content) { return cut(message, for: platform) }
            } catch {
                metrics.formatterFailed()
                logger.error(
                    "a formatter failed, so the native one is used",
                    metadata: ["platform": "\(platform)", "formatter": "\(content.kind)", "error": "\(error)"])
            }
        }
        return shortened(native(content, for: platform), of: content, for: platform)
    }

    /// Where an answer would take more messages than people want to scroll through, its beginning and a file with all of it.
    private func shortened(_ message: RenderedMessage, of content: ReplyContent, for name: String) -> RenderedMessage {
        guard case .parts(let parts) = message, let capabilities = platform(name)?.capabilities, let max = capabilities.partsMax,
            parts.count > max, let markdown = content.markdown, markdown.utf8.count <= min(capabilities.fileBytesMax, FileLimits.uploadBytesMax)
        else { return message }
        return .excerpt(parts[0], whole: OutboundFile(name: "answer.md", title: "The whole answer", content: Array(markdown.utf8)))
    }

    /// As no script and no wish for few messages shapes it.
    func plain(_ content: ReplyContent, for platform: String) -> RenderedMessage { native(content, for: platform) }

    private func native(_ content: ReplyContent, for platform: String) -> RenderedMessage {
        let buttonsMax = self.platform(platform)?.capabilities.buttonsMax ?? 0
        return NativeFormatter(platform: platform, layout: layout(of: platform), buttonsMax: buttonsMax).format(content)
    }

    /// A formatter need not know how long a message may be.
    private func cut(_ message: RenderedMessage, for platform: String) -> RenderedMessage {
        guard case .text(let text) = message else { return message }
        return RenderedMessage(parts: layout(of: platform).split(text))
    }

    /// How much of an unfinished answer a draft shows.
    func draft(_ markdown: String, for platform: String) -> String {
        layout(of: platform).render(markdown: markdown)[0]
    }

    private func layout(of platform: String) -> any TextLayout {
        self.platform(platform)?.layout ?? PlainLayout()
    }
}
