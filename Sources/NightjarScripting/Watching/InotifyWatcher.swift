#if os(Linux)
    // Dispatch does not say so, but its sources may be cancelled from any thread.
    @preconcurrency import Dispatch
    import Foundation
    import Glibc

    /// Watches the folders of a project with inotify(7).
    ///
    /// Folders are watched, not files, since editors save by renaming; so are the folders that symbolic links lead to. After
    /// every burst the set of watched folders is made anew, which covers new folders and a queue that overflowed.
    package final class InotifyWatcher: ProjectWatcher {
        private let project: WatchedFolders
        private let descriptor: Int32
        private let queue = DispatchQueue(label: "nightjar.inotify")

        private static let mask = UInt32(
            IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_MOVE_SELF | IN_DELETE_SELF)

        /// - Throws: ``ProjectError`` when the system has no more inotify instances.
        package init(_ project: WatchedFolders) throws {
            let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
            guard descriptor >= 0 else {
                throw ProjectError("the system gives no inotify instance (\(String(cString: strerror(errno)))): raise fs.inotify.max_user_instances")
            }
            self.project = project
            self.descriptor = descriptor
        }

        deinit { close(descriptor) }

        package func changes() throws -> AsyncStream<Void> {
            try watchFolders()
            let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
            let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
            // The source holds the watcher, whose end closes the descriptor, until it is cancelled.
            source.setEventHandler { [self] in
                if drain() {
                    try? watchFolders()
                    continuation.yield()
                }
            }
            continuation.onTermination = { _ in source.cancel() }
            source.resume()
            return stream
        }

        /// Empties the queue of events, whose contents do not matter.
        /// - Returns: whether there was one.
        private func drain() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 16 << 10)
            var any = false
            while read(descriptor, &buffer, buffer.count) > 0 { any = true }
            return any
        }

        /// Adds all folders, also those that were added before: another one may have taken a path since, and adding the same one
        /// again changes nothing.
        func watchFolders() throws {
            for folder in Self.folders(of: project) where inotify_add_watch(descriptor, folder, Self.mask) < 0 && errno == ENOSPC {
                throw ProjectError("the system watches too many folders: raise fs.inotify.max_user_watches")
            }
        }

        static func folders(of project: WatchedFolders) -> Set<String> {
            var found: Set<String> = []
            var pending = [project.root]
            while let folder = pending.popLast() {
                let real = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
                guard found.insert(real).inserted else { continue }
                for name in (try? FileManager.default.contentsOfDirectory(atPath: real)) ?? [] {
                    let path = "\(real)/\(name)"
                    var isFolder: ObjCBool = false
                    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
                    if isFolder.boolValue {
                        if project.contains(name, in: folder) { pending.append(path) }
                    } else if name.hasSuffix(".lua"), isLink(path) {
                        pending.append(URL(fileURLWithPath: path).resolvingSymlinksInPath().deletingLastPathComponent().path)
                    }
                }
            }
            return found
        }

        private static func isLink(_ path: String) -> Bool {
            var status = stat()
            return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
        }
    }
#endif
