import NightjarEngine
import NightjarPlatforms
import Testing

@Suite struct WebhookOptionsTests {
    @Test func emptyDeclarationIsOpenAtTheDefaultPath() throws {
        let options = try WebhookOptions(PlatformDefinition(name: "webhook"))
        #expect(options.path == "/webhooks/generic")
        #expect(options.isOpen)
    }

    @Test(arguments: ["secret", "token"])
    func oneCredentialCloses(key: String) throws {
        #expect(try !WebhookOptions(PlatformDefinition(name: "webhook", options: [key: .string("hush")])).isOpen)
    }

    @Test(arguments: [
        ("path", "in"), ("path", "/"), ("path", "/in?a=b"), ("path", "/api/v1/tasks"), ("path", "/metrics"), ("secret", ""),
        ("secret", "whsec_"), ("secret", "whsec_§§§"), ("token", ""),
    ])
    func mistakesAreNamed(key: String, value: String) {
        let error = #expect(throws: PlatformOptionsError.self) {
            try WebhookOptions(PlatformDefinition(name: "webhook", options: [key: .string(value)]))
        }
        #expect(error?.description.contains(key) == true)
    }

    @Test func pathBesideReservedOneIsFree() throws {
        let options = try WebhookOptions(PlatformDefinition(name: "webhook", options: ["path": .string("/apiary")]))
        #expect(options.path == "/apiary")
    }
}
