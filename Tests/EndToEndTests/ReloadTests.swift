import Foundation
import NightjarEngine
import Testing

extension EndToEnd {
    @Suite struct ReloadTests {
        private static func files(_ word: String) -> [String: String] {
            ["nightjar.lua": Lua.base, "commands/say.lua": Lua.command("word", answering: word)]
        }

        private func word(_ http: HTTPDriver) async throws -> String? {
            try await http.say("/word").replies.first
        }

        @Test(.timeLimit(.minutes(1)))
        func `the reload command tells the new generation, or the errors`() async throws {
            let project = try ScratchProject(Self.files("one"))
            try await NightjarProcess.run(project, options: ["--no-watch"]) { _, http in
                try project.write("commands/say.lua", Lua.command("word", answering: "two"))
                let good = try await NightjarCommand.run("reload", project.path)
                #expect(good.status == 0, "\(good.errors)")
                #expect(good.output == "reloaded: generation 2\n")
                #expect(try await word(http) == "two")

                try project.write("commands/say.lua", "\ncommand(\"word\", { descripton = \"x\", run = function() end })\nagent \"y\" {}\n")
                let bad = try await NightjarCommand.run("reload", project.path)
                #expect(bad.status == 1)
                #expect(bad.errors.contains("commands/say.lua:2: ") && bad.errors.contains("commands/say.lua:3: "), "\(bad.errors)")
                #expect(try await word(http) == "two")
                let health = try await http.get("/healthz")
                #expect(health["status"] == "degraded")
                #expect(health["error"].string?.hasPrefix("commands/say.lua:2: ") == true)
                #expect(health["generation"] == 2)
                #expect(try await http.post("/api/v1/reload").status == 422)

                try project.write("commands/say.lua", Lua.command("word", answering: "three"))
                #expect(try await NightjarCommand.run("reload", project.path).status == 0)
                #expect(try await http.health() == "ok")
                #expect(try await word(http) == "three")
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `warnings are no errors of a failed reload, and the log says what they are once`() async throws {
            let project = try ScratchProject(Self.files("one"))
            let warned = "model \"far\" { provider = \"openai\", name = \"x\" }\n"
            try await NightjarProcess.run(project, options: ["--no-watch"]) { process, http in
                try project.write("commands/say.lua", warned + "agent \"y\" {}\n")
                let bad = try await http.post("/api/v1/reload")
                #expect(bad.status == 422)
                let errors = bad["errors"].array?.compactMap(\.string) ?? []
                #expect(errors.count == 1 && errors.allSatisfy { $0.hasPrefix("commands/say.lua:2: ") }, "\(bad.body)")
                #expect(bad["detail"].string?.hasPrefix("The scripts have an error;") == true, "\(bad.body)")
                try project.write("commands/say.lua", warned)
                #expect(try await http.post("/api/v1/reload").status == 200)
                try await eventually("the warning") { process.log.contains("WARNING commands/say.lua:1: model \"far\": has no key") }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a file saved by renaming, as editors do, is noticed`() async throws {
            let project = try ScratchProject(Self.files("one"))
            try await NightjarProcess.run(project) { _, http in
                for word in ["two", "three"] {
                    try project.writeByRename("commands/say.lua", Lua.command("word", answering: word))
                    try await eventually("the command says \(word)") { try await self.word(http) == word }
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a script behind a symbolic link is noticed`() async throws {
            let shared = try ScratchProject(["say.lua": Lua.command("word", answering: "one")])
            let project = try ScratchProject(["nightjar.lua": Lua.base, "commands/other.lua": "-- nothing\n"])
            try FileManager.default.createSymbolicLink(
                atPath: project.path + "/commands/say.lua", withDestinationPath: shared.path + "/say.lua")
            try await NightjarProcess.run(project) { _, http in
                #expect(try await word(http) == "one")
                try shared.write("say.lua", Lua.command("word", answering: "two"))
                try await eventually("the change behind the link") { try await self.word(http) == "two" }
                try shared.writeByRename("say.lua", Lua.command("word", answering: "three"))
                try await eventually("the renamed file behind the link") { try await self.word(http) == "three" }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a file that is gone for a moment changes nothing`() async throws {
            let project = try ScratchProject(Self.files("one"))
            try await NightjarProcess.run(project) { _, http in
                let text = try project.read("commands/say.lua")
                try project.remove("commands/say.lua")
                try await pass(.milliseconds(30))
                try project.write("commands/say.lua", text)
                try await pass(.seconds(1))
                #expect(try await word(http) == "one")
                #expect(try await http.health() == "ok")
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `new files and folders are noticed, and removed ones`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base])
            try await NightjarProcess.run(project) { _, http in
                try project.write("commands/deep/er/say.lua", Lua.command("word", answering: "one"))
                try await eventually("the new command") { try await self.word(http) == "one" }
                try project.remove("commands")
                try await eventually("it is gone") { try await self.word(http)?.contains("Unknown command") == true }
                try project.write("commands/say.lua", Lua.command("word", answering: "two"))
                try await eventually("it is back") { try await self.word(http) == "two" }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a single script is a project, and is reloaded`() async throws {
            let project = try ScratchProject([
                "bot.lua": Lua.base + "local w = require(\"lib.words\")\n" + Lua.command("word", answering: "one"),
                "lib/words.lua": "return {}", "unrelated.lua": "this is not Lua",
            ])
            try await NightjarProcess.run(project, script: "bot.lua") { process, http in
                #expect(process.output.contains("agents (1): echo"))
                #expect(try await word(http) == "one")
                try project.replace("bot.lua", "\"one\"", with: "\"two\"")
                try await eventually("the script is reloaded") { try await self.word(http) == "two" }
                #expect(try await NightjarCommand.run("reload", project.path + "/bot.lua").status == 0)
            }
        }
    }
}
