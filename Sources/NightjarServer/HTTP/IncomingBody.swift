import HTTPTypes
import NIOCore

/// A body while it is received.
struct IncomingBody: ~Copyable {
    private let budget: BodyBudget
    /// What the client said; nil when it did not.
    private let length: Int?
    private var bytes: [UInt8] = []
    /// What was taken from the budget.
    private var taken = 0
    private var refusal: Problem?
    private var discarded = 0

    init(length: Int?, budget: BodyBudget) {
        self.length = length
        self.budget = budget
    }

    deinit {
        budget.giveBack(taken)
    }

    /// - Throws: ``Problem`` when the body is refused, and too long to be read to its end.
    mutating func add(_ piece: ByteBuffer) throws {
        if refusal == nil { refusal = keep(piece) }
        guard let refusal else { return }
        discarded += piece.readableBytes
        guard discarded <= ServerLimits.drainBytesMax else { throw refusal.with(.connection, "close") }
    }

    /// - Throws: ``Problem`` when the body is refused.
    consuming func whole() throws -> [UInt8] {
        if let refusal { throw refusal }
        return bytes
    }

    private mutating func keep(_ piece: ByteBuffer) -> Problem? {
        // It is handled now: only what waits for more can pile up.
        let isWhole = bytes.isEmpty && piece.readableBytes == length
        guard bytes.count + piece.readableBytes <= ServerLimits.bodyBytesMax else { return refuse(.bodyTooLarge) }
        bytes.append(contentsOf: piece.readableBytesView)
        let more = bytes.capacity - taken
        guard !isWhole, more > 0 else { return nil }
        guard budget.take(more) else { return refuse(.tooManyBodies) }
        taken += more
        return nil
    }

    /// Lets go of what was kept; the rest is read and thrown away, so that the client gets to see the answer.
    private mutating func refuse(_ problem: Problem) -> Problem {
        bytes = []
        budget.giveBack(taken)
        taken = 0
        return problem
    }
}
