import Foundation
import NightjarEngine
import Testing

extension EndToEnd {
    @Suite struct ShutdownTests {
        /// An agent that takes a second, and one that takes a minute.
        private static let files = [
            "nightjar.lua": Lua.base + """
                model "slow" { provider = "lua", respond = function(request) sleep(request.input) return "slept " .. request.input end }
                agent "sleeper" { model = "slow" }

                """
        ]

        @Test(.timeLimit(.minutes(1)))
        func `SIGTERM lets the work in progress end, takes no more, and ends with 0`() async throws {
            let project = try ScratchProject(Self.files)
            try await NightjarProcess.run(project) { process, http in
                async let answer = http.say("/run agent sleeper 1500ms")
                try await eventually("the task runs") { try await http.tasks("&state=running").count == 1 }
                process.send(SIGTERM)
                try await eventually("it is not ready any more") { try await http.get("/readyz").status == 503 }
                #expect(try await http.say("one more").status == 503)
                #expect(try await answer.replies.last?.contains("slept 1500ms") == true)
                #expect(try await process.ended() == .exited(0))
            }
            #expect(!project.exists(".nightjar/engine.sock"))
        }

        @Test(.timeLimit(.minutes(1)))
        func `an idle engine ends at once`() async throws {
            try await NightjarProcess.run(try ScratchProject(Self.files)) { process, http in
                _ = try await http.say("hello")
                let start = ContinuousClock.now
                process.send(SIGINT)
                #expect(try await process.ended() == .exited(0))
                #expect(ContinuousClock.now - start < .seconds(3))
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a second signal ends at once, and the task is still there afterwards`() async throws {
            let project = try ScratchProject(Self.files)
            try await NightjarProcess.run(project) { process, http in
                #expect(try await http.post("/in", HTTPDriver.message("/run agent sleeper 1m")).status == 202)
                try await eventually("the task runs") { try await http.tasks("&state=running").count == 1 }
                process.send(SIGTERM)
                try await eventually("it drains") { process.log.contains("shutting down") }
                let start = ContinuousClock.now
                process.send(SIGTERM)
                _ = try await process.ended()
                #expect(ContinuousClock.now - start < .seconds(3))
            }
            try await NightjarProcess.run(project) { _, http in
                try await eventually("the task runs again") { try await http.tasks("&state=running").count == 1 }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `scripts that take long to load do not keep a shutdown waiting`() async throws {
            let project = try ScratchProject(Self.files)
            try await NightjarProcess.run(project, options: ["--no-watch"]) { process, _ in
                try project.write("commands/slow.lua", "log.info('it loads')\nwhile true do end")
                process.send(SIGHUP)
                try await eventually("the scripts are loaded") { process.log.contains("it loads") }
                process.send(SIGTERM)
                try await eventually("it drains") { process.log.contains("shutting down") }
                #expect(!process.log.contains("the scripts have errors"))
                #expect(try await process.ended() == .exited(0))
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `SIGHUP loads the scripts again, and broken ones leave the last good ones`() async throws {
            let project = try ScratchProject(Self.files)
            try await NightjarProcess.run(project, options: ["--no-watch"]) { process, http in
                try project.write("commands/new.lua", Lua.command("new", answering: "new"))
                #expect(try await http.say("/new").replies.first?.contains("Unknown command") == true)
                process.send(SIGHUP)
                try await eventually("the new command works") { try await http.say("/new").replies == ["new"] }
                try project.write("commands/new.lua", "command(")
                process.send(SIGHUP)
                try await eventually("it is degraded") { try await http.health() == "degraded" }
                #expect(try await http.say("/new").replies == ["new"])
                #expect(process.end == nil)
            }
        }
    }
}
