/// Something an agent may do.
public protocol Tool: Sendable {
    var description: ToolDescription { get }
    /// How long one call may take.
    var timeout: Duration { get }
    /// Whether a call may be repeated when it is not known if it happened.
    var isIdempotent: Bool { get }

    /// Runs one call.
    /// - Parameters:
    ///   - arguments: an object that fits the schema, defaults filled in.
    ///   - context: the task it runs in.
    /// - Returns: the text the model is told.
    /// - Throws: any error; the model is told its message.
    func call(_ arguments: JSONValue, context: HandlerContext) async throws -> String
}
