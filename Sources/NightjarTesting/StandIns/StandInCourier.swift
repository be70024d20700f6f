/// Tells the engine something as a vendor's servers do: again, when it is not acknowledged in time.
public struct StandInCourier: Sendable {
    /// Why it was told again.
    public enum Reason: String, Sendable {
        case late = "http_timeout"
        case refused = "http_error"
        case unreachable = "connection_failed"
    }

    /// How long an acknowledgement may take.
    public var patience: Duration
    /// Before each repetition.
    public var pauses: [Duration]
    /// The headers of a repetition, by its number from 1.
    public var marks: @Sendable (_ repetition: Int, _ reason: Reason) -> [(name: String, value: String)]

    /// Slack repeats an event three times (https://docs.slack.dev/apis/events-api, "Retries").
    public static let slack = StandInCourier(
        patience: .seconds(3), pauses: [.zero, .seconds(60), .seconds(300)],
        marks: { [("x-slack-retry-num", "\($0)"), ("x-slack-retry-reason", $1.rawValue)] })

    /// WhatsApp repeats a batch for days, ever less often, and says nothing of it.
    public static let whatsApp = StandInCourier(
        patience: .seconds(10), pauses: [.seconds(5), .seconds(20), .seconds(60), .seconds(300)], marks: { _, _ in [] })

    /// The same habits in less time.
    public func faster(by factor: Int) -> StandInCourier {
        var courier = self
        courier.patience = patience / factor
        courier.pauses = pauses.map { $0 / factor }
        return courier
    }

    /// Sends until there is an acknowledgement.
    ///
    /// - Parameter send: sends once, with these headers beside its own, and gives the status of the answer. It is cancelled when that takes
    ///   too long.
    /// - Returns: how often it was sent; nil when it was given up.
    /// - Throws: `CancellationError`.
    public func carry(_ send: @escaping @Sendable (_ marks: [(name: String, value: String)]) async throws -> Int) async throws -> Int? {
        var reason = try await attempt([], send)
        for (index, pause) in pauses.enumerated() {
            guard let failure = reason else { return index + 1 }
            try await Task.sleep(for: pause)
            reason = try await attempt(marks(index + 1, failure), send)
        }
        return reason == nil ? pauses.count + 1 : nil
    }

    /// - Returns: nil when it was acknowledged.
    private func attempt(
        _ marks: [(name: String, value: String)], _ send: @escaping @Sendable ([(name: String, value: String)]) async throws -> Int
    ) async throws -> Reason? {
        let reason = await withTaskGroup(of: Reason?.self) { group in
            group.addTask {
                do {
                    return (200..<300).contains(try await send(marks)) ? nil : .refused
                } catch {
                    return .unreachable
                }
            }
            group.addTask {
                try? await Task.sleep(for: patience)
                return .late
            }
            defer { group.cancelAll() }
            return await group.next() ?? .late
        }
        try Task.checkCancellation()
        return reason
    }
}
