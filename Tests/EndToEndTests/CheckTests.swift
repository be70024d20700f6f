import Foundation
import Testing

extension EndToEnd {
    @Suite struct CheckTests {
        @Test(.timeLimit(.minutes(1)))
        func `one check reports the errors of four files, each with its place`() async throws {
            let project = try ScratchProject([
                "nightjar.lua": "\nsettings { default_agent = \"a\", max_concurent = 3 }\nmodel \"m\" { provider = \"echo\" }\n",
                "agents/a.lua": "-- an agent\nagent \"a\" { description = \"x\", model = \"nope\" }\n",
                "agents/b.lua": "agent \"b\" { model = \"m\" }\n\nagent \"b\" { model = \"m\" }\n",
                "tools/x.lua": "tool \"x\" {\n  description =\n}\n",
            ])
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.status == 1)
            let lines = check.output.split(separator: "\n")
            #expect(lines.contains { $0.hasPrefix("nightjar.lua:2: ") && $0.contains("max_concurent") && $0.contains("'max_concurrent'") })
            #expect(lines.contains { $0.hasPrefix("agents/a.lua:2: ") && $0.contains("'nope'") })
            #expect(lines.contains { $0.hasPrefix("agents/b.lua:3: ") && $0.contains("agents/b.lua:1") })
            #expect(lines.contains { $0.hasPrefix("tools/x.lua:3: syntax error") })
            #expect(lines.last == "4 errors")
        }

