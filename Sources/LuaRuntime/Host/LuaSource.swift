/// Lua text and the name it is known by in messages.
public struct LuaSource: Sendable, Hashable {
    /// Usually a path relative to the project. Messages show at most 59 characters of it.
    public let name: String
    public let text: String

    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
