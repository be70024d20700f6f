import Testing

@testable import NightjarScripting

@Suite struct ReferenceGeneratorTests {
    private let page = ReferenceGenerator.markdown()

    @Test func everythingHasItsPlace() {
        for declaration in Declaration.all + Declaration.parts {
            #expect(page.contains("### `\(declaration.kind)`"))
            #expect(page.contains(declaration.summary))
            for field in declaration.fields { #expect(page.contains("`\(field.key)` |"), "\(field.key)") }
        }
        for module in ApiModule.all {
            for function in module.functions { #expect(page.contains(function.signature), "\(function.signature)") }
            for type in module.classes { #expect(page.contains("#### \(type.name)\n")) }
        }
    }

    @Test func parametersAreDescribed() {
        #expect(page.contains("  - `timeout?` (`string|number`): How long to wait, such as \"30m\"; 8 hours otherwise, a week at most."))
        #expect(page.contains("  - `text` (`string`): ISO 8601 with seconds and the offset from UTC: "))
        #expect(page.contains("there are %Y %m %d %H %M %S, %z for the offset as +0100, and %%."))
    }

    @Test func nestedKeysAreWrittenWithTheirPath() {
        #expect(page.contains("| `retention.completed` | a duration such as \"30s\" | `\"1d\"` | Completed and cancelled tasks |"))
    }

    @Test func tablesAreEven() {
        for line in page.split(separator: "\n") where line.hasPrefix("|") {
            let cells = line.replacing("\\|", with: "").count { $0 == "|" }
            #expect(cells == 5 || cells == 4, "\(line)")
        }
    }
}
