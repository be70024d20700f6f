import Logging
import NightjarEngine
import NightjarPlatforms
import Synchronization

/// The generic webhook as the current scripts declare it; read anew when they change.
final class WebhookConfiguration: Sendable {
    private struct State {
        var definition: PlatformDefinition?
        var options: WebhookOptions?
    }

    private let state = Mutex(State())
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// - Returns: nil when none is declared, or the declaration is wrong: then it is closed.
    func options(in definitions: Definitions) -> WebhookOptions? {
        let definition = definitions.platforms.first { $0.name == WebhookPlatform.platformName }
        return state.withLock { state in
            if state.definition != definition { state = State(definition: definition, options: read(definition)) }
            return state.options
        }
    }

    private func read(_ definition: PlatformDefinition?) -> WebhookOptions? {
        guard let definition else { return nil }
        do throws(PlatformOptionsError) {
            return try WebhookOptions(definition)
        } catch {
            logger.error("the generic webhook is closed, since its declaration is wrong", metadata: ["error": "\(error)"])
            return nil
        }
    }
}
