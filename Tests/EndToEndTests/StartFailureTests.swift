import Foundation
import NightjarEngine
import Testing

extension EndToEnd {
    @Suite struct StartFailureTests {
        private static let files = ["nightjar.lua": Lua.base]

        @Test(.timeLimit(.minutes(1)))
        func `a port in use ends the second engine with 69 and leaves the first alone`() async throws {
            let second = try ScratchProject(Self.files)
            try await NightjarProcess.run(try ScratchProject(Self.files)) { first, http in
                let address = String(http.baseURL.dropFirst("http://".count))
                let run = try await NightjarCommand.run("run", second.path, "--listen", address)
                #expect(run.status == 69)
                let port = address.split(separator: ":")[1]
                #expect(run.errors.contains("port \(port) on 127.0.0.1 is in use"), "\(run.errors)")
                #expect(try await http.say("still there").replies == ["still there"])
                #expect(first.end == nil)
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `the store of a running engine ends a second one with 69, and its socket stays`() async throws {
            let project = try ScratchProject(Self.files)
            try await NightjarProcess.run(project) { _, http in
                let run = try await NightjarCommand.run("run", project.path, "--listen", "127.0.0.1:0")
                #expect(run.status == 69)
                #expect(run.errors.contains("state.db") && run.errors.contains("process"), "\(run.errors)")
                #expect(try await http.say("still there").replies == ["still there"])
                #expect(try await NightjarCommand.run("reload", project.path).status == 0)
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a store of a newer version ends it with 69 and is not touched`() async throws {
            let project = try ScratchProject(Self.files)
            try await NightjarProcess.run(project) { process, http in
                _ = try await http.say("hello")
                process.send(SIGTERM)
                #expect(try await process.ended() == .exited(0))
            }
            try SQLiteFile.pretendNewerVersion(of: project.storePath)
            let before = try Data(contentsOf: URL(fileURLWithPath: project.storePath))
            let run = try await NightjarCommand.run("run", project.path, "--listen", "127.0.0.1:0")
            #expect(run.status == 69)
            #expect(run.errors.contains("newer"), "\(run.errors)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: project.storePath)) == before)
        }

        @Test(.timeLimit(.minutes(1)))
        func `a file that is no store ends it with 69 and is not touched`() async throws {
            let project = try ScratchProject(Self.files)
            let text = String(repeating: "my notes, which I would miss\n", count: 1000)
            try project.write("notes.txt", text)
            let run = try await NightjarCommand.run("run", project.path, "--listen", "127.0.0.1:0", "--store", "sqlite:\(project.path)/notes.txt")
            #expect(run.status == 69)
            #expect(run.errors.contains("notes.txt"), "\(run.errors)")
            #expect(try project.read("notes.txt") == text)
        }

        @Test(.timeLimit(.minutes(1)))
        func `scripts with errors end run with 1 and all of them`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base + "agent \"echo\" { modle = \"echo\" }\nagent \"x\" {}\n"])
            let run = try await NightjarCommand.run("run", project.path, "--listen", "127.0.0.1:0")
            #expect(run.status == 1)
            #expect(run.output == "")
            #expect(run.errors.contains("'modle'") && run.errors.contains("agent \"x\""), "\(run.errors)")
        }

        @Test(.timeLimit(.minutes(1)))
        func `an open webhook is refused where others can reach it`() async throws {
            let project = try ScratchProject(Self.files)
            let run = try await NightjarCommand.run("run", project.path, "--listen", "0.0.0.0:0")
            #expect(run.status == 1)
            #expect(run.errors.contains("secret"), "\(run.errors)")
        }

        @Test(.timeLimit(.minutes(1)))
        func `reload without an engine ends with 69 and says how to start one`() async throws {
            let project = try ScratchProject(Self.files)
            let start = ContinuousClock.now
            let reload = try await NightjarCommand.run("reload", project.path)
            #expect(ContinuousClock.now - start < .seconds(5))
            #expect(reload.status == 69)
            #expect(reload.errors.contains("nightjar run"))
        }
    }
}
