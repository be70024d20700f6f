import LuaRuntime
import Testing

@testable import NightjarScripting

@Suite struct DeclarationFamilyTests {
    private func messages(_ lua: String, of family: DeclarationFamily, kind: String, name: String) async throws -> [String] {
        let site = DeclarationSite(index: nil, location: LuaLocation(source: "a.lua", line: 1), kind: kind, name: name)
        return family.validate(try await LuaSamples().table(lua), at: site).problems.map(\.message)
    }

    @Test func aPlatformIsKnownByItsName() async throws {
        #expect(try await messages(#"{ path = "/in" }"#, of: .platform, kind: "platform", name: "webhook") == [])
        #expect(
            try await messages("{}", of: .platform, kind: "platform", name: "slack").first?.contains("'bot_token' is missing") == true)
        #expect(
            try await messages("{}", of: .platform, kind: "platform", name: "webhok")
                == [
                    #"platform "webhok": there is no platform "webhok" (did you mean "webhook"?); use "discord", "slack", "telegram", "terminal", "webhook" or "whatsapp""#
                ])
    }

    @Test func aModelIsKnownByItsProvider() async throws {
        #expect(try await messages(#"{ provider = "echo" }"#, of: .model, kind: "model", name: "m") == [])
        #expect(
            try await messages(#"{ provider = "opnai", nme = "x", api_key = 5 }"#, of: .model, kind: "model", name: "m") == [
                #"model "m": 'api_key' must be a secret such as secret "NAME", not a number"#,
                #"model "m": 'provider' must be one of "anthropic", "echo", "lua" or "openai", not "opnai" (did you mean "openai"?)"#,
                #"model "m": unknown key 'nme' (did you mean 'name'?)"#,
            ])
        #expect(
            try await messages("{}", of: .model, kind: "model", name: "m")
                == [#"model "m": 'provider' is missing; it must be one of "anthropic", "echo", "lua" or "openai""#])
    }

    @Test func aKeyOfAnotherProviderIsExplained() async throws {
        #expect(
            try await messages(#"{ provider = "openai", name = "n", respond = print }"#, of: .model, kind: "model", name: "m")
                == [#"model "m": unknown key 'respond' (it is for provider = "lua")"#])
        #expect(
            try await messages(#"{ provider = "echo", name = "n" }"#, of: .model, kind: "model", name: "m")
                == [#"model "m": unknown key 'name' (it is for provider = "anthropic" or "openai")"#])
    }

    @Test func allPlatformsOfTheDesignAreNamed() {
        #expect(Set(DeclarationFamily.platform.variants) == ["webhook", "terminal", "slack", "discord", "telegram", "whatsapp"])
        #expect(DeclarationFamily.model.variants == DeclarationFamily.model.variants.sorted())
    }
}
