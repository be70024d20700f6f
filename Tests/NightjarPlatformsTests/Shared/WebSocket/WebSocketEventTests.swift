import NIOCore
import NIOWebSocket
import Testing

@testable import NightjarPlatforms

@Suite struct WebSocketEventTests {
    private func frame(_ opcode: WebSocketOpcode, _ bytes: [UInt8], rsv: Bool = false, mask: WebSocketMaskingKey? = nil) -> WebSocketFrame {
        WebSocketFrame(fin: true, rsv2: rsv, opcode: opcode, maskKey: mask, data: ByteBuffer(bytes: bytes))
    }

    private func violation(_ frame: WebSocketFrame) -> UInt16? {
        do {
            _ = try WebSocketEvent(frame)
            return nil
        } catch {
            if case .violation(let code) = error.code { return code }
            return 0
        }
    }

    @Test func framesOfAllKindsAreRead() throws {
        #expect(try WebSocketEvent(frame(.text, Array("hü".utf8))) == .text("hü"))
        #expect(try WebSocketEvent(frame(.text, [])) == .text(""))
        #expect(try WebSocketEvent(frame(.ping, [1, 2])) == .ping(ByteBuffer(bytes: [1, 2])))
        #expect(try WebSocketEvent(frame(.pong, [1])) == .pong)
        #expect(try WebSocketEvent(frame(.connectionClose, [])) == .close(WebSocketClosure(code: 1005, reason: "")))
        #expect(try WebSocketEvent(frame(.connectionClose, [0x0F, 0xA4])) == .close(WebSocketClosure(code: 4004, reason: "")))
        let reasoned = [0x03, 0xE9] + Array("bye".utf8)
        #expect(try WebSocketEvent(frame(.connectionClose, reasoned)) == .close(WebSocketClosure(code: 1001, reason: "bye")))
    }

    @Test func whatIsForbiddenIsNamedByItsCode() throws {
        #expect(violation(frame(.binary, [1])) == 1003)
        #expect(violation(frame(.text, [0xC3])) == 1007)
        #expect(violation(frame(.text, [0xED, 0xA0, 0x80])) == 1007)
        #expect(violation(frame(.text, [], rsv: true)) == 1002)
        #expect(violation(frame(.text, [], mask: [1, 2, 3, 4])) == 1002)
        #expect(violation(frame(try #require(WebSocketOpcode(encodedWebSocketOpcode: 3)), [])) == 1002)
        #expect(violation(frame(try #require(WebSocketOpcode(encodedWebSocketOpcode: 11)), [])) == 1002)
        #expect(violation(frame(.connectionClose, [3])) == 1002)
        #expect(violation(frame(.connectionClose, [0x03, 0xE8, 0xFF])) == 1007)
    }

    @Test(
        arguments: [
            (0, false), (999, false), (1000, true), (1004, false), (1005, false), (1006, false), (1007, true), (1014, true), (1015, false),
            (2999, false), (3000, true), (4999, true), (5000, false),
        ] as [(UInt16, Bool)])
    func closingNeedsCodeThatExists(code: UInt16, isAllowed: Bool) {
        let closing = frame(.connectionClose, [UInt8(code >> 8), UInt8(code & 0xFF)])
        #expect(violation(closing) == (isAllowed ? nil : 1002))
    }
}
