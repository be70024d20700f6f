@testable import NightjarServer
import Testing

@Suite struct LoopbackNamesTests {
    @Test(arguments: ["localhost", "LOCALHOST:8080", "bot.localhost", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:8080"])
    func ownNames(authority: String) {
        #expect(LoopbackNames.containsAuthority(authority))
    }

    @Test(arguments: ["", "evil.test", "127.0.0.1.evil.test", "localhost.evil.test", "127.0.0", "127.0.0.256", "10.0.0.1", "[::2]", "0.0.0.0"])
    func otherNames(authority: String) {
        #expect(!LoopbackNames.containsAuthority(authority))
    }

    @Test(arguments: [
        ("http://localhost", true), ("https://127.0.0.1:8080", true), ("http://[::1]:3000", true), ("null", false), ("", false),
        ("http://evil.test", false), ("file://localhost", false), ("http://localhost.evil.test", false),
    ])
    func origins(origin: String, isOwn: Bool) {
        #expect(LoopbackNames.containsOrigin(origin) == isOwn)
    }

    @Test(arguments: [("127.0.0.1", true), ("::1", true), ("localhost", true), ("0.0.0.0", false), ("::", false), ("192.168.1.1", false)])
    func configurationKnowsLoopbackByItsHost(host: String, isLoopback: Bool) {
        #expect(NightjarServerConfiguration(host: host).isLoopback == isLoopback)
    }
}
