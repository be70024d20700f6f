/// Why an operation of a Lua VM failed.
///
/// A script's own `error(…)` is `.runtime` and carries the raised value; errors of host functions
/// are raised in Lua as tables `{ code, message, … }`, and come back as such in ``value``.
public struct LuaError: Error, Sendable {
    public struct Kind: Sendable, Hashable, CustomStringConvertible {
        public let description: String
        private init(_ description: String) { self.description = description }

        /// The script raised an error.
        public static let runtime = Kind("runtime")
        /// The chunk does not compile.
        public static let syntax = Kind("syntax")
        /// Over the memory limit. The VM lives on.
        public static let memory = Kind("memory")
        /// Over the limit of CPU time between two waits. The VM lives on.
        public static let timeout = Kind("timeout")
        /// Over the memory limit or that of CPU time, by a function that calls itself without coming back. The VM lives on.
        public static let stackOverflow = Kind("stack overflow")
        /// The task that called was cancelled.
        public static let cancelled = Kind("cancelled")
        /// The call got stuck in native code, and its VM was given up.
        public static let quarantined = Kind("quarantined")
        /// The call waited on a VM that was given up for another one.
        public static let interrupted = Kind("interrupted")
        /// The VM was given up before the call started: it is safe to call again on a fresh one.
        public static let moved = Kind("moved")
        /// A host function had to wait where that is impossible.
        public static let cannotWait = Kind("cannot wait")
        /// The VM is closed.
        public static let closed = Kind("closed")
        /// The caller's mistake: a handle of another VM, an unknown object type.
        public static let invalid = Kind("invalid")
    }

    public var kind: Kind
    /// For people. A script's own message starts with `file:line:`, as Lua writes it.
    public var message: String
    /// What was raised, of any type.
    public var value: LuaValue
    /// The frames from the innermost out, one per line, across waits and coroutines. May be empty.
    public var traceback: String
    /// The Lua code that raised it.
    public var location: LuaLocation?

    public init(
        kind: Kind, message: String, value: LuaValue = .nil, traceback: String = "", location: LuaLocation? = nil
    ) {
        self.kind = kind
        self.message = message
        self.value = value
        self.traceback = traceback
        self.location = location
    }

    public var source: String? { location?.source }
    public var line: Int? { location?.line }
    /// The code of an error raised by a host function.
    public var code: String? { value["code"].stringValue }
}

extension LuaError: CustomStringConvertible {
    public var description: String { traceback.isEmpty ? message : "\(message)\n\(traceback)" }
}

extension LuaError {
    static let cancelled = LuaError(kind: .cancelled, message: "cancelled")
    static let closed = LuaError(kind: .closed, message: "the Lua VM is closed")
    static let quarantined = LuaError(
        kind: .quarantined, message: "the script did not come back from native code, and its VM was given up")
    static let interrupted = LuaError(
        kind: .interrupted, message: "another script did not come back from native code, and the VM that both were on was given up")
    static let moved = LuaError(kind: .moved, message: "the Lua VM was given up before this call started")
    static let foreign = LuaError(kind: .invalid, message: "the Lua value belongs to another VM")
    static let outOfMemory = LuaError(kind: .memory, message: "not enough memory")
}
