/// Bounds on checking declarations.
enum SchemaLimits {
    /// Problems told of one declaration: whoever has more will not read them all.
    static let problemsMax = 50
    /// Known keys that an error lists; more would hide the point.
    static let listedKeysMax = 12
    /// Characters of a line that an excerpt shows.
    static let excerptLineLengthMax = 120
}
