import LuaRuntime

/// Holds a pattern against one text, step by step as Lua does, with a count of the steps.
struct LuaPatternMachine {
    private struct Capture {
        var start: Int
        /// Nil while it is open, and of a position.
        var end: Int?
        var isPosition = false
    }

    /// Calls inside each other: as many as Lua allows, which the stack has room for.
    private static let depthMax = 200
    /// How often a cancellation is looked for.
    private static let slice = 1 << 16

    private let items: [LuaPatternItem]
    private let text: [UInt8]
    private var captures: [Capture] = []
    private var depth = 0
    private var stepsLeft: Int
    private var sliceLeft = 0

    init(items: [LuaPatternItem], text: [UInt8], stepsMax: Int) {
        self.items = items
        self.text = text
        stepsLeft = stepsMax
    }

    /// - Returns: where the match ends.
    mutating func match(from start: Int) throws(LuaMatchFailure) -> Int? {
        captures.removeAll(keepingCapacity: true)
        return try match(0, at: start)
    }

    /// The captures of the match that was found.
    func values(_ whole: Range<Int>) -> [LuaValue] {
        guard !captures.isEmpty else { return [value(whole)] }
        return captures.map { $0.isPosition ? .integer(Int64($0.start + 1)) : value($0.start..<($0.end ?? $0.start)) }
    }

    /// A capture may cut a character in two.
    private func value(_ range: Range<Int>) -> LuaValue {
        String(validating: text[range], as: UTF8.self).map(LuaValue.string) ?? .bytes(Array(text[range]))
    }

    private mutating func spend(_ steps: Int) throws(LuaMatchFailure) {
        sliceLeft -= steps
        if sliceLeft < 0 { try beginSlice() }
    }

    private mutating func beginSlice() throws(LuaMatchFailure) {
        if Task.isCancelled { throw .cancelled }
        stepsLeft += sliceLeft
        guard stepsLeft >= 0 else { throw .tooLong }
        sliceLeft = min(stepsLeft, Self.slice)
        stepsLeft -= sliceLeft
    }

    @inline(__always)
    private func has(_ set: ByteSet, at position: Int) -> Bool { position < text.count && set.contains(text[position]) }

    // MARK: Items

    private mutating func match(_ first: Int, at start: Int) throws(LuaMatchFailure) -> Int? {
        guard depth < Self.depthMax else { throw .tooComplex }
        depth += 1
        defer { depth -= 1 }
        var (item, position) = (first, start)
        while item < items.count {
            try spend(1)
            switch items[item] {
            case .single(let set, let repetition):
                guard has(set, at: position) else {
                    if repetition == .once || repetition == .mostFromOne { return nil }
                    break
                }
                switch repetition {
                case .once: position += 1
                case .optional:
                    if let end = try match(item + 1, at: position + 1) { return end }
                case .most: return try expand(set, item, from: position, least: position)
                case .mostFromOne: return try expand(set, item, from: position, least: position + 1)
                case .least: return try expandLeast(set, item, from: position)
                }
            case .captureStart: return try capture(Capture(start: position), item, position)
            case .capturePosition: return try capture(Capture(start: position, isPosition: true), item, position)
            case .captureEnd(let number): return try close(number, item, position)
            case .backReference, .balance, .frontier, .end:
                guard let end = try special(items[item], at: position) else { return nil }
                position = end
            }
            item += 1
        }
        return position
    }

    private mutating func expand(_ set: ByteSet, _ item: Int, from start: Int, least: Int) throws(LuaMatchFailure) -> Int? {
        var position = start
        while has(set, at: position) { position += 1 }
        try spend(position - start)
        while position >= least {
            if let end = try match(item + 1, at: position) { return end }
            position -= 1
        }
        return nil
    }

    private mutating func expandLeast(_ set: ByteSet, _ item: Int, from start: Int) throws(LuaMatchFailure) -> Int? {
        var position = start
        while true {
            if let end = try match(item + 1, at: position) { return end }
            guard has(set, at: position) else { return nil }
            position += 1
        }
    }

    private mutating func capture(_ capture: Capture, _ item: Int, _ position: Int) throws(LuaMatchFailure) -> Int? {
        captures.append(capture)
        if let end = try match(item + 1, at: position) { return end }
        captures.removeLast()
        return nil
    }

    private mutating func close(_ number: Int, _ item: Int, _ position: Int) throws(LuaMatchFailure) -> Int? {
        captures[number].end = position
        if let end = try match(item + 1, at: position) { return end }
        captures[number].end = nil
        return nil
    }

    /// What matches in one way only. Returns where that ends.
    private mutating func special(_ item: LuaPatternItem, at position: Int) throws(LuaMatchFailure) -> Int? {
        switch item {
        case .end: return position == text.count ? position : nil
        case .frontier(let set):
            let (before, here) = (position == 0 ? 0 : text[position - 1], position < text.count ? text[position] : 0)
            return !set.contains(before) && set.contains(here) ? position : nil
        case .balance(let open, let close): return try balance(open, close, at: position)
        case .backReference(let number): return try again(captures[number], at: position)
        default: return nil
        }
    }

    private mutating func balance(_ open: UInt8, _ close: UInt8, at start: Int) throws(LuaMatchFailure) -> Int? {
        guard start < text.count, text[start] == open else { return nil }
        var (depth, position) = (1, start + 1)
        while position < text.count {
            try spend(1)
            // The two may be the same.
            if text[position] == close { depth -= 1 } else if text[position] == open { depth += 1 }
            position += 1
            if depth == 0 { return position }
        }
        return nil
    }

    /// A position is no text: it never comes again.
    private mutating func again(_ capture: Capture, at position: Int) throws(LuaMatchFailure) -> Int? {
        guard let end = capture.end, text.count - position >= end - capture.start else { return nil }
        try spend(end - capture.start)
        let isSame = text[capture.start..<end] == text[position..<position + (end - capture.start)]
        return isSame ? position + (end - capture.start) : nil
    }
}
