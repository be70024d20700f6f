import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A named pipe that a command's processes hold open for writing, so that its end tells that all of them are gone.
struct Fifo: Sendable {
    struct Unusable: Error {}

    let path: String
    private let reader: Int32
    /// Keeps the pipe from ending before the command has opened it.
    private let writer: Int32

    init(in folder: String) throws {
        path = folder + "/fifo"
        guard mkfifo(path, 0o600) == 0 else { throw Unusable() }
        reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        writer = open(path, O_WRONLY | O_CLOEXEC)
        guard reader >= 0, writer >= 0, fcntl(reader, F_SETFL, 0) == 0 else { throw Unusable() }
    }

    /// What the next write brought.
    func next() async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: read()) }
        }
    }

    /// Everything up to the moment when no process of the command is left.
    func rest() async -> String {
        close(writer)
        var text = ""
        while case let piece = await next(), !piece.isEmpty { text += piece }
        close(reader)
        return text
    }

    private func read() -> String {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = bytes.withUnsafeMutableBytes { buffer in
            while true {
                #if canImport(Glibc)
                    let count = Glibc.read(reader, buffer.baseAddress, buffer.count)
                #else
                    let count = Darwin.read(reader, buffer.baseAddress, buffer.count)
                #endif
                if count >= 0 || errno != EINTR { return count }
            }
        }
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }
}
