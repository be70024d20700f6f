import Synchronization

/// Names in the order in which they were made, for what is stored under its name: new rows then stand side by side in an index, where
/// random ones would each be one more page to write.
///
/// A name is 15 digits in the alphabet of ``RandomIdentifier``: the time in milliseconds (40 bits, which repeat after 35 years; only the
/// order would suffer), then 35 random bits. Within a millisecond each is one above the one before, as in a monotonic ULID, so no
/// process makes a name twice. Fifteen bytes are what a Swift string holds without an allocation.
enum OrderedIdentifier {
    static let length = 15

    struct Source {
        private var milliseconds: Int64 = 0
        private var tail: UInt64 = 0

        /// - Parameter now: when the clock goes back, the names go on from where they were.
        mutating func next(at now: Timestamp, using generator: inout some RandomNumberGenerator) -> String {
            if now.milliseconds > milliseconds {
                milliseconds = now.milliseconds
                tail = .random(in: 0..<(1 << 34), using: &generator)
            } else {
                // It begins in the lower half, so it does not run over.
                tail += 1
            }
            return RandomIdentifier.text(UInt64(milliseconds & (1 << 40 - 1)), digits: 8) + RandomIdentifier.text(tail, digits: 7)
        }
    }

    private static let source = Mutex(Source())

    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return source.withLock { $0.next(at: SystemWallClock.now(), using: &generator) }
    }
}
