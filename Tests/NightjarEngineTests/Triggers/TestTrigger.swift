import NightjarEngine

struct TestTrigger: Trigger {
    let name: String
    let delivery: TriggerOptions.Delivery
    let body: @Sendable (TriggerContext) async throws -> Void

    func run(_ context: TriggerContext) async throws { try await body(context) }
}

struct Boom: Error, CustomStringConvertible {
    var description: String { "boom" }
}
