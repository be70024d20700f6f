/// Bounds of the scripts' `state` table, which is held in memory as a whole.
package enum StateLimits {
    /// One value, as JSON text: more belongs into files or a database.
    package static let valueBytesMax = 256 << 10
    package static let keysMax = 10_000
    package static let keyBytesMax = 256
    /// Tries of one `state.update` while other interpreters write the same key; each lost try means that somebody else got on.
    static let updateTriesMax = 100
}
