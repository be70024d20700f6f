import Synchronization

/// The memory that all bodies which are being received may take together, so that strangers cannot fill it with what they begin to send.
final class BodyBudget: Sendable {
    private let bytesMax: Int
    private let taken = Atomic<Int>(0)

    init(_ bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// - Returns: false when so much is not left; then nothing was taken.
    func take(_ bytes: Int) -> Bool {
        guard taken.add(bytes, ordering: .relaxed).newValue > bytesMax else { return true }
        giveBack(bytes)
        return false
    }

    func giveBack(_ bytes: Int) {
        taken.subtract(bytes, ordering: .relaxed)
    }
}
