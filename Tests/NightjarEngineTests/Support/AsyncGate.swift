import NightjarTesting

/// Closed until it is opened, once and for all.
struct AsyncGate: Sendable {
    private let opened = Recorder<Void>()

    func open() { opened.add(()) }

    func wait() async { await opened.waitForCount(1) }
}
