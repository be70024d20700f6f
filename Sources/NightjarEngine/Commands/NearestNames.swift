/// Finds what a person probably meant by a name that does not exist.
public enum NearestNames {
    /// Longer names are not compared: nobody mistypes them, and the comparison takes time by the square of the length.
    public static let lengthMax = 64
    /// More suggestions than this are no help.
    public static let countMax = 3

    /// The candidates nearest to `name`, nearest first, then by alphabet; case is ignored.
    ///
    /// Near is a third of the letters, at least one, at most three. Longer names that begin with `name` are near too, when it
    /// has two letters or more.
    public static func find(_ name: String, in candidates: some Sequence<String>) -> [String] {
        // Walking so far at most keeps a huge word from being copied.
        guard name.utf8.prefix(lengthMax * 4 + 1).count <= lengthMax * 4 else { return [] }
        let wanted = Array(name.lowercased())
        guard !wanted.isEmpty, wanted.count <= lengthMax else { return [] }
        let limit = min(3, max(1, wanted.count / 3))

        var ranked: [(distance: Int, name: String)] = []
        for candidate in Set(candidates) {
            let letters = Array(candidate.lowercased())
            guard letters.count <= lengthMax else { continue }
            if let distance = distance(wanted, letters, atMost: limit), distance < min(wanted.count, letters.count) {
                ranked.append((distance, candidate))
            } else if wanted.count >= 2, letters.starts(with: wanted) {
                ranked.append((limit + 1, candidate))
            }
        }
        ranked.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
        return ranked.prefix(countMax).map(\.name)
    }

    /// `did you mean 'model'?`, `did you mean 'a', 'b' or 'c'?`; nil without names.
    public static func question(_ names: [String], mark: String = "'") -> String? {
        let quoted = names.map { mark + $0 + mark }
        guard let last = quoted.last else { return nil }
        guard quoted.count > 1 else { return "did you mean \(last)?" }
        return "did you mean \(quoted.dropLast().joined(separator: ", ")) or \(last)?"
    }

    /// How many letters must be inserted, removed, replaced, or swapped with their neighbour: the Damerau-Levenshtein distance
    /// in its restricted form (optimal string alignment), three rows at a time.
    /// - Returns: nil when it is more than `limit`.
    static func distance(_ left: [Character], _ right: [Character], atMost limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            (beforePrevious, previous) = (previous, current)
        }
        let distance = previous[right.count]
        return distance <= limit ? distance : nil
    }
}
