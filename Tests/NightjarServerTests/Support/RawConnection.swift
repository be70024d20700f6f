import NIOCore
import NIOPosix
import NightjarServer

/// A connection that says exactly what a test wants, which clients of good manners cannot.
enum RawConnection {
    typealias Inbound = NIOAsyncChannelInboundStream<ByteBuffer>
    typealias Outbound = NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Connects and closes when `body` returns.
    static func open<Result: Sendable>(
        to server: TestServer, _ body: (Inbound, Outbound) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(
            host: server.address.host, port: server.address.port
        ) { channel in
            channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
        }
        return try await channel.executeThenClose(body)
    }

    /// Sends bytes and reads until the server closes the connection.
    static func exchange(_ text: String, with server: TestServer) async throws -> String {
        try await open(to: server) { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var answer = ""
            for try await piece in inbound { answer += String(buffer: piece) }
            return answer
        }
    }
}
