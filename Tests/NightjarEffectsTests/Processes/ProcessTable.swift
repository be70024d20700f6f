#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Looks for processes by their id.
enum ProcessTable {
    static func isAlive(_ pid: Int32) -> Bool {
        kill(pid, 0) == 0
    }

    static func end(_ pid: Int32) {
        kill(pid, SIGKILL)
    }
}
