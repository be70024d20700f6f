import Foundation
import Testing

extension EndToEnd {
    @Suite struct ChatTests {
        @Test(.timeLimit(.minutes(1)))
        func `piped lines are answered in order, with acknowledgement and completion`() async throws {
            let project = try ScratchProject(example: "quickstart")
            let chat = try await NightjarCommand.run(
                "chat", project.path, input: "/list agents\n/run agent echo \"hello world\"\n/list tasks\n")
            #expect(chat.status == 0)
            #expect(chat.errors == "")
            let order = ["• echo: ", "✓ Task started: ", "Task completed: ", "hello world", "Task Overview", "Completed: 1"]
            var rest = chat.output[...]
            for piece in order {
                let found = try #require(rest.range(of: piece), "\(piece) is not where it belongs in: \(chat.output)")
                rest = rest[found.upperBound...]
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a question is answered by the next line, by its number or its words`() async throws {
            let project = try ScratchProject([
                "nightjar.lua": Lua.base + """
                    command("deploy", { description = "Deploys", run = function(ctx)
                      local where = ctx:ask("Where to?", { "staging", "production" }, "1m")
                      local sure = ctx:ask("Sure?", { "yes", "no" })
                      return where .. ": " .. sure
                    end })

                    """
            ])
            let chat = try await NightjarCommand.run("chat", project.path, input: "/deploy\n2\nYes\n/list agents\n")
            #expect(chat.status == 0)
            let said = chat.output
            let order = ["Where to?", "1. staging", "2. production", "Sure?", "production: yes", "Agents"]
            let places = order.map { said.range(of: $0)?.lowerBound }
            #expect(!places.contains(nil), "\(said)")
            #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted(), "\(said)")
        }

        @Test(.timeLimit(.minutes(1)))
        func `a question of an earlier chat is answered in the next, which shows what comes of it`() async throws {
            let project = try ScratchProject([
                "nightjar.lua": Lua.base + """
                    command("deploy", { description = "Deploys", run = function(ctx)
                      local sure = ctx:ask("Sure?", { "yes", "no" })
                      sleep("300ms")
                      ctx:start("echo", "and started")
                      return "sure: " .. sure
                    end })

                    """
            ])
            #expect(try await NightjarCommand.run("chat", project.path, input: "/deploy\n").output.contains("Sure?"))
            let waiting = try await NightjarCommand.run("chat", project.path)
            #expect(waiting.status == 0 && waiting.output == "" && waiting.errors == "", "\(waiting)")
            let chat = try await NightjarCommand.run("chat", project.path, input: "Yes\n")
            #expect(chat.status == 0 && chat.output.contains("sure: yes") && chat.output.contains("and started"), "\(chat)")
            #expect(try await NightjarCommand.run("chat", project.path, input: "/list agents\n").output.hasPrefix("🤖 Agents"))
        }

        @Test(.timeLimit(.minutes(1)))
        func `what a run has for the terminal waits quietly for the next chat, which shows it`() async throws {
            let project = try ScratchProject([
                "nightjar.lua": Lua.base + """
                    command("deploy", { description = "Deploys", run = function(ctx)
                      return "sure: " .. tostring(ctx:ask("Sure?", { "yes", "no" }, "1s"))
                    end })

                    """
            ])
            #expect(try await NightjarCommand.run("chat", project.path, input: "/deploy\n").output.contains("Sure?"))
            for _ in 1...2 {
                try await NightjarProcess.run(project) { process, _ in
                    try await eventually("the reply waits") { process.log.contains("platform=terminal") }
                    // The first pause between two attempts is a second.
                    try await pass(.milliseconds(1500))
                    #expect(!process.log.contains("could not be delivered") && !process.log.contains("WARNING"), "\(process.log)")
                    process.send(SIGTERM)
                    _ = try await process.ended()
                }
            }
            let chat = try await NightjarCommand.run("chat", project.path)
            #expect(chat.output == "sure: nil\n" && chat.errors == "", "\(chat)")
        }

        @Test(.timeLimit(.minutes(1)))
        func `a plain line is answered by the default agent, with nothing around it`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base])
            let chat = try await NightjarCommand.run("chat", project.path, "--store", "memory", input: "good morning\r\n\n   \nand good night")
            #expect(chat.status == 0)
            #expect(chat.output == "good morning\nand good night\n")
        }

        @Test(.timeLimit(.minutes(1)))
        func `chat on the store of a running engine says so and ends with 69`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base])
            try await NightjarProcess.run(project) { _, _ in
                let chat = try await NightjarCommand.run("chat", project.path, input: "hello\n")
                #expect(chat.status == 69)
                #expect(chat.errors.contains("state.db") && chat.errors.contains("--store memory"), "\(chat.errors)")
                #expect(chat.output == "")
            }
        }

        #if os(Linux)
            @Test(.timeLimit(.minutes(1)), .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/script"), "needs script(1)"))
            func `at a terminal it says how to leave`() async throws {
                let project = try ScratchProject(["nightjar.lua": Lua.base])
                let process = Foundation.Process()
                let output = Pipe()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
                process.arguments = ["-qec", "\(NightjarBinary.path) chat \(project.path)", "/dev/null"]
                process.standardInput = Pipe()
                process.standardOutput = output
                try process.run()
                let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
                // The terminal goes away, and the chat with it.
                process.terminate()
                process.waitUntilExit()
                #expect(said.hasPrefix("Ctrl-D leaves."), "\(said)")
            }
        #endif

        @Test(.timeLimit(.minutes(1)))
        func `secrets that only platforms need may be missing, those of models not`() async throws {
            let platforms = """
                local token = secret "NJ_TELEGRAM"
                platform "telegram" { bot_token = token }
                platform "slack" { bot_token = secret "NJ_SLACK", signing_secret = secret "NJ_SIGNING" }
                platform "discord" { application_id = "1234", bot_token = secret "NJ_DISCORD", gateway = true }
                platform "whatsapp" {
                  phone_number_id = "1234", access_token = secret "NJ_WHATSAPP", app_secret = secret "NJ_APP", verify_token = secret "NJ_VERIFY",
                }

                """
            let project = try ScratchProject(["nightjar.lua": Lua.base + platforms])
            let chat = try await NightjarCommand.run("chat", project.path, input: "hello\n")
            #expect(chat.status == 0)
            #expect(chat.output == "hello\n")
            for name in ["TELEGRAM", "SLACK", "SIGNING", "DISCORD", "WHATSAPP", "APP", "VERIFY"] {
                #expect(chat.errors.contains(": the secret \"NJ_\(name)\" is not set"), "\(chat.errors)")
            }
            let model = "model \"far\" { provider = \"openai\", name = \"x\", api_key = secret \"NJ_MODEL\" }\n"
            try project.write("nightjar.lua", Lua.base + platforms + model)
            let refused = try await NightjarCommand.run("chat", project.path, input: "hello\n")
            #expect(refused.status == 1)
            #expect(
                refused.errors.contains(": the secret \"NJ_MODEL\" is not set") && refused.errors.contains("1 error, 7 warnings"), "\(refused.errors)"
            )
        }

        @Test(.timeLimit(.minutes(1)))
        func `what is not UTF-8 or very long is answered, and the next line too`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base])
            let long = String(repeating: "x", count: 100_000)
            let chat = try await NightjarCommand.run("chat", project.path, input: "\(long)\n/nonsense \"\n/frobnicate\n/list agents\n")
            #expect(chat.status == 0)
            #expect(chat.output.contains(long))
            #expect(chat.output.contains("Unknown command"))
            #expect(chat.output.contains("• echo: "))
        }

        @Test(.timeLimit(.minutes(1)))
        func `a new project passes its check, chats, and is not written over`() async throws {
            let project = try ScratchProject()
            let folder = project.path + "/bot"
            let made = try await NightjarCommand.run("init", folder)
            #expect(made.status == 0, "\(made.errors)")
            let check = try await NightjarCommand.run("check", folder)
            #expect(check.status == 0, "\(check.output)")
            #expect(check.output.contains("agents (1): helper"))
            let chat = try await NightjarCommand.run("chat", folder, input: "hello\n/hello Ann\n")
            #expect(chat.output.contains("You said: hello"))
            #expect(chat.output.contains("Hello, Ann!"))
            try project.write("bot/agents/helper.lua", "-- mine")
            #expect(try await NightjarCommand.run("init", folder).status == 0)
            #expect(try project.read("bot/agents/helper.lua") == "-- mine")
        }
    }
}
