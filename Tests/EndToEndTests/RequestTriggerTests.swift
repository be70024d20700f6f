import NightjarEngine
import Testing

extension EndToEnd {
    /// `on_webhook`, from a script's declaration to its answer.
    @Suite struct RequestTriggerTests {
        static let project = [
            "nightjar.lua": Lua.base + """
                on_webhook("/hooks/build", { name = "build", token = "let-me-in", channel = "webhook:ops" }, function(ctx)
                  local request = ctx.request
                  state.last = request.json.status .. " of " .. request.headers["x-project"] .. " by " .. ctx.trigger
                  return "build " .. request.json.status
                end)
                command("last", { description = "The last build", run = function() return state.last or "none" end })

                """
        ]

        @Test(.timeLimit(.minutes(1)))
        func `a request runs the handler once for each delivery, also when it comes again`() async throws {
            try await NightjarProcess.run(try ScratchProject(Self.project)) { (process: NightjarProcess, http: HTTPDriver) async throws in
                let refused = try await http.post("/hooks/build", ["status": "green"])
                #expect(refused.status == 401)
                let headers = ["authorization": "Bearer let-me-in", "x-project": "nightjar", "webhook-id": "d1"]
                for status in ["green", "red"] {
                    let taken = try await http.post("/hooks/build", ["status": .string(status)], headers: headers)
                    #expect(taken.status == 202)
                }
                try await eventually("the handler has run") { try await http.say("/last").replies == ["green of nightjar by build"] }
                #expect(process.log.contains(/a request was refused.*trigger=build/))
                #expect(!process.log.contains("let-me-in"))
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `wrong declarations are all told`() async throws {
            let project = try ScratchProject([
                "nightjar.lua": Lua.base + """
                    on_webhook("/a", { name = "one" }, function() end)
                    on_webhook("/a", { name = "two" }, function() end)
                    on_webhook("/api/x", { name = "three" }, function() end)
                    on_webhook("/webhooks/slack", { name = "four" }, function() end)
                    on_webhook("b", { name = "five" }, function() end)
                    on_webhook("/c", { name = "six", secert = "x" }, function() end)

                    """
            ])
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.status == 1)
            for text in [
                "belongs to on_webhook \"one\"", "is taken: the server itself", "platforms listen at /webhooks", "must be a path",
                "did you mean 'secret'",
            ] {
                #expect(check.errors.contains(text) || check.output.contains(text), "\(text): \(check.errors)\(check.output)")
            }
        }
    }
}
