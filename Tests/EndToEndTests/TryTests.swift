import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

extension EndToEnd {
    /// What `scripts/try-platform` shows.
    @Suite struct TryTests {
        private static func show(_ arguments: String...) async throws -> (isSuccess: Bool, output: String, errors: String) {
            let result = try await Subprocess.run(
                .path(FilePath(NightjarBinary.tryPath)), arguments: Arguments(arguments + ["--nightjar", NightjarBinary.path]),
                input: .none, output: .string(limit: NightjarCommand.outputBytesMax), error: .string(limit: NightjarCommand.outputBytesMax))
            return (result.terminationStatus == .exited(0), result.standardOutput, result.standardError)
        }

        @Test(.timeLimit(.minutes(1)), arguments: ["discord", "slack", "telegram", "whatsapp"])
        func `a conversation is played to its end`(platform: String) async throws {
            let show = try await Self.show(platform)
            #expect(show.isSuccess, "\(show.errors)")
            let expected = [
                "ann ▸ hello", "nightjar ▸ You said: hello", "ann ▸ /count moths --by=3", "moths: 3", "[Deploy it] [Better not]",
                "ann ▸ presses [Deploy it]", "web is on its way.",
            ]
            var rest = show.output[...]
            for line in expected {
                let found = try #require(rest.range(of: line), "no \"\(line)\" in its place: \(show.output)")
                rest = rest[found.upperBound...]
            }
            // A draft grows where messages can be changed, and only there.
            #expect(show.output.contains("changed in place") == (platform != "whatsapp"))
        }

        @Test(.timeLimit(.minutes(1)))
        func `an unknown platform is told which there are`() async throws {
            let show = try await Self.show("icq")
            #expect(!show.isSuccess)
            #expect(show.errors.contains("\"icq\"") && show.errors.contains("whatsapp"))
        }
    }
}
