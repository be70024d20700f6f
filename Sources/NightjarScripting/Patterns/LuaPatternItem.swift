/// One step of a pattern.
enum LuaPatternItem: Sendable, Equatable {
    enum Repetition: Sendable {
        case once
        /// `?`
        case optional
        /// `*`: as many as there are.
        case most
        /// `+`
        case mostFromOne
        /// `-`: as few as will do.
        case least
    }

    case single(ByteSet, Repetition)
    case captureStart
    case captureEnd(Int)
    /// `()`
    case capturePosition
    /// `%1`; counted from 0.
    case backReference(Int)
    /// `%bxy`
    case balance(UInt8, UInt8)
    /// `%f[set]`
    case frontier(ByteSet)
    /// `$` at the end.
    case end
}
