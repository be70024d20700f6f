internal import NIOCore
internal import NIOWebSocket
public import NightjarEngine
internal import Synchronization

/// The server's end of one WebSocket connection.
public final class StandInSocket: Sendable {
    /// Path and query, as asked for.
    public let target: String
    /// What the client sent, all of it unmasked: who does not mask is disconnected.
    public let received = Recorder<StandInSocketFrame>()
    private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    private let channel: any Channel
    private let texts: AsyncStream<String>
    private let feed: AsyncStream<String>.Continuation
    private let ended = Recorder<Void>()
    private let state = Mutex(State())

    private struct State {
        var isClosing = false
        var isMute = false
    }

    init(target: String, outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, channel: any Channel) {
        self.target = target
        self.outbound = outbound
        self.channel = channel
        (texts, feed) = AsyncStream.makeStream()
    }

    /// The client's text messages, for one reader, until it closes or is gone.
    public var messages: AsyncStream<String> { texts }

    /// How the client closed the connection, if it said so.
    public var closeCode: UInt16? {
        received.all.lazy.compactMap { if case .close(let code) = $0 { code } else { nil } }.first
    }

    public func send(_ text: String) async throws { try await send(text: text) }

    public func send(_ value: JSONValue) async throws { try await send(text: value.text) }

    /// Sends one frame exactly as it is described, allowed or not.
    /// - Parameters:
    ///   - opcode: 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong.
    public func sendFrame(
        _ opcode: UInt8, _ bytes: [UInt8], isFinal: Bool = true, isMasked: Bool = false, hasReservedBit: Bool = false
    ) async throws {
        guard let opcode = WebSocketOpcode(encodedWebSocketOpcode: opcode) else { preconditionFailure("an opcode has four bits") }
        try await outbound.write(
            WebSocketFrame(
                fin: isFinal, rsv1: hasReservedBit, opcode: opcode, maskKey: isMasked ? .random() : nil, data: ByteBuffer(bytes: bytes)))
    }

    /// Says good-bye; the client answers, and the connection ends.
    public func close(code: UInt16?, reason: String = "") async throws {
        state.withLock { $0.isClosing = true }
        let bytes = code.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] + Array(reason.utf8) } ?? []
        try await sendFrame(8, bytes)
    }

    /// Breaks the connection without a word.
    public func drop() async { try? await channel.close() }

    /// From now on neither pings nor a closing are answered, as when the machine behind an address is gone.
    public func fallSilent() { state.withLock { $0.isMute = true } }

    /// Returns when the connection is closed and all that came before is in ``received``.
    public func waitForEnd() async { await ended.waitForCount(1) }

    private func send(text: String) async throws {
        try await outbound.write(WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text)))
    }

    /// Reads until the client is gone.
    func read(_ frames: NIOAsyncChannelInboundStream<WebSocketFrame>) async throws {
        defer {
            feed.finish()
            ended.add(())
        }
        for try await frame in frames {
            guard frame.maskKey != nil else { return }
            var data = frame.unmaskedData
            switch frame.opcode {
            case .text:
                let text = String(buffer: data)
                received.add(.text(text))
                feed.yield(text)
            case .ping:
                let isMute = state.withLock(\.isMute)
                received.add(.ping(Array(data.readableBytesView)))
                if !isMute { try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, data: data)) }
            case .pong:
                received.add(.pong(Array(data.readableBytesView)))
            case .connectionClose:
                let code = data.readInteger(as: UInt16.self) ?? 1005
                received.add(.close(code))
                let (isMute, mustAnswer) = state.withLock { state in
                    defer { state.isClosing = true }
                    return (state.isMute, !state.isClosing)
                }
                if isMute { continue }
                if mustAnswer { try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData)) }
                return
            default:
                received.add(.other(Array(data.readableBytesView)))
            }
        }
    }
}
