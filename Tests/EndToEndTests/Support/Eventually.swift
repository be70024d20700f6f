/// What was waited for did not happen.
struct NeverHappened: Error, CustomStringConvertible {
    var description: String
}

/// Asks again and again until there is an answer.
///
/// - Parameter what: what is waited for, for the error.
/// - Throws: ``NeverHappened`` when the time is up; whatever the probe throws.
func eventually<Value>(
    _ what: @autoclosure () -> String, within limit: Duration = .seconds(20), _ probe: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        if let value = try await probe() { return value }
        guard ContinuousClock.now < deadline else { throw NeverHappened(description: "not within \(limit): \(what())") }
        // Another process tells nobody when it has come that far, so it has to be asked.
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// Asks again and again until it is so.
func eventually(
    _ what: @autoclosure () -> String, within limit: Duration = .seconds(20), _ condition: () async throws -> Bool
) async throws {
    _ = try await eventually(what(), within: limit) { try await condition() ? true : nil }
}

/// Lets a while pass in which other processes work.
func pass(_ duration: Duration) async throws {
    try await Task.sleep(for: duration)
}
