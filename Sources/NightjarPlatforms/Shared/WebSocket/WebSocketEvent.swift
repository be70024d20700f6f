import NIOCore
import NIOWebSocket

/// What a frame of the server means; fragments have been put together before.
enum WebSocketEvent: Sendable, Equatable {
    case text(String)
    case ping(ByteBuffer)
    case pong
    case close(WebSocketClosure)

    /// - Throws: ``WebSocketError`` for what RFC 6455 forbids, and for binary messages, which nobody here reads.
    init(_ frame: WebSocketFrame) throws(WebSocketError) {
        // Section 5.1: a server that masks is none.
        guard frame.maskKey == nil else { throw .violation(WebSocketClosure.protocolError, "a masked frame") }
        // Section 5.2: the bits belong to extensions, and none were agreed upon.
        guard frame.reservedBits.isEmpty else { throw .violation(WebSocketClosure.protocolError, "reserved bits are set") }
        switch frame.opcode {
        case .text: self = .text(try Self.text(frame.data))
        case .binary: throw .violation(WebSocketClosure.unsupportedData, "a binary message, which is not understood here")
        case .ping: self = .ping(frame.data)
        case .pong: self = .pong
        case .connectionClose: self = .close(try Self.closure(frame.data))
        default: throw .violation(WebSocketClosure.protocolError, "an unknown kind of frame")
        }
    }

    private static func text(_ bytes: ByteBuffer) throws(WebSocketError) -> String {
        guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else {
            throw .violation(WebSocketClosure.invalidText, "text that is not UTF-8")
        }
        return text
    }

    private static func closure(_ bytes: ByteBuffer) throws(WebSocketError) -> WebSocketClosure {
        var bytes = bytes
        guard bytes.readableBytes > 0 else { return WebSocketClosure(code: WebSocketClosure.noStatus, reason: "") }
        guard let code = bytes.readInteger(as: UInt16.self), WebSocketClosure.isAllowed(code) else {
            throw .violation(WebSocketClosure.protocolError, "a closing with a code that does not exist")
        }
        return WebSocketClosure(code: code, reason: try text(bytes))
    }
}
