import Logging

/// Where answers go that have no channel: those of triggers without one, and what tasks of the HTTP API say beside their result.
/// They are in the log and in the task list.
struct LogPlatform: Platform {
    static let platformName = "log"
    /// The platform of the tasks that are submitted over HTTP.
    static let apiName = "api"
    static let names = [platformName, apiName]

    let name: String
    let capabilities = PlatformCapabilities(prefixes: [])
    let logger: Logger

    func deliver(_ message: OutboundMessage) async throws -> String? {
        logger.info(
            "an answer without a channel",
            metadata: ["channel": "\(message.address.channel)", "text": "\(message.rendered.plainText)"])
        return nil
    }
}