        @Test(.timeLimit(.minutes(1)))
        func `the place of a syntax error is the line that Lua names`() async throws {
            let project = try ScratchProject(["nightjar.lua": "local a = 1\nlocal b = 2\nlocal c = = 3\n"])
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.status == 1)
            #expect(check.output.hasPrefix("nightjar.lua:3: "), "\(check.output)")
        }

        @Test(.timeLimit(.minutes(1)))
        func `a missing secret is a warning for check and an error for run, which name it`() async throws {
            let project = try ScratchProject([
                "nightjar.lua": Lua.base + Lua.remote("https://127.0.0.1:1").replacing("\"KEY\"", with: "\"NIGHTJAR_TEST_KEY\"")
            ])
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.status == 0)
            #expect(check.output.contains("warning: ") && check.output.contains("NIGHTJAR_TEST_KEY"))
            let run = try await NightjarCommand.run("run", project.path, "--listen", "127.0.0.1:0")
            #expect(run.status == 1)
            #expect(run.errors.contains("NIGHTJAR_TEST_KEY"))
            #expect(run.errors.contains("nightjar.lua:5:"))
        }

        @Test(.timeLimit(.minutes(1)))
        func `check names everything, a start twenty of a kind`() async throws {
            let project = try ScratchProject([
                "nightjar.lua": Lua.base + "for number = 1, 30 do every(\"1h\", \"t\" .. number, function() end) end\n"
            ])
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.output.contains("triggers (30): t1, ") && check.output.contains(", t29, t30\n"))
            try await NightjarProcess.run(project) { process, _ in
                #expect(process.output.contains("triggers (30): t1, ") && process.output.contains(", t20 and 10 more\n"))
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `files that require each other are an error that shows the circle`() async throws {
            let project = try ScratchProject([
                "nightjar.lua": Lua.base + "require(\"lib.a\")\n", "lib/a.lua": "require(\"lib.b\")\n", "lib/b.lua": "require(\"lib.a\")\n",
            ])
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.status == 1)
            #expect(check.output.hasPrefix("lib/b.lua:1: module 'lib.a' requires itself"), "\(check.output)")
        }

        @Test(.timeLimit(.minutes(1)))
        func `a folder without scripts, or no folder, is an error that tells what to do`() async throws {
            let project = try ScratchProject()
            let empty = try await NightjarCommand.run("check", project.path)
            #expect(empty.status == 1)
            #expect(empty.output.hasPrefix("\(project.path) holds no scripts") && empty.output.contains("nightjar init"), "\(empty.output)")
            for command in ["check", "run", "chat"] {
                let missing = try await NightjarCommand.run(command, project.path + "/nothing-here")
                #expect(missing.status == 64)
                #expect(missing.errors.contains("nothing-here") && missing.errors.contains("nightjar init"), "\(missing.errors)")
                #expect(!project.exists("nothing-here"))
                let script = try await NightjarCommand.run(command, project.path + "/none.lua")
                #expect(script.status == 64)
                #expect(script.errors.contains("there is no script \(project.path)/none.lua"), "\(script.errors)")
                #expect(!script.errors.contains("init \(project.path)"), "\(script.errors)")
            }
        }

        @Test(.timeLimit(.minutes(1)), arguments: ["check", "run", "chat", "init"])
        func `an empty path is a mistake, not the folder one is in`(command: String) async throws {
            let outcome = try await NightjarCommand.run(command, "")
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("is empty"), "\(outcome.errors)")
        }

        @Test(
            .timeLimit(.minutes(1)),
            arguments: [
                (["chek"], "there is no command 'chek' (did you mean 'check'?)"), (["test"], "nightjar test is not there yet"),
                (["run", "--listen", "foo"], "write HOST:PORT, such as 127.0.0.1:8080"),
                (["chat", "--store", "foo"], "write sqlite:FILE, or memory"),
            ])
        func `a usage error says what was meant, or which form`(arguments: [String], says: String) async throws {
            let outcome = try await NightjarCommand.run(arguments: arguments)
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains(says), "\(outcome.errors)")
        }

        @Test(.timeLimit(.minutes(1)), .enabled(if: geteuid() != 0, "root reads everything"))
        func `an unreadable folder is named`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base, "agents/a.lua": "agent \"a\" { model = \"echo\" }"])
            chmod(project.path + "/agents", 0)
            defer { chmod(project.path + "/agents", 0o700) }
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.status == 1)
            #expect(check.output.contains("/agents cannot be read: Permission denied"))
        }

        @Test(.timeLimit(.minutes(1)))
        func `a script that is not text, or a folder in its place, is named`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base, "agents/dir.lua/inner.txt": "x"])
            try Data([0x2D, 0x2D, 0xFF, 0xFE]).write(to: project.folder.appending(path: "agents/binary.lua"))
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.status == 1)
            #expect(check.output.contains("agents/binary.lua: is not UTF-8 text"))
        }

        @Test(.timeLimit(.minutes(1)))
        func `triggers are listed with their next three firings`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base + "every(\"1h\", \"hourly\", function(ctx) end)\n"])
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.status == 0)
            let line = try #require(check.output.split(separator: "\n").first { $0.contains("hourly: every 1h") })
            #expect(line.matches(of: /\d{4}-\d\d-\d\dT\d\d:\d\d/).count == 3)
        }

        @Test(.timeLimit(.minutes(1)))
        func `a moment that is past is told as what run does about it`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base + "at(\"2020-01-01T00:00:00Z\", \"old\", function(ctx) end)\n"])
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.status == 0)
            #expect(check.output.contains("old: at 2020-01-01T00:00:00.000Z, next at once, for that is past"), "\(check.output)")
            let listed = try await NightjarCommand.run("check", project.path, "--json")
            #expect(listed.output.matches(of: /"next":\["20\d\d-/).count == 1, "\(listed.output)")
        }

        @Test(.timeLimit(.minutes(1)))
        func `scripts that nothing loads are warned of, by check and at the start`() async throws {
            let project = try ScratchProject([
                "nightjar.lua": Lua.base, "command/x.lua": "error(\"never\")", "agents.lua": "", "other.lua": "",
            ])
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.status == 0)
            let lines = check.output.split(separator: "\n")
            #expect(lines.contains { $0.hasPrefix("command/x.lua: warning: is not loaded: ") && $0.hasSuffix("; did you mean commands/?") })
            #expect(lines.contains { $0.hasPrefix("agents.lua: warning: ") && $0.hasSuffix("; did you mean agents/?") })
            #expect(lines.contains { $0.hasPrefix("other.lua: warning: ") && $0.hasSuffix("or require it") })
            #expect(lines.contains("3 warnings") && lines.last == "ok", "\(check.output)")
            let chat = try await NightjarCommand.run("chat", project.path, input: "hello\n")
            #expect(chat.status == 0)
            #expect(chat.errors.matches(of: /WARNING command\/x\.lua: .*is not loaded/).count == 1, "\(chat.errors)")
        }

        @Test(.timeLimit(.minutes(1)), arguments: [["run", "--bogus"], ["frobnicate"], ["run", "--listen", "nowhere"], ["chat", "--store", "x"]])
        func `what is no option or command is a usage error`(arguments: [String]) async throws {
            let outcome = try await NightjarCommand.run(arguments: arguments)
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("Usage: "))
        }
    }
}
