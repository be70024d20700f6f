/// An error for scripts: in Lua a table with `code`, `message`, the details, and a `__tostring`.
public struct LuaHostError: Error, Sendable, Hashable {
    /// For programs: a short word such as `timeout` or `not_found`.
    public var code: String
    /// For people.
    public var message: String
    /// Further fields of the table.
    public var details: [String: LuaValue]
    /// Whether the call that gets it may not wait again, whatever it catches: further waits raise `cancelled`. For awaiting functions.
    public var endsWaiting: Bool

    public init(code: String, message: String, details: [String: LuaValue] = [:], endsWaiting: Bool = false) {
        self.code = code
        self.message = message
        self.details = details
        self.endsWaiting = endsWaiting
    }
}

/// An error that knows how it looks to a script. Others get the code `internal`.
public protocol LuaHostErrorConvertible: Error {
    var luaHostError: LuaHostError { get }
}

extension LuaHostError {
    /// How an error thrown by a host function looks to a script.
    init(describing error: any Error) {
        switch error {
        case let error as LuaHostError: self = error
        case let error as any LuaHostErrorConvertible: self = error.luaHostError
        case is CancellationError: self.init(code: "cancelled", message: "cancelled")
        case let error as LuaError: self.init(code: error.kind.code, message: error.message)
        default: self.init(code: "internal", message: "\(error)")
        }
    }

    var table: LuaTable {
        var table = LuaTable(fields: ["code": .string(code), "message": .string(message)])
        for (key, value) in details { table.fields[.string(key)] = value }
        return table
    }
}

extension LuaError.Kind {
    /// The `code` a script sees when the error crosses back into Lua.
    var code: String { description.split(separator: " ").joined(separator: "_") }
}
