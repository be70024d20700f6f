/// What a value in a declaration may be.
///
/// The one description that checks, error texts, editor stubs and the reference are made from.
package indirect enum FieldType: Sendable, Equatable {
    case string(StringRule)
    case boolean
    /// A number without a fraction; `Int64.max` as the upper bound means there is none.
    case integer(ClosedRange<Int64>)
    /// An infinite upper bound means there is none.
    case number(ClosedRange<Double>)
    /// Text such as `1h30m`, or seconds as a number.
    case duration(DurationRule)
    /// An object made by `secret "NAME"`, or plain text.
    case secret
    case function(FunctionShape)
    case list(FieldType)
    /// A table whose keys are free.
    case map(FieldType)
    /// One of some words.
    case choice([String])
    /// The first alternative that fits decides which error is told.
    case oneOf([FieldType])
    case table([FieldSchema])
    /// A table described elsewhere; it may describe itself again.
    case declared(DeclaredTable)
    /// Strings, numbers, booleans, and tables of them.
    case json
    /// Text that is a Lua pattern.
    case pattern
    /// ISO 8601 text with its offset from UTC.
    case timestamp

    /// Any text.
    package static let string = FieldType.string(.any)
    /// Text with something in it.
    package static let text = FieldType.string(.filled)

    package static func integer(from least: Int64) -> FieldType { .integer(least...Int64.max) }
}
