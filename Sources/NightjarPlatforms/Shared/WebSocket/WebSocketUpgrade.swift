import NIOCore
import NIOHTTP1
import NIOWebSocket

/// The request that makes an HTTP connection a WebSocket one (RFC 6455, section 4.1).
struct WebSocketUpgrade: Sendable {
    typealias Channel = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    enum Outcome: Sendable {
        case open(Channel)
        /// - Parameter status: nil when it was agreed to, but not as it should be.
        case refused(EventLoopFuture<Int>?)
    }

    let address: WebSocketAddress
    let headers: HTTPHeaders
    let limits: WebSocketLimits

    /// Prepares a channel that is about to connect. On its event loop.
    func install(in channel: any NIOCore.Channel) throws -> EventLoopFuture<Outcome> {
        var headers = headers
        headers.replaceOrAdd(name: "host", value: address.authority)
        headers.replaceOrAdd(name: "user-agent", value: "nightjar")
        let configuration = NIOTypedHTTPClientUpgradeConfiguration<Outcome>(
            upgradeRequestHead: HTTPRequestHead(version: .http1_1, method: .GET, uri: address.target, headers: headers),
            upgraders: [upgrader()],
            notUpgradingCompletionHandler: { channel in
                channel.eventLoop.makeCompletedFuture {
                    let status = channel.eventLoop.makePromise(of: Int.self)
                    try channel.pipeline.syncOperations.addHandler(WebSocketRefusalReader(status))
                    return .refused(status.futureResult)
                }
            })
        var pipeline = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: configuration)
        // The server's first frames may come together with its consent.
        pipeline.leftOverBytesStrategy = .forwardBytes
        return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(configuration: pipeline)
    }

    private func upgrader() -> NIOTypedWebSocketClientUpgrader<Outcome> {
        // Errors are answered by who reads the frames, where all of them come together.
        NIOTypedWebSocketClientUpgrader(
            maxFrameSize: limits.messageBytesMax, enableAutomaticErrorHandling: false
        ) { [limits] channel, response in
            channel.eventLoop.makeCompletedFuture {
                // What was not asked for cannot be agreed upon.
                guard !response.headers.contains(name: "sec-websocket-extensions"), !response.headers.contains(name: "sec-websocket-protocol")
                else { return .refused(nil) }
                let aggregator = NIOWebSocketFrameAggregator(
                    minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: limits.fragmentsMax,
                    maxAccumulatedFrameSize: limits.messageBytesMax)
                try channel.pipeline.syncOperations.addHandler(aggregator)
                return .open(try Channel(wrappingChannelSynchronously: channel))
            }
        }
    }
}
