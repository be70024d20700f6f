import NightjarEngine
import NightjarTesting
import Testing

@Suite struct UploadTests {
    /// What a command is told when it uploads such a file where `fileBytesMax` bytes are taken.
    private func answer(_ file: OutboundFile, fileBytesMax: Int) async throws -> (texts: [String], files: [OutboundFile]) {
        let command = CommandDefinition(name: "send") { context in
            try await context.upload(file, comment: "here")
            return .none
        }
        let platform = RecordingPlatform(capabilities: PlatformCapabilities(fileBytesMax: fileBytesMax))
        return try await withEngine(.helper(ScriptedModel(), commands: [command]), platform: platform) { engine in
            try await engine.say("/send")
            return (engine.platform.texts, engine.platform.delivered.all.compactMap(\.file))
        }
    }

    @Test func `A file goes with its comment`() async throws {
        let file = OutboundFile(name: "a.csv", content: Array("1,2".utf8))
        let answer = try await answer(file, fileBytesMax: 3)
        #expect(answer.texts == ["here"] && answer.files == [file] && file.type == "text/csv")
    }

    @Test(arguments: [("abcd", 3, "at most 3"), ("", 3, "is empty"), ("abc", 0, "takes no files")])
    func `What the platform does not take is refused at once`(content: String, fileBytesMax: Int, word: String) async throws {
        let answer = try await answer(OutboundFile(name: "a.txt", content: Array(content.utf8)), fileBytesMax: fileBytesMax)
        #expect(answer.files.isEmpty && answer.texts.count == 1 && answer.texts[0].contains(word), "\(answer.texts)")
    }

    @Test func `Where people want few messages a long answer is its beginning and a file`() async throws {
        let long = String(repeating: "word ", count: 2000)
        let command = CommandDefinition(name: "write") { _ in .answer(long) }
        let capabilities = PlatformCapabilities(fileBytesMax: FileLimits.uploadBytesMax, partsMax: 2)
        let platform = RecordingPlatform(capabilities: capabilities, layout: ThousandCharacters())
        try await withEngine(.helper(ScriptedModel(), commands: [command]), platform: platform) { engine in
            try await engine.say("/write")
            #expect(engine.platform.texts.map(\.count) == [1000])
            #expect(engine.platform.delivered.all.first?.file?.content == Array(long.utf8))
        }
    }

    @Test func `Where the file is refused all of the answer is messages`() async throws {
        let long = String(repeating: "word ", count: 600)
        let command = CommandDefinition(name: "write") { _ in .answer(long) }
        let capabilities = PlatformCapabilities(fileBytesMax: FileLimits.uploadBytesMax, partsMax: 2)
        let platform = RecordingPlatform(capabilities: capabilities, layout: ThousandCharacters())
        try await withEngine(.helper(ScriptedModel(), commands: [command]), platform: platform) { engine in
            engine.platform.fail(with: DeliveryError("missing_scope", isRetryable: false, isAboutContent: true))
            try await engine.say("/write")
            #expect(engine.platform.texts.map(\.count) == [1000, 1000, 1000] && engine.platform.texts.joined() == long)
            #expect(engine.platform.delivered.all.allSatisfy { $0.file == nil })
        }
    }

    private struct ThousandCharacters: TextLayout {
        func render(markdown: String) -> [String] { split(markdown) }
        func split(_ text: String) -> [String] {
            stride(from: 0, to: text.count, by: 1000).map { String(text.dropFirst($0).prefix(1000)) }
        }
    }
}
