/// What this program calls itself.
public enum NightjarVersion {
    public static let current = "1.0.0"
    /// The interpreter it is built on.
    public static let lua = "Lua 5.4"
}
