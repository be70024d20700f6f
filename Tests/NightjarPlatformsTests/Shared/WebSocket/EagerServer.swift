import Crypto
import Foundation
import NIOCore
import NIOPosix

/// A server that sends its consent to a WebSocket and its first frames in one go, as servers far away seem to.
final class EagerServer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let frames: [UInt8]

    init(frames: [UInt8]) {
        self.frames = frames
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let request = String(buffer: unwrapInboundIn(data))
        guard let key = request.firstMatch(of: /(?i)sec-websocket-key: (\S+)/)?.1 else {
            // The client has answered the closing.
            return context.close(promise: nil)
        }
        // RFC 6455, section 4.2.2.
        let digest = Insecure.SHA1.hash(data: Data("\(key)258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8))
        let head =
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
            + "sec-websocket-accept: \(Data(digest).base64EncodedString())\r\n\r\n"
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: Array(head.utf8) + frames)), promise: nil)
    }

    /// - Returns: the port it listens at.
    static func withServer<Result>(frames: [UInt8], _ body: (Int) async throws -> Result) async throws -> Result {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(EagerServer(frames: frames)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        defer { server.close(promise: nil) }
        return try await body(server.localAddress?.port ?? 0)
    }
}
