import Testing

@testable import NightjarPlatforms

@Suite struct WebSocketAddressTests {
    @Test(arguments: [
        ("ws://localhost", "localhost", 80, "/", "localhost"),
        ("wss://gateway.discord.gg/?v=10&encoding=json", "gateway.discord.gg", 443, "/?v=10&encoding=json", "gateway.discord.gg"),
        ("wss://host:8443/link/?ticket=a%20b", "host", 8443, "/link/?ticket=a%20b", "host:8443"),
        ("ws://127.0.0.1:9/x", "127.0.0.1", 9, "/x", "127.0.0.1:9"),
        ("WS://[::1]:9", "::1", 9, "/", "[::1]:9"),
    ])
    func addressIsTakenApart(text: String, host: String, port: Int, target: String, authority: String) throws {
        let address = try WebSocketAddress(text)
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.target == target)
        #expect(address.authority == authority)
        #expect(address.isSecure == text.hasPrefix("wss"))
    }

    @Test(arguments: ["", "localhost", "http://localhost", "wss://", "ws:///x", "wss://user:word@host/", "ws://a b"])
    func anythingElseIsRefused(text: String) {
        let error = #expect(throws: WebSocketError.self) { try WebSocketAddress(text) }
        #expect(error?.code == .invalidAddress)
        #expect(error?.message.contains("word") == false)
    }
}
