import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Bounds how long a client takes to send one body: whoever reads it is given ``Expired``.
///
/// The time begins when bytes have come and the body is not whole, so a request that comes in one piece costs no timer. A body that
/// comes while earlier requests are answered is not read meanwhile, which is not its client's fault: its time begins after them.
final class BodyDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    struct Expired: Error {}

    private let timeout: TimeAmount
    private var isInBody = false
    /// Requests that have begun, and whose answers have not ended.
    private var unanswered = 0
    private var expiry: Scheduled<Void>?

    init(_ timeout: TimeAmount) {
        self.timeout = timeout
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isInBody = true
            unanswered += 1
        case .body: break
        case .end:
            isInBody = false
            cancel()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        scheduleIfNeeded(context)
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            scheduleIfNeeded(context)
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        cancel()
    }

    private func scheduleIfNeeded(_ context: ChannelHandlerContext) {
        guard isInBody, unanswered <= 1, expiry == nil, context.channel.isActive else { return }
        expiry = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) { context.fireErrorCaught(Expired()) }
    }

    private func cancel() {
        expiry?.cancel()
        expiry = nil
    }
}
