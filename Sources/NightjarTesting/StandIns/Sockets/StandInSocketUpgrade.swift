import NIOCore
import NIOHTTP1
import NIOWebSocket

/// A connection of a ``StandInSocketServer`` on its way from HTTP to WebSocket.
struct StandInSocketUpgrade: Sendable {
    typealias Channel = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    typealias Outcome = (Channel, target: String)

    let answer: @Sendable (String) -> StandInSocketAnswer

    func install(in channel: any NIOCore.Channel) throws -> EventLoopFuture<Outcome> {
        let upgrader = NIOTypedWebSocketServerUpgrader<Outcome>(
            maxFrameSize: 64 << 20,
            shouldUpgrade: { [answer] channel, head in
                switch answer(head.uri) {
                case .agree(let headers): channel.eventLoop.makeSucceededFuture(HTTPHeaders(headers.map { ($0.key, $0.value) }))
                case .stall: channel.closeFuture.map { nil }
                }
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    (try Channel(wrappingChannelSynchronously: channel), target: head.uri)
                }
            })
        let configuration = NIOTypedHTTPServerUpgradeConfiguration<Outcome>(
            upgraders: [upgrader],
            notUpgradingCompletionHandler: { channel in channel.eventLoop.makeFailedFuture(ChannelError.inappropriateOperationForState) })
        return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
            configuration: NIOUpgradableHTTPServerPipelineConfiguration(upgradeConfiguration: configuration))
    }
}
