public import NightjarEngine

/// A hook whose body is given by a test; it remembers what it was told.
public struct ScriptedHook: Hook {
    public let events = Recorder<HookEvent>()
    private let body: @Sendable (HookEvent, HandlerContext) async throws -> String?

    public init(_ body: @escaping @Sendable (HookEvent, HandlerContext) async throws -> String? = { _, _ in nil }) {
        self.body = body
    }

    public func run(_ event: HookEvent, context: HandlerContext) async throws -> String? {
        events.add(event)
        return try await body(event, context)
    }
}
