import Foundation
import NightjarScripting
import Testing

/// The reference page of the documentation is made from the schemas and committed, so that it can be read where the source is read.
struct ReferencePageTests {
    /// With `NIGHTJAR_WRITE_REFERENCE=1` the page is written instead of compared.
    @Test func thePageIsWhatTheSchemasSay() throws {
        let sources = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let page = sources.appending(path: "Sources/NightjarScripting/NightjarScripting.docc/Reference.md")
        if ProcessInfo.processInfo.environment["NIGHTJAR_WRITE_REFERENCE"] == "1" {
            try Data(ReferenceGenerator.markdown().utf8).write(to: page)
        }
        let text = try String(contentsOf: page, encoding: .utf8)
        #expect(text == ReferenceGenerator.markdown(), "run this test with NIGHTJAR_WRITE_REFERENCE=1 and commit the page")
    }
}
