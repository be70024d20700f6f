import NightjarTesting
import Synchronization

@testable import NightjarEngine

/// The engine's side of a connected platform: remembers what it was brought.
final class TelegramInletRecorder: Sendable {
    let taken = Recorder<[PlatformEvent]>()
    private let failures = Mutex<[any Error]>([])
    private let commands = Watch<[PlatformCommand]>(backlogMax: 1)
    private let outcome: @Sendable (PlatformEvent) -> PlatformEventOutcome

    init(outcome: @escaping @Sendable (PlatformEvent) -> PlatformEventOutcome = { _ in .accepted }) {
        self.outcome = outcome
    }

    var texts: [String] {
        taken.all.flatMap { $0 }.compactMap { if case .message(let message) = $0 { message.text } else { nil } }
    }

    /// The next try to store something fails.
    func failNext(with error: any Error = EngineError(.overloaded, "too much")) {
        failures.withLock { $0.append(error) }
    }

    func declare(_ names: String...) {
        commands.continuation.yield(names.map { PlatformCommand(name: $0, description: "Does \($0)", usage: $0) })
    }

    func inlet(_ clock: EngineClock) -> PlatformInlet {
        PlatformInlet(
            take: { [self] events in
                if let error = failures.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw error }
                taken.add(events)
                return events.map(outcome)
            }, commands: { self.commands }, clock: clock)
    }
}
