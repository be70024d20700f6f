import NightjarTesting
import Testing

extension EndToEnd {
    /// Files in both directions.
    @Suite struct PlatformFileTests {
        private static let scripts = """
            on_message("^look", function(ctx)
              local file = ctx.files[1]
              return ("%d: %s, %s, %d bytes: %s"):format(#ctx.files, file.name, file.type, file.size or -1, ctx:read(file))
            end)
            command("report", { description = "Sends a file", run = function(ctx)
              ctx:upload { name = "report.csv", content = "a,b\\n1,2\\n", title = "Numbers", text = "the *numbers*" }
            end })
            command("odd", { description = "Sends what cannot be sent", run = function(ctx) ctx:upload { name = "a/b", content = "x" } end })

            """

        @Test(.timeLimit(.minutes(1)), arguments: SceneName.allCases)
        func `a script reads what people send, and sends files`(name: SceneName) async throws {
            try await name.play { scene in
                try await NightjarProcess.run(PlatformProject.make(scene, Self.scripts), environment: scene.secrets) {
                    _, http in
                    var count = 0
                    let file = StandInFile(name: "notes.txt", content: "grüezi\nmitenand")
                    if let sent = scene.request(sending: file, saying: "look at this") {
                        #expect(try await http.post(sent).status == 200)
                        let answers = try await scene.answers("what was read") { !$0.isEmpty }
                        let size = name == .whatsapp ? -1 : 16
                        #expect(answers.map(\.text) == ["1: notes.txt, text/plain, \(size) bytes: grüezi\nmitenand"])
                        // Without a word it goes to the agent, who is told what there is.
                        let alone = try #require(scene.request(sending: file, saying: ""))
                        #expect(try await http.post(alone).status == 200)
                        let told = try await scene.answers("what the agent was told") { $0.count == 2 }
                        #expect(told[1].text.contains("notes.txt, text/plain"))
                        count = 2
                    }
                    try await scene.say("/report", http)
                    let answers = try await scene.answers("the file") { $0.count == count + 1 }
                    let answer = try #require(answers.last)
                    #expect(answer.file?.name == "report.csv" && answer.file?.content == "a,b\n1,2\n")
                    #expect(answer.text.contains("numbers"))
                    try await scene.say("/odd", http)
                    let refused = try await scene.answers("the refusal") { $0.count == count + 2 }
                    #expect(refused.last?.text.contains("no slashes") == true)
                    #expect(scene.faults.isEmpty, "\(scene.faults)")
                }
            }
        }

        @Test(.timeLimit(.minutes(1)), arguments: SceneName.acknowledging)
        func `a file that was promised is sent after a power cut`(name: SceneName) async throws {
            try await name.play { scene in
                let project = try PlatformProject.make(scene, Self.scripts)
                try await NightjarProcess.run(project, environment: scene.secrets) { process, http in
                    try await scene.say("/report", http)
                    try await process.cutOff()
                }
                try await NightjarProcess.run(project, environment: scene.secrets) { _, _ in
                    let answers = try await scene.answers("the file") { $0.contains { $0.file != nil } }
                    #expect(answers.last?.file?.content == "a,b\n1,2\n")
                }
            }
        }
    }
}
