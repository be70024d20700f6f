/// Elements in the order they came, each under an ever growing number, with removal anywhere.
///
/// Appending is O(1); looking up or removing a number is O(log n). A removed element leaves a gap behind; the gaps are swept when
/// they are the greater part, so walking costs at most twice the elements that are there.
struct SequencedList<Element> {
    private struct Slot {
        var sequence: Int
        var element: Element?
    }

    /// Below this many gaps a sweep is not worth its cost.
    private static var gapsKept: Int { 32 }

    private var slots: [Slot] = []
    private var gaps = 0

    var count: Int { slots.count - gaps }

    /// - Parameter sequence: greater than any before.
    mutating func append(_ element: Element, sequence: Int) {
        slots.append(Slot(sequence: sequence, element: element))
    }

    mutating func remove(sequence: Int) {
        let index = firstIndex(atOrAfter: sequence)
        guard index < slots.count, slots[index].sequence == sequence, slots[index].element != nil else { return }
        slots[index].element = nil
        gaps += 1
        if gaps > Self.gapsKept, gaps * 2 > slots.count { sweep() }
    }

    /// Walks from the oldest on while `body` returns true.
    /// - Parameter limit: only elements with a higher number are visited; nil visits all.
    func walkOldestFirst(after limit: Int? = nil, _ body: (Element) -> Bool) {
        let start = limit.map { firstIndex(atOrAfter: $0 + 1) } ?? 0
        for slot in slots[start...] {
            if let element = slot.element, !body(element) { return }
        }
    }

    /// Walks from the newest back while `body` returns true.
    /// - Parameter limit: only elements with a lower number are visited.
    func walkNewestFirst(before limit: Int, _ body: (Element) -> Bool) {
        var index = firstIndex(atOrAfter: limit)
        while index > 0 {
            index -= 1
            if let element = slots[index].element, !body(element) { return }
        }
    }

    private func firstIndex(atOrAfter sequence: Int) -> Int {
        var low = 0
        var high = slots.count
        while low < high {
            let middle = (low + high) / 2
            if slots[middle].sequence < sequence { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func sweep() {
        slots.removeAll { $0.element == nil }
        gaps = 0
    }
}
