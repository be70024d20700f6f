import Foundation
import NightjarEngine
import Testing

extension EndToEnd {
    @Suite struct FullDiskTests {
        private static let disk = 32 << 20
        /// What the store has before the disk is full.
        private static let room = 1 << 20

        private static let canMount: Bool = {
            #if os(Linux)
                let folder = FileManager.default.temporaryDirectory.path
                return (try? runShell("unshare --mount --map-root-user mount -t tmpfs none \(folder)")) == 0
            #else
                return false
            #endif
        }()

        private static func runShell(_ command: String) throws -> Int32 {
            let process = Foundation.Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "\(command) 2>/dev/null"]
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }

        @Test(.timeLimit(.minutes(2)), .enabled(if: canMount, "needs unshare(1)"))
        func `on a full disk messages are refused and nothing is forgotten, until there is room again`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base, "disk/.keep": ""])
            let shell = """
                exec unshare --mount --map-root-user sh -c '
                  mount -t tmpfs -o size=\(Self.disk) none "\(project.path)/disk"
                  head -c \(Self.disk - Self.room) /dev/zero > "\(project.path)/disk/filler" && exec "$@"' x "$0" "$@"
                """
            let options = ["--store", "sqlite:\(project.path)/disk/state.db"]
            try await NightjarProcess.launch(project, options: options, shell: shell) { process in
                let http = try await process.listening()
                #expect(try await http.say("before", id: "m1").replies == ["before"])
                let (taken, refused) = try await Self.fill(http)
                try await Self.checkRefusal(refused, process, http)

                // The engine's own view of the folder is the only one that has the disk in it.
                try FileManager.default.removeItem(atPath: "/proc/\(process.pid)/root\(project.path)/disk/filler")
                try await eventually("messages are taken again") { try await http.say("after", id: "m2").replies == ["after"] }
                try await Self.checkAnswers(to: taken, http)
                #expect(try await http.say("before", id: "m1").replies == ["before"])
                process.send(SIGTERM)
                #expect(try await process.ended() == .exited(0))
            }
        }

        private static func checkRefusal(_ refused: HTTPDriver.Answer, _ process: NightjarProcess, _ http: HTTPDriver) async throws {
            #expect(refused.status == 503)
            #expect(refused.body.contains("Free some space") || refused.body.contains("cannot be stored"), "\(refused.body)")
            #expect(try await http.health() == "ok")
            for path in ["/api/v1/tasks?limit=1", "/api/v1/agents", "/metrics", "/readyz"] {
                let answer = try await http.get(path)
                #expect(answer.status == 200, "\(path): \(answer.body)")
            }
            #expect(process.end == nil)
            try await pass(.seconds(1))
            #expect(process.log.matches(of: /tasks cannot be claimed/).count < 10, "it asks without a pause")
        }

        /// A limit on the size of files stands for the end of the disk where there is no file system to fill.
        @Test(.timeLimit(.minutes(2)))
        func `a store that cannot grow refuses messages, answers questions, and loses none it took`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base])
            let taken = try await NightjarProcess.launch(project, shell: "trap '' XFSZ; ulimit -f 2048;") { process in
                let http = try await process.listening()
                #expect(try await http.say("before", id: "m1").replies == ["before"])
                let (taken, refused) = try await Self.fill(http)
                try await Self.checkRefusal(refused, process, http)
                return taken
            }
            try await NightjarProcess.run(project) { _, http in
                #expect(try await http.say("after").replies == ["after"])
                try await Self.checkAnswers(to: taken, http)
                #expect(try await http.say("before", id: "m1").replies == ["before"])
            }
        }

        /// Every message that was taken is done, or its sender is told that it could not be.
        private static func checkAnswers(to taken: [String], _ http: HTTPDriver) async throws {
            for id in taken {
                var seen = ""
                let last = try await eventually("message is answered: \(seen.suffix(400))") {
                    let message = try await http.get("/api/v1/messages/\(id)")
                    seen = message.body
                    let last = message.replies.last ?? ""
                    return message["state"] == "handled" && !last.contains("Task started") ? last : nil
                }
                #expect(last.contains("Task completed") || last.contains("The disk refuses to write"), "\(last)")
            }
        }

        /// Sends messages until one is refused.
        private static func fill(_ http: HTTPDriver) async throws -> (taken: [String], refused: HTTPDriver.Answer) {
            let large = String(repeating: "large ", count: 10_000)
            var taken: [String] = []
            for _ in 0..<200 {
                let answer = try await http.post(http.webhookPath, HTTPDriver.message("/run agent echo \(large)"))
                guard answer.status == 202, let id = answer["id"].string else { return (taken, answer) }
                taken.append(id)
            }
            throw NeverHappened(description: "the disk is never full")
        }
    }
}
