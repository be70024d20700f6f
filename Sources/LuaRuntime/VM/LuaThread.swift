import CLuaBridge

/// A thread of the system.
///
/// `@unchecked`: the handle is only read, and exactly one of ``join()`` and ``detach()`` ends its use.
final class LuaThread: @unchecked Sendable {
    private let handle: OpaquePointer

    /// Starts a thread. Nil when the system refuses.
    init?(name: String, stackBytes: Int, body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(run: body))
        let handle = nj_thread_start(
            { context in
                guard let context else { return }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
            }, box.toOpaque(), stackBytes, name)
        guard let handle else {
            box.release()
            return nil
        }
        self.handle = handle
    }

    /// CPU time since it started. Not after ``join()`` or ``detach()``.
    var cpuNanoseconds: UInt64 { nj_thread_cpu_ns(handle) }

    func join() { nj_thread_join(handle) }
    func detach() { nj_thread_detach(handle) }
    /// Lets it run only when nothing else wants to.
    func demote() { nj_thread_demote(handle) }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
