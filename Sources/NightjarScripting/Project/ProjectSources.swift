import Foundation
import LuaRuntime
import NightjarEngine

/// All Lua text of a project as it was at one moment. A generation is made from one of these and nothing else: what a script requires
/// late, and what a fresh interpreter evaluates again, is the text it began with.
public struct ProjectSources: Sendable, Hashable {
    /// Folders whose files are loaded, in this order, after `nightjar.lua`.
    public static let loadedFolders = ["agents", "tools", "commands", "triggers", "formatters"]
    static let settingsFile = "nightjar.lua"
    /// What scripts require.
    static let libraryFolder = "lib"
    /// The project's own tests.
    static let testsFolder = "tests"

    /// Bounds on a project, so that pointing the engine at the wrong folder is an error and not a long wait.
    enum Limits {
        static let filesMax = 5_000
        static let fileBytesMax = 1 << 20
        static let totalBytesMax = 32 << 20
    }

    /// The folder that `require` is confined to.
    public var root: String
    /// Text by path relative to ``root``.
    public var files: [String: String]
    /// What is evaluated, in order.
    public var entries: [String]

    public init(root: String, files: [String: String], entries: [String]) {
        self.root = root
        self.files = files
        self.entries = entries
    }

    /// Reads a project folder, or a single script with the `lib` folder beside it.
    /// - Throws: ``ProjectError``
    public static func read(_ path: String) throws -> ProjectSources {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ProjectError("there is no file or folder \(path); nightjar init \(path) makes a project there")
        }
        return isFolder.boolValue ? try readFolder(path) : try readScript(path)
    }

    private static func readFolder(_ root: String) throws -> ProjectSources {
        let files = try readTree(root, below: "")
        var entries = files[settingsFile] == nil ? [] : [settingsFile]
        for folder in loadedFolders {
            entries += files.keys.filter { $0.hasPrefix(folder + "/") }.sorted()
        }
        guard !entries.isEmpty else {
            throw ProjectError(
                "\(root) holds no scripts: a project has a nightjar.lua, or files in \(loadedFolders.joined(separator: ", ")); nightjar init makes one"
            )
        }
        return ProjectSources(root: root, files: files, entries: entries)
    }

    private static func readScript(_ path: String) throws -> ProjectSources {
        let url = URL(fileURLWithPath: path)
        let root = url.deletingLastPathComponent().path
        let name = url.lastPathComponent
        var files = FileManager.default.fileExists(atPath: "\(root)/\(libraryFolder)") ? try readTree(root, below: libraryFolder) : [:]
        files[name] = try readFile(path, name: name)
        return ProjectSources(root: root, files: files, entries: [name])
    }

    /// Hidden folders and the project's own tests are not part of what runs.
    private static func readTree(_ root: String, below folder: String) throws -> [String: String] {
        var files: [String: String] = [:]
        var total = 0
        var pending = [folder]
        while let folder = pending.popLast() {
            let path = folder.isEmpty ? root : "\(root)/\(folder)"
            for name in try list(path) where !name.hasPrefix(".") {
                let relative = folder.isEmpty ? name : "\(folder)/\(name)"
                if isFolder("\(root)/\(relative)") {
                    if relative != testsFolder, !isLoop(relative, root) { pending.append(relative) }
                } else if name.hasSuffix(".lua") {
                    let text = try readFile("\(root)/\(relative)", name: relative)
                    files[relative] = text
                    total += text.utf8.count
                    guard files.count <= Limits.filesMax, total <= Limits.totalBytesMax else {
                        throw ProjectError(
                            "\(root) holds more Lua than a project may have (\(Limits.filesMax) files, \(Limits.totalBytesMax >> 20) MiB); is it the right folder?"
                        )
                    }
                }
            }
        }
        return files
    }

    private static func list(_ path: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw ProjectError("the folder \(path) cannot be read: \(FileFailure.reason(error))")
        }
    }

    private static func readFile(_ path: String, name: String) throws -> String {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw ProjectError("cannot be read: \(FileFailure.reason(error))", file: name)
        }
        guard data.count <= Limits.fileBytesMax else {
            throw ProjectError("is larger than a script may be (\(Limits.fileBytesMax >> 20) MiB)", file: name)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ProjectError("is not UTF-8 text", file: name)
        }
        return text
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// A symbolic link to a folder above itself.
    private static func isLoop(_ relative: String, _ root: String) -> Bool {
        let real = URL(fileURLWithPath: "\(root)/\(relative)").resolvingSymlinksInPath().path
        let parent = URL(fileURLWithPath: "\(root)/\(relative)").deletingLastPathComponent().resolvingSymlinksInPath().path
        return parent == real || parent.hasPrefix(real + "/")
    }

    static func candidates(forModule name: String) -> [String] {
        let path = name.replacing(".", with: "/")
        return ["\(path).lua", "\(path)/init.lua"]
    }

    /// The file that `require(name)` means: `lib.kube` is `lib/kube.lua`, or `lib/kube/init.lua`.
    func module(_ name: String) -> LuaSource? {
        for candidate in Self.candidates(forModule: name) {
            if let text = files[candidate] { return LuaSource(name: candidate, text: text) }
        }
        return nil
    }
}
