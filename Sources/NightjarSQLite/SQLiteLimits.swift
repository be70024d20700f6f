/// The limits of the SQLite store.
enum SQLiteLimits {
    /// Most writes in one transaction: beyond some hundred the wait for the disk is shared thinly enough, and
    /// what has to be run again after a failure stays small.
    static let groupSizeMax = 1_000
    /// Callers whom the writer wakes itself: for more, a step aside to another thread costs it less.
    static let wokenByWriterMax = 4
    /// Connections for reading. Reads are short, so a few keep a slow listing from holding up the rest.
    static let readersMax = 4
    /// Seconds to wait for a foreign program that has locked the file, such as a person with the `sqlite3` shell.
    static let foreignLockWaitSeconds = 5.0
    /// Page cache of a connection in KiB: the indexes of some 100,000 tasks.
    static let cacheKiB = 32 * 1024
    /// Pages of the write-ahead log before they are copied into the file: 16 MiB. A page that is written often is
    /// copied once per round, so longer rounds cost less; a start after a crash reads this much.
    static let checkpointPages = 4_000
}
