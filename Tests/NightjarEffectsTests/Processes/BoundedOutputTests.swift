import Testing

@testable import NightjarEffects

struct BoundedOutputTests {
    private func output(_ pieces: [String], bytesMax: Int) -> String {
        var output = BoundedOutput(bytesMax: bytesMax)
        for piece in pieces { Array(piece.utf8).withUnsafeBytes { output.append($0) } }
        return String(decoding: output.bytes, as: UTF8.self)
    }

    @Test func whatFitsIsKeptWhole() {
        #expect(output(["abc", "", "def"], bytesMax: 6) == "abcdef")
        #expect(output([], bytesMax: 6) == "")
    }

    @Test func whatDoesNotFitIsNoted() {
        let long = String(repeating: "x", count: 150)
        let note = "\n[output cut: 300 bytes printed, the limit is 100]\n"
        #expect(output([long, long], bytesMax: 100) == String(repeating: "x", count: 100 - note.utf8.count) + note)
    }

    @Test func theLimitHoldsForTheNoteToo() {
        #expect(output(["0123456789"], bytesMax: 5).utf8.count == 5)
    }
}
