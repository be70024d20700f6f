package import LuaRuntime
import NightjarEngine

extension LuaValue {
    /// The text to send for a value that is one: a string, a number as Lua writes it, or what a secret hides.
    package var outgoingText: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        default: Secret(from: self)?.reveal()
        }
    }

    /// As ``outgoingText``, and any bytes.
    package var outgoingBytes: [UInt8]? { bytesValue ?? outgoingText.map { Array($0.utf8) } }
}
