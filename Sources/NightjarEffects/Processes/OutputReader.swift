import Subprocess

/// Reads one stream of a command to its end.
struct OutputReader: Sendable {
    /// What can still be unread when a command has ended: the most a pipe holds (Linux's default `fs.pipe-max-size`).
    private static let pipeBytesMax = 1 << 20

    let bytesMax: Int
    let ending: CommandEnding

    /// The stream ends with the command. A background process that keeps the pipe open and goes on printing is not waited for.
    func read(_ stream: SubprocessOutputSequence) async throws -> BoundedOutput {
        var output = BoundedOutput(bytesMax: bytesMax)
        var bytesAfterEnd = 0
        for try await buffer in stream {
            buffer.withUnsafeBytes { output.append($0) }
            guard ending.isSet else { continue }
            bytesAfterEnd += buffer.count
            if bytesAfterEnd >= Self.pipeBytesMax { break }
        }
        return output
    }
}
