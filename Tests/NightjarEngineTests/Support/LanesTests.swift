import NightjarTesting
import Testing

@testable import NightjarEngine

@Suite struct LanesTests {
    @Test func `Who opens a lane works it off in order`() {
        let lanes = Lanes<String, Int>()
        #expect(lanes.enter(1, at: "a"))
        #expect(!lanes.enter(2, at: "a"))
        #expect(lanes.enter(3, at: "b"))
        #expect(lanes.first(at: "a") == 1)
        #expect(lanes.advance("a") == 2)
        #expect(lanes.advance("a") == nil)
        #expect(lanes.enter(4, at: "a"))
    }

    @Test func `A lane never has two workers, and nothing is forgotten`() async {
        let lanes = Lanes<Int, Int>()
        let count = 40_000
        let done = await withTaskGroup(of: [Int].self) { group in
            for part in 0..<4 {
                group.addTask {
                    var done: [Int] = []
                    for number in 0..<count {
                        guard lanes.enter(part * count + number, at: 0) else { continue }
                        var next = lanes.first(at: 0)
                        while let element = next {
                            done.append(element)
                            next = lanes.advance(0)
                        }
                    }
                    return done
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(done.count == 4 * count)
        #expect(Set(done).count == 4 * count)
    }

    @Test func `The first elements of open lanes can be looked at and renewed`() {
        let lanes = Lanes<String, Int>()
        #expect(lanes.allFirst { _ in false })
        _ = lanes.enter(1, at: "a")
        _ = lanes.enter(9, at: "a")
        #expect(lanes.allFirst { $0 == 1 })
        lanes.replaceFirst(at: "a", with: 5)
        #expect(lanes.allFirst { $0 == 5 })
        #expect(lanes.advance("a") == 9)
    }
}
