#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif
public import NightjarEngine
import Synchronization

/// What the person sees: replies as they are delivered, and an answer's text while it is being written.
///
/// A lock keeps the pieces whole; everything is written at once and flushed.
public final class TerminalScreen: Sendable {
    private struct State {
        /// The attempt whose text stands on the screen, unfinished.
        var streaming: (task: TaskID, attempt: Int)?
        /// Tasks whose whole text was shown while it came.
        var shown: [TaskID: String] = [:]
    }

    private let state = Mutex(State())
    private let streams: Bool
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - streams: show text as it comes; false where the output is no terminal.
    ///   - write: prints text as it is.
    public init(streams: Bool, write: @escaping @Sendable (String) -> Void = TerminalScreen.standardOutput) {
        self.streams = streams
        self.write = write
    }

    /// Prints to standard output at once.
    @Sendable public static func standardOutput(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { unistd_write($0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Somebody has made the output non-blocking, and it is full.
                var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
                poll(&output, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }

    /// Shows a piece of an answer's text.
    public func stream(_ text: String, of task: TaskID, attempt: Int) {
        guard streams else { return }
        state.withLock { state in
            if let current = state.streaming, current.task != task || current.attempt != attempt {
                write("\n")
                state.shown[task] = nil
            }
            state.streaming = (task, attempt)
            state.shown[task, default: ""] += text
            write(Self.safe(text))
        }
    }

    /// Shows a whole message, unless its text stands there already.
    public func show(_ message: OutboundMessage) {
        var text = message.rendered.plainText
        if let file = message.file {
            text = [text, "📎 \(file.name) (\(file.type), \(file.size) bytes)"].filter { !$0.isEmpty }.joined(separator: "\n")
        }
        state.withLock { state in
            let shown = message.taskID.flatMap { state.shown.removeValue(forKey: $0) }
            if state.streaming != nil { write("\n") }
            state.streaming = nil
            guard shown != text else { return }
            write(Self.safe(text) + "\n")
        }
    }

    /// Tasks whose text no message repeats: their message has ended.
    public func forget(_ tasks: Set<TaskID>) {
        state.withLock { state in for task in tasks { state.shown[task] = nil } }
    }

    /// Text without control characters other than line breaks and tabs: a model must not move the cursor or set the window's title.
    private static func safe(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { scalar in
                    scalar == "\n" || scalar == "\t" || !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
                }))
    }
}

private func unistd_write(_ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
        Glibc.write(STDOUT_FILENO, bytes, count)
    #else
        Darwin.write(STDOUT_FILENO, bytes, count)
    #endif
}
