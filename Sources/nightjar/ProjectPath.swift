import Foundation

/// The `PATH` argument: a project's folder, or a single script.
struct ProjectPath {
    /// As it was typed.
    let argument: String
    let path: String
    /// The project's folder; for a script, the one it is in.
    let folder: String
    /// A script's name without its ending; nil for a folder.
    private let script: String?

    init(_ argument: String) {
        let url = URL(fileURLWithPath: argument).standardizedFileURL
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        self.argument = argument
        path = url.path
        // A script that is gone for a moment, while an editor saves it, is still no folder.
        let isScript = exists ? !isFolder.boolValue : url.pathExtension == "lua"
        folder = isScript ? url.deletingLastPathComponent().path : url.path
        script = isScript ? url.deletingPathExtension().lastPathComponent : nil
    }

    /// - Throws: ``CommandFailure`` when there is nothing at the path: nothing is made there by mistake.
    func checkExists() throws {
        guard !argument.isEmpty else {
            throw CommandFailure(
                .usage, "the path is empty; name a project's folder or a script, or leave it out for the folder you are in")
        }
        guard !FileManager.default.fileExists(atPath: path) else { return }
        throw CommandFailure(
            .usage,
            script == nil
                ? "there is no file or folder \(argument); nightjar init \(argument) makes a project there"
                : "there is no script \(argument); nightjar init DIR makes a project in a folder to begin with")
    }

    /// The project in the words of messages.
    var shown: String { argument == "." ? "this folder" : argument }

    // MARK: What the engine keeps beside the scripts

    // Scripts in one folder are bots of their own, so what is a script's bears its name.
    var storePath: String { kept("state.db", orForScript: "db") }
    /// Where the running engine listens for `nightjar reload`.
    var socketPath: String { kept("engine.sock", orForScript: "sock") }
    /// Held by the engine that runs.
    var lockPath: String { kept("engine.lock", orForScript: "lock") }
    /// What was typed in `nightjar chat`.
    var historyPath: String { kept("history", orForScript: "history") }

    private func kept(_ name: String, orForScript ending: String) -> String {
        "\(folder)/.nightjar/\(script.map { "\($0).\(ending)" } ?? name)"
    }
}
