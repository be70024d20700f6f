#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How the process ends, after sysexits.h.
enum ExitStatus: Int32, Sendable {
    case success = 0
    /// The scripts have errors.
    case scriptErrors = 1
    case usage = 64
    /// Something it needs is not available: a port, the store, the running engine.
    case unavailable = 69
    /// A bug, or too many interpreters stuck.
    case software = 70
}

enum Process {
    /// Writes out what was printed, also where standard output is a pipe.
    static func flush() { fflush(nil) }

    /// Ends at once. Interpreters that are stuck in native code spin on their threads for ever, so no exit handler may wait for them.
    static func exit(_ status: ExitStatus) -> Never {
        fflush(nil)
        _exit(status.rawValue)
    }
}
