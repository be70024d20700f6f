import HummingbirdCore
import Logging
import NIOCore

extension HTTPServerBuilder {
    /// HTTP/1.1 with the server's own limits.
    static var nightjar: HTTPServerBuilder {
        .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [MalformedRequests(), LostListeners()], idleTimeout: TimeAmount(ServerLimits.idleTimeout)))
    }
}

extension Logger {
    /// For the library's own messages, which repeat what ours say.
    static var quiet: Logger { Logger(label: "nightjar.http", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
