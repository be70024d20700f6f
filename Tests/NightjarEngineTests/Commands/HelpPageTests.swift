import NightjarEngine
import Testing

@Suite struct HelpPageTests {
    private let commands = [
        CommandDefinition(name: "ship-it", description: "No usage", run: { _ in .none }),
        CommandDefinition(
            name: "deploy", description: "Deploy a service", usage: "/deploy <service> [--env=prod]", aliases: ["Release"],
            allow: AllowList(users: ["slack:U1"]), run: { _ in .none }),
    ]
    private let ann = Address(platform: "slack", channel: "C1", user: "U1")
    private let bob = Address(platform: "slack", channel: "C1", user: "U2")

    private func page(_ address: Address, isAdmin: Bool = false, prefix: String = "/", topic: String? = nil) throws -> HelpPage {
        let prefix = try #require(CommandPrefix(prefix))
        return try HelpPage.make(commands: commands, for: address, isAdmin: isAdmin, prefix: prefix, defaultAgent: "helper", topic: topic)
    }

    @Test func everyBuiltInCommandIsThereThenTheScriptsByName() throws {
        let page = try page(ann)
        let usages = page.entries.map(\.usage)
        for verb in BuiltInVerb.allCases { #expect(usages.contains { $0.hasPrefix("/\(verb.rawValue)") }) }
        #expect(usages.suffix(2) == ["/deploy <service> [--env=prod]", "/ship-it"])
        #expect(page.entries.allSatisfy { !$0.description.isEmpty })
        #expect(page.defaultAgent == "helper")
    }

    @Test func usageLinesShowThePrefixThatWasTyped() throws {
        let usages = try page(ann, prefix: "!nj").entries.map(\.usage)
        #expect(usages.contains("!nj run agent <name> <input>"))
        #expect(usages.contains("!nj deploy <service> [--env=prod]"))
    }

    @Test func commandsThatAPersonMayNotUseAreNotShown() throws {
        #expect(try !page(bob).entries.contains { $0.usage.contains("deploy") })
        #expect(throws: ReplyError.self) { try page(bob, topic: "deploy") }
    }

    @Test(
        arguments: [
            ("deploy", ["/deploy <service> [--env=prod]"]), ("release", ["/deploy <service> [--env=prod]"]),
            ("stop", ["/cancel task <id>"]), ("RUN", ["/run agent <name> <input>"]),
        ])
    func topics(topic: String, expected: [String]) throws {
        #expect(try page(ann, topic: topic).entries.map(\.usage) == expected)
    }

    @Test func triggersAreForAdmins() throws {
        let form = "/run trigger <name>"
        #expect(try !page(ann).entries.contains { $0.usage == form })
        #expect(try page(ann, isAdmin: true).entries.contains { $0.usage == form })
        #expect(try page(ann, isAdmin: true, topic: "run").entries.map(\.usage) == ["/run agent <name> <input>", form])
    }

    @Test func anUnknownTopicHasTheNearestNames() {
        #expect {
            try page(ann, topic: "depoly")
        } throws: { error in
            (error as? ReplyError)?.hint?.hasPrefix("Did you mean /deploy?") == true
        }
    }
}
