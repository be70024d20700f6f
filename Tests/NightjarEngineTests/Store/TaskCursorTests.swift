import NightjarEngine
import Testing

@Suite struct TaskCursorTests {
    @Test func noTextIsTheFirstPage() throws {
        #expect(try TaskCursor(nil).limit == .max)
    }

    @Test func itsTextBringsItBack() throws {
        let cursor = TaskCursor(limit: 42)
        #expect(try TaskCursor(cursor.text) == cursor)
    }

    @Test(arguments: ["", "0", "-7", "abc", "1.5", "99999999999999999999"])
    func anyOtherTextIsRefused(_ text: String) {
        let error = #expect(throws: StoreError.self) { try TaskCursor(text) }
        #expect(error?.code == .badCursor)
    }
}
