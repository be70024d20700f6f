import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Finds out within a round trip that the listener of an event stream is gone.
///
/// One that says it sends no more may still listen, so it is sent a comment: who listens passes over it, and who is gone answers with
/// a reset, which closes the connection.
final class LostListeners: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var isStreaming = false

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event, isStreaming {
            context.writeAndFlush(wrapOutboundOut(.body(EventFrame.keepAlive.buffer)), promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head): isStreaming = head.headerFields[.contentType] == EventStreams.contentType
        case .body: break
        case .end: isStreaming = false
        }
        context.write(data, promise: promise)
    }
}
