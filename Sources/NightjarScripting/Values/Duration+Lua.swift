package import LuaRuntime
package import NightjarEngine

extension Duration {
    /// A duration as scripts write it: `"1h30m"`, or seconds as a number.
    package init(lua value: LuaValue) throws(DurationTextError) {
        switch value {
        case .string(let text): self = try DurationText.parse(text)
        case .integer(let seconds): self = try DurationText.seconds(Double(seconds))
        case .number(let seconds): self = try DurationText.seconds(seconds)
        default: throw DurationTextError("expected a duration such as \"10s\" or a number of seconds, got a \(value.typeName)")
        }
    }
}
