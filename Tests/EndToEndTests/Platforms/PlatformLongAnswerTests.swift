import NightjarTesting
import Testing

extension EndToEnd {
    /// An answer that no platform takes in one message.
    @Suite struct PlatformLongAnswerTests {
        @Test(.timeLimit(.minutes(5)))
        func `60,000 characters arrive whole, in order, and in markup that parses`() async throws {
            #expect(LongAnswer.markdown.count > 60_000)
            try await SceneName.playAll { scene in
                // Slack's people get a file of what is this long, unless scripts want messages.
                let project = try PlatformProject.make(
                    scene,
                    """
                    model "author" { provider = "lua", respond = function() return require("answer") end }
                    agent "author" { model = "author" }
                    command("write", { description = "Writes", run = function(ctx) return ctx:run("author", "go").text end })

                    """)
                try project.replaceIfThere("nightjar.lua", "platform \"slack\" { ", with: "platform \"slack\" { max_messages = 100, ")
                try project.write("answer.lua", "return [====[\n\(LongAnswer.markdown)]====]")
                try await NightjarProcess.run(project, environment: scene.secrets) { _, http in
                    try await scene.say("/write", http)
                    let answers = try await scene.answers("the end", within: .seconds(240)) { answers in
                        answers.contains { $0.text.contains(LongAnswer.marks.last ?? "") }
                    }
                    let found = answers.flatMap { $0.text.matches(of: /m\d{4}/).map { String($0.output) } }
                    #expect(found == LongAnswer.marks)
                    #expect(scene.faults.isEmpty, "\(scene.faults.prefix(3))")
                    for text in answers.map(\.text) { #expect(!text.contains("\u{FFFD}")) }
                    let all = answers.map(\.text).joined(separator: "\n")
                    for whole in ["👩‍👩‍👧‍👦", "👍🏽", "🇨🇭", "עִבְרִית", "العربية"] {
                        #expect(all.ranges(of: whole).count == 250, "\(whole)")
                    }
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `on Slack it is its beginning and a file with all of it, unless scripts want messages`() async throws {
            try await SlackScene.withScene { scene in
                let project = try PlatformProject.make(
                    scene, #"command("write", { description = "Writes", run = function(ctx) return require("answer") end })"#)
                try project.write("answer.lua", "return [====[\n\(LongAnswer.markdown)]====]")
                try await NightjarProcess.run(project, environment: scene.secrets) { _, http in
                    try await scene.say("/write", http)
                    let answers = try await scene.answers("the file") { !$0.isEmpty }
                    #expect(answers.count == 1 && answers[0].file?.name == "answer.md")
                    #expect(answers[0].file?.content == LongAnswer.markdown)
                    #expect(answers[0].text.contains(LongAnswer.mark(1)))
                    #expect(scene.faults.isEmpty)
                }
            }
        }
    }
}
