/// What went wrong in a store, and what a person can do about it.
public struct StoreError: Error, Sendable, CustomStringConvertible {
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        public var description: String
        public init(_ description: String) { self.description = description }

        /// Another process owns the file.
        public static let locked = Code("store_locked")
        /// The file was written by a newer version of Nightjar.
        public static let newerSchema = Code("store_newer")
        /// The disk is full, or refuses to write.
        public static let full = Code("store_full")
        /// The file is damaged or no store at all.
        public static let corrupt = Code("store_corrupt")
        /// The file or its folder cannot be opened.
        public static let unavailable = Code("store_unavailable")
        /// The store was closed.
        public static let closed = Code("store_closed")
        /// The place in a list is none that the store gave out.
        public static let badCursor = Code("store_cursor")
        /// A write breaks the store's rules, like a second task of the same id: a defect of the caller.
        public static let refused = Code("store_refused")
    }

    public var code: Code
    public var message: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    public var description: String { message }

    /// Whether the same step may succeed later: the disk has room again, the file is free.
    public var isTransient: Bool { [.full, .locked, .unavailable].contains(code) }
}
