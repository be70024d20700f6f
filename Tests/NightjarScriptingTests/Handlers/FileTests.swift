import Testing

@testable import NightjarEngine
@testable import NightjarScripting

/// What scripts do with files, and what they are told when it does not work.
struct FileTests {
    @Test(arguments: [
        (#"ctx:upload("report.csv")"#, "takes a table"), ("ctx:upload {}", "needs a name"),
        (#"ctx:upload { name = 7, content = "x" }"#, "needs a name"),
        (#"ctx:upload { name = "a.txt" }"#, "content as a string, not nothing"),
        (#"ctx:upload { name = "a.txt", content = {} }"#, "content as a string, not a table"),
        (#"ctx:upload { name = "a.txt", content = "x", titel = "T" }"#, "no option 'titel' (did you mean 'title'?)"),
        (#"ctx:upload { name = "a.txt", content = "x", title = {} }"#, "takes title as text"),
        (#"ctx:upload { name = "../a", content = "x" }"#, "no slashes"),
        (#"ctx:upload { name = "a\nb", content = "x" }"#, "no control characters"),
        (#"ctx:upload { name = "", content = "x" }"#, "needs a name"),
        (#"ctx:upload { name = ("a"):rep(201), content = "x" }"#, "at most 200 bytes"),
        ("ctx:read(1)", "one of ctx.files; this message has 0"), ("ctx:read({ number = 1 })", "one of ctx.files"),
        ("ctx:read()", "one of ctx.files"),
    ])
    func aMistakeIsExplained(call: String, word: String) async throws {
        try await Bot.run("command(\"go\", { run = function(ctx) \(call) end })") { (bot: Bot) async throws in
            let said = try await bot.say("/go")
            #expect(said.count == 1 && said[0].contains(word), "\(said)")
        }
    }

    @Test func aMessageWithoutFilesHasNone() async throws {
        try await Bot.run("command(\"go\", { run = function(ctx) return #ctx.files end })") { (bot: Bot) async throws in
            #expect(try await bot.say("/go") == ["0"])
        }
    }
}
