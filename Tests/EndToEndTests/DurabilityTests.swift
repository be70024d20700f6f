import Foundation
import NightjarEngine
import NightjarTesting
import Testing

extension EndToEnd {
    @Suite struct DurabilityTests {
        /// An agent that calls a tool once and then answers; both tell the address in `EFFECTS` that they were called.
        private static func project(isIdempotent: Bool) throws -> ScratchProject {
            try ScratchProject([
                "nightjar.lua": Lua.base + """
                    local effects = env("EFFECTS")
                    model "worker" { provider = "lua", respond = function(request)
                      local last = request.messages[#request.messages]
                      if last.role == "tool" then
                        http.get(effects .. "/answer")
                        return "tool said: " .. last.content
                      end
                      http.get(effects .. "/think")
                      return { tool_calls = { { name = "effect", arguments = { what = request.input } } } }
                    end }
                    tool "effect" {
                      description = "Does something once", idempotent = \(isIdempotent),
                      parameters = { what = { type = "string", description = "what" } },
                      run = function(args) return http.get(effects .. "/effect").body end,
                    }
                    agent "worker" { model = "worker", tools = { "effect" } }

                    """
            ])
        }

        private func count(_ path: String, _ provider: StandInProvider) -> Int {
            provider.activity.requests.count { $0.path == path }
        }

        /// Runs a task until the model or the tool waits at `path`, cuts the engine off, and starts it again.
        /// - Returns: the task's output in the end.
        private func interrupt(
            at path: String, isIdempotent: Bool, _ provider: StandInProvider
        ) async throws -> String {
            let project = try Self.project(isIdempotent: isIdempotent)
            let environment = ["EFFECTS": provider.baseURL]
            let message = try await NightjarProcess.run(project, environment: environment) { process, http in
                let sent = try await http.post("/in", HTTPDriver.message("/run agent worker thing"))
                try await provider.wait { $0.requests.contains { $0.path == path } }
                // Time for the step before to be written down.
                try await pass(.milliseconds(50))
                try await process.cutOff()
                return sent["id"].string ?? ""
            }
            return try await NightjarProcess.run(project, environment: environment) { _, http in
                try await eventually("the task ends") {
                    try await http.get("/api/v1/messages/\(message)").replies.contains { $0.contains("Task completed") }
                }
                let tasks = try await http.tasks()
                #expect(tasks.count == 1)
                #expect(tasks.first?["state"] == "completed")
                let replies = try await http.get("/api/v1/messages/\(message)").replies
                #expect(replies.count == 2, "\(replies)")
                return tasks.first?["output"]?.string ?? ""
            }
        }

        /// Answers at once, but for the first request to `path`, which it lets wait for ever.
        private func stalling(_ path: String, _ body: (StandInProvider) async throws -> Void) async throws {
            let stalled = Once()
            try await StandInProvider.withProvider(
                fallback: { request in
                    request.path == path && stalled.take() ? .stallBeforeFirstByte : StandInAnswer(steps: [.text("done")])
                }, body)
        }

        @Test(.timeLimit(.minutes(1)))
        func `a task that was cut off after its tool goes on from there`() async throws {
            try await stalling("/answer") { provider in
                let output = try await interrupt(at: "/answer", isIdempotent: false, provider)
                #expect(output == "tool said: done")
                #expect(count("/think", provider) == 1)
                #expect(count("/effect", provider) == 1)
                #expect(count("/answer", provider) == 2)
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a tool that was cut off is not repeated, and the model is told`() async throws {
            try await stalling("/effect") { provider in
                let output = try await interrupt(at: "/effect", isIdempotent: false, provider)
                #expect(output.contains("unknown"))
                #expect(count("/think", provider) == 1)
                #expect(count("/effect", provider) == 1)
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `an idempotent tool that was cut off is repeated`() async throws {
            try await stalling("/effect") { provider in
                let output = try await interrupt(at: "/effect", isIdempotent: true, provider)
                #expect(output == "tool said: done")
                #expect(count("/think", provider) == 1)
                #expect(count("/effect", provider) == 2)
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `replies nobody waits for are kept, and the same id gets the first answer, also after a restart`() async throws {
            let project = try ScratchProject([
                "nightjar.lua": Lua.base + """
                    command("count", { description = "Counts", run = function(ctx)
                      return "count " .. state.update("count", function(old) return (old or 0) + 1 end)
                    end })

                    """
            ])
            let id = try await NightjarProcess.run(project) { process, http in
                let sent = try await http.post("/in", HTTPDriver.message("/count", id: "k1"))
                #expect(sent.status == 202)
                let id = try #require(sent["id"].string)
                try await eventually("the reply") { try await http.get("/api/v1/messages/\(id)").replies == ["count 1"] }
                let again = try await http.post("/in", HTTPDriver.message("/count", id: "k1"))
                #expect(again.status == 200)
                #expect(again["id"].string == id)
                #expect(again.replies == ["count 1"])
                #expect(try await http.say("/count", user: "bob", id: "k1").replies == ["count 2"])
                #expect(try await http.post("/in", HTTPDriver.message("/other", id: "k1")).status == 409)
                #expect(try await http.say("/count").replies == ["count 3"])
                try await process.cutOff()
                return id
            }
            try await NightjarProcess.run(project) { _, http in
                let again = try await http.say("/count", id: "k1")
                #expect(again["id"].string == id)
                #expect(again.replies == ["count 1"])
                #expect(try await http.get("/api/v1/messages/\(id)").replies == ["count 1"])
                #expect(try await http.say("/count").replies == ["count 4"])
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a period keeps its grid over a restart, and a moment fires once ever`() async throws {
            let soon = Date.now.addingTimeInterval(3).ISO8601Format()
            let late = Date.now.addingTimeInterval(-3600).ISO8601Format()
            let project = try ScratchProject([
                "nightjar.lua": Lua.base + """
                    local function beat(name) return function() state.update(name, function(old) return (old or 0) + 1 end) end end
                    every("1h", "hourly", beat("hourly"))
                    at("\(soon)", "soon", beat("soon"))
                    at("\(late)", "late", beat("late"))
                    command("beats", { description = "Counts", run = function(ctx)
                      return ("hourly %d soon %d late %d"):format(state.hourly or 0, state.soon or 0, state.late or 0)
                    end })

                    """
            ])
            let (next, beats) = try await NightjarProcess.run(project) { process, http in
                try await eventually("the moment fires") { try await http.say("/beats").replies.first?.contains("soon 1") == true }
                let next = try await http.trigger("hourly")["next"]
                let beats = try await http.say("/beats").replies
                try await process.cutOff()
                return (next, beats)
            }
            #expect(next?.string != nil)
            try await NightjarProcess.run(project) { _, http in
                #expect(try await http.trigger("hourly")["next"] == next)
                try await pass(.seconds(1))
                #expect(try await http.say("/beats").replies == beats)
            }
        }
    }
}
