import CLuaBridge

/// A Lua interpreter on the thread that made it: the synchronous layer under ``LuaVM``.
///
/// Every operation runs under one protected call, so no Lua error ever unwinds a Swift frame.
/// Not thread-safe, and not meant to be: what waits is parked and handed to the caller as
/// ``LuaOutcome/pending(_:)``.
public final class LuaState {
    let vm: OpaquePointer
    let io: UnsafeMutablePointer<nj_io>
    let registry = LuaRegistry()
    var functions: [LuaHostFunction] = []
    var typeNames: [String] = []
    var typeNumbers: [String: UInt32] = [:]

    /// Passed on to host functions in ``LuaCall/context``.
    public var context: (any Sendable)?

    /// An interpreter with the sandboxed libraries and those given.
    ///
    /// - Parameter searcher: finds the module with a name for `require`.
    /// - Parameter searchedFiles: the files that `searcher` looks for, for the error when there is none of them.
    /// - Parameter print: receives the lines that scripts print.
    /// - Throws: ``LuaError`` when there is not enough memory or a prelude fails.
    public init(
        limits: LuaLimits = LuaLimits(), libraries: [LuaLibrary] = [],
        searcher: (@Sendable (String) -> LuaSource?)? = nil,
        searchedFiles: @escaping @Sendable (String) -> [String] = { _ in [] },
        print: (@Sendable (String, LuaCall) -> Void)? = nil
    ) throws(LuaError) {
        let bounds = nj_limits(
            memory_bytes_max: max(0, limits.memoryBytesMax),
            table_depth_max: UInt32(clamping: limits.tableDepthMax),
            table_values_max: UInt32(clamping: limits.tableValuesMax))
        let box = HostBox()
        guard let vm = nj_create(bounds, hostCallback, Unmanaged.passUnretained(box).toOpaque()) else {
            throw .outOfMemory
        }
        self.vm = vm
        self.box = box
        io = nj_get_io(vm)
        box.state = self
        try install(libraries, searcher: searcher, searchedFiles: searchedFiles, print: print)
    }

    private let box: HostBox

    deinit { nj_destroy(vm) }

    /// Bytes in use by Lua.
    public var memoryUsed: Int { nj_memory_used(vm) }

    /// Coroutines that wait for host functions.
    public var parkedCount: Int { Int(nj_parked_count(vm)) }

    /// Frees what is no longer reachable, released references included.
    public func collectGarbage() {
        releaseReferences()
        nj_collect(vm)
    }

    /// Tests: every allocation from the nth on fails; 0 ends that.
    func failAllocations(from nth: UInt64) { nj_fail_allocations_from(vm, nth) }

    /// Tests: how far Lua lets its memory grow between two collections, in percent.
    var pause: Int { nj_collector_pause(vm) }

    @inline(__always)
    func releaseReferences() {
        registry.takeReleased { nj_unref(vm, $0) }
    }
}

/// What the bridge holds of the state, which does not exist yet when the bridge is made.
final class HostBox {
    /// Safe: the state owns the box, and its bridge calls nothing once it is freed.
    unowned(unsafe) var state: LuaState?
}

/// Called by the bridge for synchronous host functions.
private func hostCallback(context: UnsafeMutableRawPointer?, function: Int32) -> Int32 {
    guard let context, let state = Unmanaged<HostBox>.fromOpaque(context).takeUnretainedValue().state else {
        return Int32(NJ_HOST_RESULTS)
    }
    return state.runHostFunction(function)
}
