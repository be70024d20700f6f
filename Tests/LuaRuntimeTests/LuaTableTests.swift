import LuaRuntime
import Testing

@Suite struct LuaTableTests {
    @Test func settingNilRemovesAField() {
        var table: LuaTable = ["a": 1, "b": 2]
        table["a"] = .nil
        #expect(table == ["b": 2])
        #expect(table.sortedKeys == ["b"])
    }
}
