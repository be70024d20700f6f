import NightjarTesting
import Synchronization

@testable import NightjarEngine

/// An inlet that remembers what it was given, and fails when it is told to.
final class InletRecorder: Sendable {
    let events = Recorder<PlatformEvent>()
    private let failures = Mutex(0)

    func failNext(_ count: Int) { failures.withLock { $0 = count } }

    var texts: [String] {
        events.all.compactMap { if case .message(let message) = $0 { message.text } else { nil } }
    }

    var inlet: PlatformInlet { inlet(.system) }

    func inlet(_ clock: EngineClock) -> PlatformInlet {
        PlatformInlet(
            take: { events in
                let fails = self.failures.withLock { failures in
                    defer { failures = max(0, failures - 1) }
                    return failures > 0
                }
                if fails { throw StoreError(.full, "no space left on the disk") }
                for event in events { self.events.add(event) }
                return events.map { _ in .accepted }
            },
            commands: { Watch(backlogMax: 1) }, clock: clock)
    }
}
