/// Bounds on one agent at work.
public enum AgentLimits {
    /// Tool calls of one answer that run at the same time; the others wait in order.
    public static let parallelToolCallsMax = 8
    /// Most of a tool's result that the model is shown, in bytes of UTF-8: larger ones crowd out the conversation.
    public static let toolResultBytesMax = 64 << 10
    /// How deep `ctx:run` may nest: an agent that calls itself ends here.
    public static let nestingMax = 4
}
