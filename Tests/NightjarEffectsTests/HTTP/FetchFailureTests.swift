import Testing

@testable import NightjarEffects

struct FetchFailureTests {
    @Test(arguments: [
        ("https://host/path?key=secret", "https://host/path"),
        ("https://me:secret@host:8443/path#frag", "https://host:8443/path"),
        ("https://me:p@secret@host", "https://host"),
        ("https://host/a@b", "https://host/a@b"),
        ("nonsense", "nonsense"),
        ("nonsense?secret", "nonsense"),
        ("https://host/" + String(repeating: "x", count: 500), "https://host/" + String(repeating: "x", count: 187)),
    ])
    func addressesAreShownWithoutSecrets(url: String, shown: String) {
        #expect(FetchFailure.shown(url) == shown)
    }

    @Test(arguments: [
        ("http://host/path", "host:80"), ("HTTPS://host", "host:443"), ("https://me:secret@host:8443/p?q", "host:8443"),
        ("http://[::1]:81/", "[::1]:81"),
    ])
    func serversAreShownWithTheirPort(url: String, shown: String) {
        #expect(FetchFailure.server(url) == shown)
    }
}
