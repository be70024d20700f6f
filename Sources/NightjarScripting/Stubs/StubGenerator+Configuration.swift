import NightjarEngine

extension StubGenerator {
    /// The content of ``configurationFile``.
    public static func configuration() -> String {
        let settings: JSONValue = [
            "$schema": "https://raw.githubusercontent.com/LuaLS/vscode-lua/master/setting/schema.json",
            "runtime.version": "Lua 5.4",
            "runtime.path": ["?.lua", "?/init.lua"],
            // Scripts run without these.
            "runtime.builtin": ["io": "disable", "debug": "disable", "package": "disable"],
            "workspace.library": .array([.string(stubsFolder)]),
            "workspace.checkThirdParty": false,
            "diagnostics.globals": .array(ApiNames.globals.map(JSONValue.string)),
        ]
        return settings.readableText
    }
}
