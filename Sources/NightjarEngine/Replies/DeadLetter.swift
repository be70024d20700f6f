/// A reply that was given up, as status pages show it.
public struct DeadLetter: Codable, Sendable, Equatable {
    /// Where it was meant to go: `slack:#ops`, or `slack:#ops, thread 17`.
    public var destination: String
    /// Why the last attempt failed.
    public var error: String
    public var createdAt: Timestamp

    public init(_ entry: OutboxEntry) {
        let address = entry.address
        destination = "\(address.platform):\(address.channel)" + (address.thread.map { ", thread \($0)" } ?? "")
        error = entry.lastError ?? "unknown"
        createdAt = entry.createdAt
    }
}
