import NightjarPlatforms
import Testing

@Suite struct CallbackHostsTests {
    private let hosts = CallbackHosts(["Example.com", "127.0.0.1:9000", "*.corp.test"])

    @Test(arguments: [
        "https://example.com/hook", "http://EXAMPLE.com:8080/", "http://127.0.0.1:9000/x", "https://a.corp.test",
        "https://a.b.corp.test/",
    ])
    func listedHostsPass(url: String) {
        #expect(hosts.refusal(of: url) == nil)
    }

    @Test(arguments: [
        "https://example.org/", "https://example.com.evil.test/", "https://notexample.com/", "http://127.0.0.1/",
        "http://127.0.0.1:9001/", "https://corp.test/", "https://evilcorp.test/", "ftp://example.com/", "file:///etc/passwd",
        "/relative", "", "https://user:pw@example.com/", "https://example.com@evil.test/", "http://[::1]/",
    ])
    func othersAreRefused(url: String) {
        #expect(hosts.refusal(of: url) != nil)
    }

    @Test func emptyListRefusesAll() {
        #expect(CallbackHosts([]).refusal(of: "https://example.com/") != nil)
    }
}
