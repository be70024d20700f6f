/// Tells when files of a project may have changed. What changed, and whether it matters, is found out by reading the project again.
package protocol ProjectWatcher: Sendable {
    /// One element for each burst of changes; it ends when the watcher cannot go on.
    /// - Throws: ``ProjectError`` when the folder cannot be watched.
    func changes() throws -> AsyncStream<Void>
}
