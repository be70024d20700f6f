package import LuaRuntime
package import NightjarEngine

/// A value of a declaration that fits its field.
package indirect enum FieldValue: Sendable, Equatable {
    case string(String)
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case duration(Duration)
    case secret(Secret)
    case function(LuaFunction)
    case list([FieldValue])
    case map([String: FieldValue])
    case table(FieldValues)
    case json(JSONValue)
    case timestamp(Timestamp)
}
