package import LuaRuntime

/// The global functions that scripts declare things with. They only record; ``DefinitionsBuilder`` judges.
package enum DeclarationLibrary {
    /// Declared as `kind "name" { … }`.
    static let named = ["platform", "model", "tool", "agent", "command", "formatter"]
    /// Declared with plain arguments.
    static let plain = ["settings", "every", "after", "at", "on_webhook", "on_message", "hook"]
    /// Part of the language, not of this version.
    static let later = ["cron", "on_file_change"]
    static let laterNamed = ["policy"]

    private static let pendingType = "declaration"

    package static let library = LuaLibrary(
        functions: (named + laterNamed).map(curried) + (plain + later).map(direct),
        objectTypes: [
            LuaObjectType(name: pendingType, metamethods: [.synchronous("__call", complete)])
        ])

    private static func direct(_ kind: String) -> LuaHostFunction {
        .synchronous(kind) { call in
            try recorder(call, kind).record(
                LoadRecorder.Declaration(kind: kind, arguments: call.arguments, location: call.location))
            return []
        }
    }

    /// With the name alone it returns something that takes the rest, so that `agent "x" { … }` reads as one statement.
    private static func curried(_ kind: String) -> LuaHostFunction {
        .synchronous(kind) { call in
            let recorder = try recorder(call, kind)
            let declaration = LoadRecorder.Declaration(kind: kind, arguments: call.arguments, location: call.location)
            guard call.arguments.count == 1, call[0].stringValue != nil else {
                recorder.record(declaration)
                return []
            }
            return [.object(LuaObject(typeName: pendingType, id: recorder.open(declaration)))]
        }
    }

    @Sendable private static func complete(_ call: LuaCall) throws -> [LuaValue] {
        let recorder = try recorder(call, "a declaration")
        guard let number = call[0].objectValue?.id, recorder.complete(number, with: Array(call.arguments.dropFirst())) else {
            throw LuaHostError(code: "declaration", message: "this declaration has its table already")
        }
        return []
    }

    private static func recorder(_ call: LuaCall, _ kind: String) throws -> LoadRecorder {
        guard case .load(let recorder) = call.context as? ScriptInvocation else {
            throw LuaHostError(
                code: "load_phase",
                message: "\(kind) declares something, which is possible only while scripts load: move it out of the handler")
        }
        return recorder
    }
}
