import Foundation

/// The folders whose changes may be changes of a project: all of them below a project's folder; for a single script, which may lie
/// anywhere (in a home folder, say), only its own folder and the `lib` beside it.
package struct WatchedFolders: Sendable {
    package let root: String
    /// The folders in the root that count; nil for all.
    private let only: Set<String>?

    /// - Parameter path: the project's folder, or a single script.
    package init(path: String) {
        var isFolder: ObjCBool = false
        let isScript = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
        root = isScript ? URL(fileURLWithPath: path).deletingLastPathComponent().path : path
        only = isScript ? [ProjectSources.libraryFolder] : nil
    }

    /// - Parameter folder: ``root``, or one below it.
    func contains(_ name: String, in folder: String) -> Bool {
        guard let only, folder == root else { return !name.hasPrefix(".") }
        return only.contains(name)
    }
}
