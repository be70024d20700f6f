/// A Lua interpreter on a thread of its own, for callers on any other.
///
/// Calls run as coroutines: what waits parks, and the VM goes on with the next. The task that makes a
/// call runs whatever the script waits for, so cancellation and task-local values reach it.
///
/// A script over its limit of CPU time is killed and the VM lives on. One that is stuck in native
/// code costs the VM: its call fails as ``LuaError/Kind/quarantined``, those that waited as
/// ``LuaError/Kind/interrupted``, those not yet started as ``LuaError/Kind/moved``, and the owner makes a fresh one.
public final class LuaVM: Sendable {
    private let core: LuaCore

    /// Starts the thread and installs the libraries.
    ///
    /// - Throws: ``LuaError`` when there is not enough memory or a prelude fails.
    public init(_ configuration: Configuration = Configuration()) async throws(LuaError) {
        let core = try LuaCore(configuration: configuration)
        self.core = core
        let failure = await withCheckedContinuation { (continuation: CheckedContinuation<LuaError?, Never>) in
            LuaVM.launch(core) { continuation.resume(returning: $0) }
        }
        if let failure { throw failure }
    }

    deinit { core.close() }

    // MARK: Loading

    /// Compiles text and runs it. Nothing can wait: a function that would raises an error that says so.
    ///
    /// - Parameter name: what messages call the chunk, usually a path.
    /// - Returns: what the chunk returns.
    @discardableResult
    public func evaluate(
        _ source: String, name: String, context: (any Sendable)? = nil
    ) async throws(LuaError) -> [LuaValue] {
        let source = LuaSource(name: name, text: source)
        return try await core.perform(context: context, results: .values) { .evaluate($0, source) }
    }

    /// Compiles text without running it.
    public func load(_ source: String, name: String) async throws(LuaError) -> LuaFunction {
        let source = LuaSource(name: name, text: source)
        let values = try await core.perform(context: nil, results: .values) { .load($0, source) }
        guard case .function(let function)? = values.first else { throw .outOfMemory }
        return function
    }

    // MARK: Calling

    /// Calls a function, which may wait.
    ///
    /// Cancelling the calling task cancels what the script waits for and raises `cancelled` there, and
    /// again at every later wait of this call.
    ///
    /// - Parameter context: given to host functions in ``LuaCall/context``.
    public func call(
        _ function: LuaFunction, _ arguments: [LuaValue] = [], context: (any Sendable)? = nil,
        results: LuaResults = .values
    ) async throws(LuaError) -> [LuaValue] {
        try await core.call(function, arguments, context: context, results: results)
    }

    /// Calls a function that may not wait, such as a formatter.
    public func callWithoutWaiting(
        _ function: LuaFunction, _ arguments: [LuaValue] = [], context: (any Sendable)? = nil,
        results: LuaResults = .values
    ) async throws(LuaError) -> [LuaValue] {
        try await core.perform(context: context, results: results) { .call($0, function, arguments) }
    }

    // MARK: Life

    /// Frees what is no longer reachable.
    public func collectGarbage() async throws(LuaError) {
        _ = try await core.perform(context: nil, results: .values) { .collectGarbage($0) }
    }

    public var statistics: LuaStatistics { core.statistics }

    /// Fails all calls as ``LuaError/Kind/closed``, kills what runs, and waits for the threads to end.
    public func close() async {
        core.close()
        await core.waitForEnd()
    }

    // MARK: Threads

    private static let luaStackBytes = 8 << 20
    private static let watchdogStackBytes = 512 << 10

    /// Starts the watchdog's thread, which starts and outlives the Lua thread.
    private static func launch(_ core: LuaCore, completion: @escaping @Sendable (LuaError?) -> Void) {
        let refused = LuaError(kind: .memory, message: "the system refuses another thread")
        let watchdog = LuaThread(name: "lua-watchdog", stackBytes: watchdogStackBytes) {
            guard let thread = LuaThread(name: "lua", stackBytes: luaStackBytes, body: { LuaWorker.run(core) }) else {
                core.end()
                return completion(refused)
            }
            switch core.waitForStart() {
            case .success(let killSwitch):
                completion(nil)
                LuaWatchdog(core: core, killSwitch: killSwitch, thread: thread).run()
            case .failure(let error):
                thread.join()
                core.end()
                completion(error)
            }
        }
        guard let watchdog else {
            core.end()
            return completion(refused)
        }
        watchdog.detach()
    }
}
