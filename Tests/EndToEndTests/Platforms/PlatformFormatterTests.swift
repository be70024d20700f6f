import Testing

extension EndToEnd {
    /// People change how messages look while the engine works.
    @Suite struct PlatformFormatterTests {
        @Test(.timeLimit(.minutes(2)), arguments: SceneName.allCases)
        func `a formatter that is changed shapes the very next message`(name: SceneName) async throws {
            try await name.play { scene in
                let project = try PlatformProject.make(scene)
                try project.write("formatters/look.lua", "-- nothing yet\n")
                try await NightjarProcess.run(project, environment: scene.secrets) { _, http in
                    try await scene.say("plain", http)
                    try await scene.answers("the native look") { $0.map(\.text) == ["plain"] }
                    for (number, sign) in ["one", "two"].enumerated() {
                        let generation = try await http.generation()
                        try project.writeByRename(
                            "formatters/look.lua",
                            #"formatter("\#(name.platform)", { text = function(text) return "\#(sign) says " .. text end })"#)
                        try await eventually("the script is loaded") { try await http.generation() > generation }
                        try await scene.say("next", http)
                        let answers = try await scene.answers("the new look") { $0.count == number + 2 }
                        #expect(answers.last?.text == "\(sign) says next")
                    }
                }
            }
        }
    }
}
