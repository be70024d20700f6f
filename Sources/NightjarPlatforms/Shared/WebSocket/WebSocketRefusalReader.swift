import NIOCore
import NIOHTTP1

/// Reads the status of an answer that is no WebSocket.
final class WebSocketRefusalReader: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let status: EventLoopPromise<Int>

    init(_ status: EventLoopPromise<Int>) {
        self.status = status
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) { status.succeed(Int(head.status.code)) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        // Of no effect when the status was read.
        status.fail(ChannelError.eof)
    }
}
