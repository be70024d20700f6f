import Foundation

/// A project in a folder of its own, gone when the test lets go of it.
final class ScratchProject: Sendable {
    let folder: URL
    var path: String { folder.path }
    var storePath: String { path + "/.nightjar/state.db" }

    /// - Parameter files: text by path in the project.
    init(_ files: [String: String] = [:]) throws {
        // A short name: the path of the local socket has little room.
        folder = FileManager.default.temporaryDirectory.appending(path: "nj-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    /// A copy of one of the repository's examples.
    convenience init(example: String) throws {
        try self.init()
        let root = URL(fileURLWithPath: #filePath).appending(path: "../../../../examples/\(example)").standardizedFileURL
        for case let url as URL in FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil, options: .skipsHiddenFiles) ?? .init()
        where url.pathExtension == "lua" {
            try write(String(url.standardizedFileURL.path.dropFirst(root.path.count + 1)), String(contentsOf: url, encoding: .utf8))
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func write(_ name: String, _ text: String) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// As editors save: a new file takes the old one's name.
    func writeByRename(_ name: String, _ text: String) throws {
        let new = folder.appending(path: name + "~")
        try Data(text.utf8).write(to: new)
        guard rename(new.path, folder.appending(path: name).path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    func replace(_ name: String, _ old: String, with new: String) throws {
        let text = try read(name)
        guard text.contains(old) else { throw CocoaError(.fileReadCorruptFile) }
        try write(name, text.replacing(old, with: new))
    }

    func replaceIfThere(_ name: String, _ old: String, with new: String) throws {
        try write(name, read(name).replacing(old, with: new))
    }

    func read(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: folder.appending(path: name))
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }
}
