import Testing

@testable import NightjarEngine

@Suite struct NearestNamesTests {
    @Test(
        "The Damerau-Levenshtein distance",
        arguments: [
            ("", "", 0), ("a", "a", 0), ("", "abc", 3), ("abc", "", 3), ("model", "modle", 1), ("kitten", "sitting", 3),
            ("ab", "ba", 1), ("ca", "abc", 3), ("straße", "strasse", 2), ("👍a", "a👍", 1),
        ])
    func distance(left: String, right: String, expected: Int) {
        #expect(NearestNames.distance(Array(left), Array(right), atMost: 10) == expected)
        #expect(NearestNames.distance(Array(right), Array(left), atMost: 10) == expected)
        if expected > 0 { #expect(NearestNames.distance(Array(left), Array(right), atMost: expected - 1) == nil) }
    }

    @Test(
        arguments: [
            ("modle", ["model"]), ("MODEL", ["model"]), ("tool", ["tools"]), ("temprature", ["temperature"]), ("temp", ["temperature"]),
            ("x", []), ("zzzzzz", []), ("", []), ("l", []), ("la", ["ls"]),
        ] as [(String, [String])])
    func names(name: String, expected: [String]) {
        #expect(NearestNames.find(name, in: ["model", "tools", "temperature", "instructions", "ls"]) == expected)
    }

    @Test func theNearestComesFirstAndThereAreAtMostThree() {
        let names = ["aaaab", "aaaabb", "aaaa", "aaaacc", "aaaadd"]
        #expect(NearestNames.find("aaaab", in: names) == ["aaaab", "aaaa", "aaaabb"])
    }

    @Test func longNamesAreNotCompared() {
        let long = String(repeating: "a", count: NearestNames.lengthMax + 1)
        #expect(NearestNames.find(long, in: [long]).isEmpty)
        #expect(NearestNames.find("aa", in: [long]).isEmpty)
        #expect(NearestNames.find(String(long.dropLast()), in: [String(long.dropLast())]).count == 1)
    }

    @Test func questions() {
        #expect(NearestNames.question([]) == nil)
        #expect(NearestNames.question(["a"]) == "did you mean 'a'?")
        #expect(NearestNames.question(["a", "b"], mark: "") == "did you mean a or b?")
        #expect(NearestNames.question(["a", "b", "c"]) == "did you mean 'a', 'b' or 'c'?")
    }
}
