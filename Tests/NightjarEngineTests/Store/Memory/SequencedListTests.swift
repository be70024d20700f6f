@testable import NightjarEngine
import Testing

@Suite struct SequencedListTests {
    private func makeList(_ numbers: some Sequence<Int>) -> SequencedList<Int> {
        var list = SequencedList<Int>()
        for number in numbers { list.append(number, sequence: number) }
        return list
    }

    private func oldestFirst(_ list: SequencedList<Int>) -> [Int] {
        var found: [Int] = []
        list.walkOldestFirst {
            found.append($0)
            return true
        }
        return found
    }

    private func newestFirst(_ list: SequencedList<Int>, before limit: Int) -> [Int] {
        var found: [Int] = []
        list.walkNewestFirst(before: limit) {
            found.append($0)
            return true
        }
        return found
    }

    @Test func itIsWalkedFromBothEnds() {
        let list = makeList([3, 5, 9])
        #expect(oldestFirst(list) == [3, 5, 9])
        #expect(newestFirst(list, before: .max) == [9, 5, 3])
        #expect(newestFirst(list, before: 9) == [5, 3])
        #expect(newestFirst(list, before: 6) == [5, 3])
        #expect(newestFirst(list, before: 3) == [])
    }

    @Test func aWalkStopsWhenItIsTold() {
        var visited = 0
        makeList(0..<10).walkOldestFirst { number in
            visited += 1
            return number < 3
        }
        #expect(visited == 4)
    }

    @Test func whatIsNotThereIsRemovedWithoutHarm() {
        var list = makeList([3, 5])
        for number in [4, 5, 5, 99] { list.remove(sequence: number) }
        #expect(oldestFirst(list) == [3])
        #expect(list.count == 1)
    }

    @Test func gapsAreSweptWithoutLosingAnything() {
        var list = makeList(0..<1000)
        var expected = Array(0..<1000)
        // A fixed walk through all residues, so that gaps come everywhere.
        for step in 0..<990 {
            let number = step * 617 % 1000
            list.remove(sequence: number)
            expected.removeAll { $0 == number }
            if step % 97 == 0 { #expect(oldestFirst(list) == expected) }
        }
        #expect(oldestFirst(list) == expected)
        #expect(newestFirst(list, before: .max) == expected.reversed())
        #expect(list.count == 10)
        list.append(2000, sequence: 2000)
        #expect(oldestFirst(list) == expected + [2000])
    }
}
