import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Gives the answer to what is no HTTP the body that all other errors have. The library writes a bare 400 then, which comes by here.
final class MalformedRequests: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum State {
        case wellFormed
        /// The answer has not been written yet.
        case malformed
        /// The answer's head is written, its body is not.
        case answering(ByteBuffer)
    }

    private var state = State.wellFormed

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError { state = .malformed }
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch (unwrapOutboundIn(data), state) {
        case (.head(var head), .malformed) where head.status == .badRequest && head.headerFields[.contentLength] == "0":
            let body = Problem.malformedRequest.body
            head.headerFields[.contentType] = Problem.contentType
            head.headerFields[.contentLength] = "\(body.readableBytes)"
            state = .answering(body)
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case (.end, .answering(let body)):
            state = .wellFormed
            context.write(wrapOutboundOut(.body(body)), promise: nil)
            context.write(data, promise: promise)
        default:
            context.write(data, promise: promise)
        }
    }
}
