import Foundation
import Testing

extension EndToEnd {
    /// The scripts on the pages about platforms.
    @Suite struct PlatformPageTests {
        static let folder = URL(fileURLWithPath: #filePath)
            .appending(path: "../../../Sources/NightjarPlatforms/NightjarPlatforms.docc").standardizedFileURL

        static var pages: [String] {
            ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".md") }.sorted()
        }

        @Test(.timeLimit(.minutes(1)), arguments: pages)
        func `every script on the page passes the check`(page: String) async throws {
            let text = try String(contentsOf: Self.folder.appending(path: page), encoding: .utf8)
            for script in text.matches(of: /```lua\n((?s).*?)```/) {
                let project = try ScratchProject(["nightjar.lua": String(script.output.1)])
                let outcome = try await NightjarCommand.run("check", project.path)
                #expect(outcome.status == 0, "\(page): \(script.output.1)\(outcome.output)\(outcome.errors)")
            }
        }

        @Test func `there are pages`() {
            #expect(Self.pages.contains("Telegram.md"))
        }
    }
}
