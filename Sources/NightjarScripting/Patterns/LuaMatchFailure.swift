/// Why a match was given up.
enum LuaMatchFailure: Error, Equatable {
    /// Over the number of steps that it may take.
    case tooLong
    /// Too many of the pattern's items depend on one another; Lua itself has this limit.
    case tooComplex
    case cancelled
}
