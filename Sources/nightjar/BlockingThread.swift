import Dispatch

/// Runs what blocks away from the threads that Swift's tasks share.
enum BlockingThread {
    private static let queue = DispatchQueue(label: "nightjar.terminal")

    static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: body()) }
        }
    }
}
