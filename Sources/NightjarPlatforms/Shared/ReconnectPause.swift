import NightjarEngine
import Synchronization

/// How long to wait before a connection is opened again: twice as long each time, up to a bound, and short again when the server has
/// said that all is well. Each pause is shortened by chance, so that many clients do not come back at the same moment.
final class ReconnectPause: Sendable {
    private static let first = Duration.seconds(1)
    private static let longest = Duration.seconds(60)

    private let next = Mutex(first)

    func reset() { next.withLock { $0 = Self.first } }

    /// - Parameter random: from 0 up to 1.
    func take(random: Double = .random(in: 0..<1)) -> Duration {
        next.withLock { next in
            defer { next = min(next * 2, Self.longest) }
            return next * (0.5 + random / 2)
        }
    }
}
