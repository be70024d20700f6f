extension LuaVM {
    /// What a VM is made of, and its limits.
    public struct Configuration: Sendable {
        public var limits = LuaLimits()
        /// CPU time of the Lua thread between two waits of a call.
        public var cpuLimit: Duration = .milliseconds(100)
        /// CPU time that a script gets to end after it was killed, before its VM is given up.
        public var grace: Duration = .milliseconds(200)
        /// CPU time to load one chunk.
        public var loadLimit: Duration = .seconds(5)
        public var libraries: [LuaLibrary] = [.concurrency]
        /// Finds the module with a name for `require`. Runs on the Lua thread: it must not read slow disks.
        public var searcher: (@Sendable (String) -> LuaSource?)?
        /// The files that ``searcher`` looks for, for the error when there is none of them.
        public var searchedFiles: @Sendable (String) -> [String] = { _ in [] }
        /// Receives the lines that scripts print. Runs on the Lua thread.
        public var print: (@Sendable (String, LuaCall) -> Void)?
        /// Called once, on the watchdog's thread, after the calls of the VM have been failed.
        public var onQuarantine: (@Sendable (LuaQuarantine) -> Void)?

        public init() {}
    }
}

extension Duration {
    /// Not negative.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        return UInt64(clamping: seconds) &* 1_000_000_000 &+ UInt64(clamping: attoseconds / 1_000_000_000)
    }
}
