import NIOCore
import NIOWebSocket

/// The text messages of a connection, for one reader. Who reads slowly slows the server down; pings are answered in between.
///
/// It ends when either side has closed the connection in good order; how the server did so is in ``WebSocketConnection/closure`` then.
/// Throws ``WebSocketError`` when the connection broke or the server broke the rules, and `CancellationError`.
struct WebSocketMessages: AsyncSequence, Sendable {
    typealias Element = String

    let connection: WebSocketConnection
    let frames: NIOAsyncChannelInboundStream<WebSocketFrame>

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(connection: connection, frames: frames.makeAsyncIterator())
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        let connection: WebSocketConnection
        var frames: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator

        mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> String? {
            do {
                while let frame = try await frames.next(isolation: actor) {
                    connection.sawLife()
                    switch try WebSocketEvent(frame) {
                    case .text(let text): return text
                    case .ping(let bytes): try await connection.pong(bytes)
                    case .pong: continue
                    case .close(let closure):
                        connection.closed(by: closure)
                        return nil
                    }
                }
            } catch {
                try Task.checkCancellation()
                throw connection.failed(error)
            }
            try Task.checkCancellation()
            if connection.isClosing { return nil }
            throw connection.failed(WebSocketError(.lost, "the connection broke"))
        }
    }
}
