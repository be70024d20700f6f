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

        @Test(.timeLimit(.minutes(1)), .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
        func `what cannot be written to the log ends nothing`() async throws {
            let project = try ScratchProject(Self.files)
            try await NightjarProcess.launch(project, shell: "exec 2>/dev/full;") { process in
                let http = try await process.listening()
                #expect(try await http.get("/hooks/none").status == 404)
                #expect(try await NightjarCommand.run("reload", project.path).status == 0)
                #expect(try await http.say("still there").replies == ["still there"])
                #expect(process.end == nil)
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a second engine for a project ends with 69 whatever its store, and the first one's socket stays`() async throws {
            let project = try ScratchProject(Self.files)
            try await NightjarProcess.run(project) { first, http in
                for options in [[], ["--store", "memory"]] {
                    let run = try await NightjarCommand.run(arguments: ["run", project.path, "--listen", "127.0.0.1:0"] + options)
                    #expect(run.status == 69)
                    #expect(run.errors.contains("an engine runs for \(project.path) already, as process \(first.pid)"), "\(run.errors)")
                    #expect(run.errors.contains("nightjar reload \(project.path)"), "\(run.errors)")
                }
                #expect(try await http.say("still there").replies == ["still there"])
                #expect(try await NightjarCommand.run("reload", project.path).status == 0)
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `what a killed engine left does not keep the next one from its place`() async throws {
            let project = try ScratchProject(Self.files)
            try await NightjarProcess.run(project) { process, _ in
                // The socket opens after the port.
                try await eventually("the socket is there") { project.exists(".nightjar/engine.sock") }
                try await process.cutOff()
            }
            #expect(project.exists(".nightjar/engine.sock"))
            try await NightjarProcess.run(project, options: ["--store", "memory"]) { _, _ in
                try await eventually("the new engine is reached") {
                    try await NightjarCommand.run("reload", project.path).status == 0
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `scripts in one folder are bots of their own`() async throws {
            let project = try ScratchProject(["one.lua": Lua.base, "two.lua": Lua.base])
            try await NightjarProcess.run(project, script: "one.lua") { _, one async throws in
                try await NightjarProcess.run(project, script: "two.lua") { _, two async throws in
                    #expect(try await one.say("/run agent echo x").status == 200)
                    #expect(try await two.say("/list tasks").replies.first?.contains("Completed: 0") == true)
                    for name in ["one", "two"] {
                        #expect(project.exists(".nightjar/\(name).db"))
                        let reload = try await NightjarCommand.run("reload", "\(project.path)/\(name).lua")
                        #expect(reload.status == 0)
                    }
                }
            }
            #expect(!project.exists(".nightjar/state.db"))
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
        func `an API that nothing guards is refused where others can reach it`() async throws {
            let guarded = Lua.base.replacing("path = \"/in\"", with: "path = \"/in\", token = secret \"TOKEN\"")
            let project = try ScratchProject(["nightjar.lua": guarded])
            let arguments = ["run", project.path, "--listen", "0.0.0.0:0"]
            let run = try await NightjarCommand.run(arguments: arguments, environment: ["TOKEN": "hush"])
            #expect(run.status == 1)
            #expect(run.errors.contains("settings { api_token = secret "), "\(run.errors)")
            #expect(run.output == "")
        }

        @Test(.timeLimit(.minutes(1)))
        func `reload of what is not there says so`() async throws {
            let project = try ScratchProject()
            let reload = try await NightjarCommand.run("reload", project.path + "/nowhere")
            #expect(reload.status == 64)
            #expect(reload.errors.contains("there is no file or folder \(project.path)/nowhere"), "\(reload.errors)")
        }

        @Test(.timeLimit(.minutes(1)))
        func `the version is an option too`() async throws {
            let version = try await NightjarCommand.run("--version")
            #expect(version.status == 0)
            #expect(try await NightjarCommand.run("version").output.hasPrefix(version.output))
            #expect(version.output.hasPrefix("nightjar "))
        }

        @Test(.timeLimit(.minutes(1)))
        func `reload without an engine ends with 69 and says how to start one`() async throws {
            let project = try ScratchProject(Self.files)
            let start = ContinuousClock.now
            let reload = try await NightjarCommand.run("reload", project.path)
            #expect(ContinuousClock.now - start < .seconds(5))
            #expect(reload.status == 69)
            let says = "no engine runs for \(project.path); start it with nightjar run \(project.path)"
            #expect(reload.errors.contains(says), "\(reload.errors)")
        }
    }
}
