import HummingbirdCore
import Logging
import NIOCore

extension HTTPServerBuilder {
    /// HTTP/1.1 with the server's own limits.
    static func nightjar(bodyTimeout: Duration) -> HTTPServerBuilder {
        .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [MalformedRequests(), LostListeners(), BodyDeadline(TimeAmount(bodyTimeout))],
                idleTimeout: TimeAmount(ServerLimits.idleTimeout)))
    }
}

extension Logger {
    /// For the library's own messages, which repeat what ours say.
    static var quiet: Logger { Logger(label: "nightjar.http", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
