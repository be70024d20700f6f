import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// Servers that break the rules: the connection ends, with the code that says why.
@Suite(.timeLimit(.minutes(1))) struct WebSocketViolationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var code: UInt16
        var send: @Sendable (StandInSocket) async throws -> Void

        init(_ name: String, _ code: UInt16, _ send: @escaping @Sendable (StandInSocket) async throws -> Void) {
            testDescription = name
            self.code = code
            self.send = send
        }
    }

    static let cases = [
        Case("a message that is too large", 1009) { try await $0.send(String(repeating: "x", count: 1001)) },
        Case("fragments that are too large together", 1009) { socket in
            try await socket.sendFrame(1, Array(repeating: 65, count: 600), isFinal: false)
            try await socket.sendFrame(0, Array(repeating: 65, count: 600), isFinal: false)
        },
        Case("too many fragments", 1009) { socket in
            try await socket.sendFrame(1, [65], isFinal: false)
            for _ in 0..<10 { try await socket.sendFrame(0, [65], isFinal: false) }
        },
        Case("a binary message", 1003) { try await $0.sendFrame(2, [1, 2, 3]) },
        Case("text that is not UTF-8", 1007) { try await $0.sendFrame(1, [0xFF, 0xFE]) },
        Case("a masked frame", 1002) { try await $0.sendFrame(1, [65], isMasked: true) },
        Case("a reserved bit", 1002) { try await $0.sendFrame(1, [65], hasReservedBit: true) },
        Case("an unknown opcode", 1002) { try await $0.sendFrame(5, [65]) },
        Case("a continuation of nothing", 1002) { try await $0.sendFrame(0, [65]) },
        Case("a message inside another", 1002) { socket in
            try await socket.sendFrame(1, [65], isFinal: false)
            try await socket.sendFrame(1, [66])
        },
        Case("a ping in pieces", 1002) { try await $0.sendFrame(9, [65], isFinal: false) },
        Case("a ping that is too long", 1002) { try await $0.sendFrame(9, Array(repeating: 65, count: 126)) },
        Case("a closing without a whole code", 1002) { try await $0.sendFrame(8, [3]) },
        Case("a closing with a code that is never sent", 1002) { try await $0.sendFrame(8, [0x03, 0xED]) },
    ]

    @Test(arguments: cases)
    func ruleIsEnforced(_ violation: Case) async throws {
        var client = WebSocketClient(clock: .system)
        client.limits.messageBytesMax = 1000
        client.limits.fragmentsMax = 5
        try await StandInSocketServer.withServer { socket in
            try await socket.send("fine")
            try await violation.send(socket)
            await socket.waitForEnd()
        } _: { [client] server in
            let error = await #expect(throws: WebSocketError.self) {
                try await client.withConnection(to: server.url) { connection in
                    for try await text in connection.messages { #expect(text == "fine") }
                }
            }
            #expect(error?.code == .violation(violation.code))
            let socket = try #require(server.sockets.all.first)
            await socket.waitForEnd()
            #expect(socket.closeCode == violation.code)
        }
    }

    @Test func messageOfJustTheLimitPasses() async throws {
        var client = WebSocketClient(clock: .system)
        client.limits.messageBytesMax = 1000
        try await StandInSocketServer.withServer { socket in
            try await socket.send(String(repeating: "x", count: 1000))
            try await socket.close(code: 1000)
            await socket.waitForEnd()
        } _: { [client] server in
            try await client.withConnection(to: server.url) { connection in
                for try await text in connection.messages { #expect(text.count == 1000) }
            }
        }
    }
}
