import NIOCore
import NIOWebSocket
import NightjarEngine
import Synchronization

/// An open WebSocket connection, seen from the client. Anyone may send at any time; ``messages`` has one reader.
final class WebSocketConnection: Sendable {
    private struct State {
        var isClosing = false
        var closure: WebSocketClosure?
        /// Frames since the last look of the keeper.
        var hasLife = true
        var wasGivenUp = false
    }

    private let inbound: NIOAsyncChannelInboundStream<WebSocketFrame>
    private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    private let channel: any Channel
    private let state = Mutex(State())

    init(_ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ channel: any Channel) {
        self.inbound = inbound
        self.outbound = outbound
        self.channel = channel
    }

    /// What the server sends. Ask once.
    var messages: WebSocketMessages { WebSocketMessages(connection: self, frames: inbound) }

    /// How the server ended the connection; nil while it has not.
    var closure: WebSocketClosure? { state.withLock(\.closure) }

    /// - Throws: ``WebSocketError`` when there is no connection any more; `CancellationError`.
    func send(_ text: String) async throws {
        try await write(.text, ByteBuffer(string: text))
    }

    /// Tells the server that this is the end. Nothing can be sent after it; ``messages`` ends when the server has agreed.
    /// - Parameters:
    ///   - code: of RFC 6455, or one of the protocol's own between 3000 and 4999.
    ///   - reason: at most 123 bytes.
    func close(code: UInt16 = WebSocketClosure.normal, reason: String = "") {
        let isFirst = state.withLock { state in
            defer { state.isClosing = true }
            return !state.isClosing
        }
        guard isFirst else { return }
        var bytes = ByteBuffer()
        if code != WebSocketClosure.noStatus {
            bytes.writeInteger(code)
            bytes.writeString(reason)
        }
        // Whether it arrives is of no interest: the connection ends either way.
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .connectionClose, maskKey: .random(), data: bytes), promise: nil)
    }

    // MARK: For its reader

    var isClosing: Bool { state.withLock { $0.isClosing } }

    func sawLife() { state.withLock { $0.hasLife = true } }

    func pong(_ bytes: ByteBuffer) async throws {
        // A ping may cross our closing, after which nothing is sent.
        if isClosing { return }
        try await write(.pong, bytes)
    }

    func closed(by closure: WebSocketClosure) {
        state.withLock { $0.closure = closure }
        close(code: closure.code)
    }

    /// Ends the connection after an error, telling the server why if it is to blame.
    /// - Returns: the error as callers see it.
    func failed(_ error: any Error) -> any Error {
        let error = Self.known(error)
        if case .violation(let code) = error.code { close(code: code) }
        if state.withLock({ $0.wasGivenUp }) { return WebSocketError(.timedOut, "the server gave no sign of life") }
        return error
    }

    private static func known(_ error: any Error) -> WebSocketError {
        switch error {
        case let error as WebSocketError: error
        case NIOWebSocketError.invalidFrameLength, NIOWebSocketFrameAggregator.Error.accumulatedFrameSizeIsTooLarge,
            NIOWebSocketFrameAggregator.Error.tooManyFragments:
            .violation(WebSocketClosure.tooLarge, "a message that is too large")
        case is NIOWebSocketError: .violation(WebSocketClosure.protocolError, "a control frame that is too long, or in pieces")
        case is NIOWebSocketFrameAggregator.Error: .violation(WebSocketClosure.protocolError, "fragments in the wrong order")
        default: WebSocketError(.lost, "the connection broke (\(type(of: error)))")
        }
    }

    private func write(_ opcode: WebSocketOpcode, _ bytes: ByteBuffer) async throws {
        guard !isClosing else { throw WebSocketError(.lost, "the connection is closed") }
        do {
            // Section 5.3: every frame of a client is masked, each with a key of its own.
            try await outbound.write(WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: bytes))
        } catch let error as CancellationError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw WebSocketError(.lost, "the connection broke while something was sent")
        }
    }

    // MARK: Life

    /// Asks for signs of life until the task is cancelled, and ends the connection when there are none.
    func keepAlive(every period: Duration, clock: EngineClock) async {
        while true {
            do {
                try await clock.sleep(for: period)
                let isAlive = state.withLock { state in
                    defer { state.hasLife = false }
                    return state.hasLife
                }
                guard isAlive else { break }
                try await write(.ping, ByteBuffer())
            } catch {
                return
            }
        }
        giveUp()
    }

    /// Ends the connection at once, since the server does not do what it should: ``messages`` throws.
    func giveUp() {
        state.withLock { $0.wasGivenUp = true }
        channel.close(promise: nil)
    }

    /// Says good-bye and waits for the server's end of it, for a while.
    func finish(within limit: Duration, clock: EngineClock) async {
        close()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [channel] in try? await channel.closeFuture.get() }
            group.addTask { [channel] in
                try? await clock.sleep(for: limit)
                channel.close(promise: nil)
            }
            await group.next()
            group.cancelAll()
        }
    }
}
