import LuaRuntime
import NightjarEngine
import Testing

@testable import NightjarScripting

/// The declarations as the API's design shows them.
@Suite struct ApiSamplesTests {
    private func values(_ lua: String, as declaration: Declaration) async throws -> FieldValues {
        let site = DeclarationSite(index: nil, location: LuaLocation(source: "a.lua", line: 1), kind: declaration.kind)
        let result = SchemaValidator.validate(try await LuaSamples().table(lua), as: declaration, at: site)
        #expect(result.problems == [])
        return result.values
    }

    @Test func settings() async throws {
        let values = try await values(
            """
            { max_concurrent = 10, max_tasks_per_user = 3, command_timeout = "300s",
              auto_ack = true, verbose = false, default_agent = "helper", prefixes = { "/", "!nj" },
              retention = { completed = "24h", failed = "7d" }, admins = { "slack:U123" }, }
            """, as: .settings)
        #expect(values.duration("command_timeout") == .seconds(300))
        #expect(values.strings("prefixes") == ["/", "!nj"])
        #expect(values.table("retention")?.duration("failed") == .seconds(7 * 86_400))
        #expect(values.string("default_agent") == "helper")
        #expect(!values.has("api_token"))
    }

    @Test func webhook() async throws {
        let values = try await values(#"{ path = "/in", secret = secret "HOOK_SECRET", token = "plain" }"#, as: .webhookPlatform)
        #expect(values.secret("secret") == Secret("HOOK_SECRET"))
        #expect(values.secret("token") == Secret("plain"))
    }

    @Test func models() async throws {
        let claude = try await values(
            """
            { provider = "anthropic", name = "claude-sonnet-4-5", api_key = secret "KEY", max_tokens = 4096,
              headers = { ["x-team"] = "ops" }, timeouts = { first_byte = "30s", whole = 900 } }
            """, as: .anthropicModel)
        #expect(claude.secrets("headers") == ["x-team": Secret("ops")])
        #expect(claude.table("timeouts")?.duration("whole") == .seconds(900))
        #expect(claude.integer("max_tokens") == 4096)
        let offline = try await values(#"{ provider = "lua", respond = function(request) return "you said" end }"#, as: .luaModel)
        #expect(offline.function("respond") != nil)
    }

    @Test func tool() async throws {
        let values = try await values(
            """
            { description = "List the pods of a namespace",
              parameters  = {
                namespace = { type = "string", description = "namespace", default = "default" },
                labels = { type = "array", items = { type = "string", enum = { "a", "b" } }, required = false },
              },
              timeout     = "10s", idempotent = true, run = function(args, ctx) end, }
            """, as: .tool)
        let parameters = values.tables("parameters")
        #expect(parameters?["namespace"]?.json("default") == "default")
        #expect(parameters?["labels"]?.table("items")?.list("enum") == [.json("a"), .json("b")])
        #expect(parameters?["labels"]?.boolean("required") == false)
    }

    @Test func agentWithTextOrFunction() async throws {
        let text = try await values(
            #"{ description = "Reviews code", model = "claude", instructions = "You review", tools = { "pods", "kube_*" }, max_iterations = 10, timeout = "5m", temperature = 0.2, memory = { turns = 20 } }"#,
            as: .agent)
        #expect(text.string("instructions") == "You review" && text.function("instructions") == nil)
        #expect(text.number("temperature") == 0.2)
        #expect(text.table("memory")?.integer("turns") == 20)
        let computed = try await values(#"{ model = "claude", instructions = function(ctx) return "" end }"#, as: .agent)
        #expect(computed.function("instructions") != nil && computed.string("instructions") == nil)
    }

    @Test func command() async throws {
        let values = try await values(
            ##"{ description = "Deploy a service", usage = "/deploy <service> [--env=prod]", aliases = { "ship" }, allow = { users = { "slack:U1*" }, channels = { "#ops" } }, run = function(ctx) end }"##,
            as: .command)
        #expect(values.table("allow")?.strings("channels") == ["#ops"])
    }

    @Test func trigger() async throws {
        let values = try await values(
            ##"{ name = "digest", agent = "oncall", channel = "slack:#ops", delivery = "when_idle", overlap = "buffer_one", jitter = "30s", misfire = { grace = "1m", coalesce = "all", catchup_window = "0s" } }"##,
            as: .every)
        #expect(values.choice("delivery", as: TriggerOptions.Delivery.self) == .whenIdle)
        #expect(values.table("misfire")?.duration("catchup_window") == .zero)
    }

    @Test func triggersTakeANameOrATable() async throws {
        let samples = try await LuaSamples()
        let options = try #require(Declaration.every.arguments.first { $0.key == "options" })
        let site = DeclarationSite(index: nil, location: LuaLocation(source: "a.lua", line: 1), kind: "every")
        #expect(SchemaValidator.validate("digest", as: options, at: site).values.string("options") == "digest")
        let table = SchemaValidator.validate(try await samples.value("{ name = 'a', max_runs = 3 }"), as: options, at: site)
        #expect(table.values.table("options")?.integer("max_runs") == 3)
        #expect(
            SchemaValidator.validate(5, as: options, at: site).problems.map(\.message)
                == ["every: 'options' must be a string or a table, not 5"])
    }
}
