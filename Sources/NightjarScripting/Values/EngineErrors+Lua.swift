public import LuaRuntime
public import NightjarEngine

// How the engine's errors look to scripts. The codes are stable: scripts compare them.

extension HandlerFailure: LuaHostErrorConvertible {
    public var luaHostError: LuaHostError { LuaHostError(code: "refused", message: message) }
}

extension ScriptError: LuaHostErrorConvertible {
    public var luaHostError: LuaHostError { LuaHostError(code: code, message: message) }
}

extension TaskFailure: LuaHostErrorConvertible {
    public var luaHostError: LuaHostError { LuaHostError(code: code, message: message) }
}

extension StoreError: LuaHostErrorConvertible {
    public var luaHostError: LuaHostError { LuaHostError(code: code.description, message: message) }
}

extension EffectError: LuaHostErrorConvertible {
    public var luaHostError: LuaHostError { LuaHostError(code: code, message: message) }
}

extension EngineError: LuaHostErrorConvertible {
    public var luaHostError: LuaHostError { LuaHostError(code: code.rawValue, message: message) }
}

extension TriggerError: LuaHostErrorConvertible {
    public var luaHostError: LuaHostError { LuaHostError(code: code.description, message: message) }
}

extension DurationTextError: LuaHostErrorConvertible {
    public var luaHostError: LuaHostError { LuaHostError(code: "invalid_duration", message: message) }
}

extension ReplyError: LuaHostErrorConvertible {
    public var luaHostError: LuaHostError {
        LuaHostError(code: code, message: text, details: ["level": .string(level.rawValue)])
    }
}

extension JSONSyntaxError: LuaHostErrorConvertible {
    package var luaHostError: LuaHostError {
        LuaHostError(
            code: "invalid_json", message: description,
            details: ["line": .integer(Int64(line)), "column": .integer(Int64(column))])
    }
}
