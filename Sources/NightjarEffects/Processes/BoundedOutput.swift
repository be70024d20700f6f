/// What a command printed, up to a limit; the rest is counted and dropped, so that a command that prints without end neither
/// blocks nor fills the memory.
struct BoundedOutput: Sendable, Equatable {
    private let bytesMax: Int
    private var kept: [UInt8] = []
    private var total = 0

    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        total += bytes.count
        kept.append(contentsOf: bytes.prefix(bytesMax - kept.count))
    }

    /// What was kept. When something was dropped, a note takes the place of the last bytes.
    var bytes: [UInt8] {
        guard total > bytesMax else { return kept }
        let note = Array("\n[output cut: \(total) bytes printed, the limit is \(bytesMax)]\n".utf8).prefix(bytesMax)
        return Array(kept.prefix(bytesMax - note.count) + note)
    }
}
