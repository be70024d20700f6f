import Foundation

/// The `PATH` argument: a project's folder, or a single script.
struct ProjectPath {
    let path: String
    /// The project's folder; for a script, the one it is in.
    let folder: String

    init(_ argument: String) {
        let url = URL(fileURLWithPath: argument).standardizedFileURL
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        path = url.path
        folder = exists && !isFolder.boolValue ? url.deletingLastPathComponent().path : url.path
    }

    /// - Throws: ``CommandFailure`` when there is nothing at the path: nothing is made there by mistake.
    func checkExists() throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(.usage, "there is no file or folder \(path); nightjar init \(path) makes a project there")
        }
    }

    /// Where the running engine listens for `nightjar reload`.
    var socketPath: String { folder + "/.nightjar/engine.sock" }
}
