import Foundation
import NightjarEngine

/// Keeps a second engine off a project whose engine runs: its store may be another, but the local socket and the platforms' messages
/// are there only once.
struct EngineLock {
    private let lock: OwnerLock?

    /// - Throws: ``CommandFailure`` when an engine runs for the project.
    init(_ project: ProjectPath) throws {
        let file = URL(fileURLWithPath: project.lockPath)
        // Where no file can be made there is no socket either, which is the server's to say.
        try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        do throws(OwnerLock.Failure) {
            lock = try OwnerLock(path: file.path)
        } catch {
            guard case .held(let owner) = error else {
                lock = nil
                return
            }
            throw CommandFailure(
                .unavailable,
                """
                an engine runs for \(project.shown) already\(owner.map { ", as process \($0)" } ?? ""); \
                nightjar reload \(project.argument) gives it the scripts as they are now, and SIGTERM stops it
                """)
        }
    }

    func release() { lock?.release() }
}
