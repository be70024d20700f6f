import Foundation
import NightjarEngine

/// Looks at the project's folders every half second: for systems without inotify, and file systems that do not report changes.
package struct PollingWatcher: ProjectWatcher {
    let project: WatchedFolders
    let clock: EngineClock

    static let period = Duration.milliseconds(500)

    package func changes() throws -> AsyncStream<Void> {
        AsyncStream(unfolding: { [project, clock] in
            let before = Self.fingerprint(project)
            while !Task.isCancelled {
                do { try await clock.sleep(for: Self.period) } catch { return nil }
                if Self.fingerprint(project) != before { return () }
            }
            return nil
        })
    }

    private static func fingerprint(_ project: WatchedFolders) -> [String: Date] {
        var found: [String: Date] = [:]
        let keys: [URLResourceKey] = [.contentModificationDateKey]
        let files = FileManager.default.enumerator(
            at: URL(fileURLWithPath: project.root), includingPropertiesForKeys: keys, options: [.skipsHiddenFiles])
        while let url = files?.nextObject() as? URL {
            guard url.pathExtension == "lua" else {
                let folder = url.deletingLastPathComponent().path
                if url.hasDirectoryPath, !project.contains(url.lastPathComponent, in: folder) { files?.skipDescendants() }
                continue
            }
            found[url.path] = (try? url.resourceValues(forKeys: Set(keys)))?.contentModificationDate ?? .distantPast
        }
        return found
    }
}
