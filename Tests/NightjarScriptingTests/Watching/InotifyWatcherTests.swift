#if os(Linux)
    import Foundation
    @testable import NightjarScripting
    import Testing

    /// The real file system: each change is one that editors and deployments make.
    @Suite(.timeLimit(.minutes(1)))
    struct InotifyWatcherTests {
        private let folder: ProjectFolder

        init() throws {
            folder = try ProjectFolder()
            try folder.write("nightjar.lua", "settings {}")
        }

        /// Makes a change and waits until the watcher has told of it.
        private func notices(_ change: () throws -> Void) async throws {
            let changes = try InotifyWatcher(WatchedFolders(path: folder.path)).changes()
            try change()
            var iterator = changes.makeAsyncIterator()
            #expect(await iterator.next() != nil)
        }

        @Test func aWrite() async throws {
            try await notices { try folder.write("nightjar.lua", "settings { verbose = true }") }
        }

        @Test func aSaveByRename() async throws {
            try folder.write(".new", "settings { verbose = true }")
            try await notices { rename(folder.path + "/.new", folder.path + "/nightjar.lua") }
        }

        @Test func aFileInANewFolder() async throws {
            let changes = try InotifyWatcher(WatchedFolders(path: folder.path)).changes()
            var iterator = changes.makeAsyncIterator()
            try FileManager.default.createDirectory(atPath: folder.path + "/agents", withIntermediateDirectories: false)
            #expect(await iterator.next() != nil)
            try folder.write("agents/a.lua", "agent \"a\" {}")
            #expect(await iterator.next() != nil)
        }

        /// A deployment that swaps folders: when the watcher looks again, the path is there as before.
        @Test func aFileInAFolderThatTookTheNameOfAnother() async throws {
            let elsewhere = try ProjectFolder()
            try elsewhere.write("new/a.lua", "agent \"a\" {}")
            try folder.write("agents/a.lua", "agent \"a\" {}")
            let watcher = try InotifyWatcher(WatchedFolders(path: folder.path))
            try watcher.watchFolders()
            #expect(rename(folder.path + "/agents", elsewhere.path + "/old") == 0)
            #expect(rename(elsewhere.path + "/new", folder.path + "/agents") == 0)
            var iterator = try watcher.changes().makeAsyncIterator()
            #expect(await iterator.next() != nil)
            try folder.write("agents/a.lua", "agent \"b\" {}")
            #expect(await iterator.next() != nil)
        }

        /// A script may lie in a home folder.
        @Test func aScriptsNeighboursAreNotWatched() throws {
            for name in ["lib/deep/x.lua", "other/y.lua", "bot.lua"] { try folder.write(name, "") }
            let root = URL(fileURLWithPath: folder.path).resolvingSymlinksInPath().path
            let ofScript = InotifyWatcher.folders(of: WatchedFolders(path: folder.path + "/bot.lua"))
            #expect(ofScript == [root, root + "/lib", root + "/lib/deep"])
            let ofFolder = InotifyWatcher.folders(of: WatchedFolders(path: folder.path))
            #expect(ofFolder == ofScript.union([root + "/other"]))
        }

        @Test func theTargetOfALink() async throws {
            let elsewhere = try ProjectFolder()
            try elsewhere.write("real.lua", "settings {}")
            try FileManager.default.createDirectory(atPath: folder.path + "/agents", withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/agents/linked.lua", withDestinationPath: elsewhere.path + "/real.lua")
            try await notices { try elsewhere.write("real.lua", "settings { verbose = true }") }
        }
    }
#endif
