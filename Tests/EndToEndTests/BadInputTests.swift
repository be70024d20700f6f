import NightjarEngine
import Testing

extension EndToEnd {
    /// Whatever a client sends, it is told what is wrong with it, and the engine works on.
    @Suite struct BadInputTests {
        struct Row: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var bytes: [UInt8]
            var query = "?wait=20s"
            var status = 400
            /// What the answer says.
            var says: String
            var headers: [String: String] = [:]
        }

        static func row(_ name: String, _ body: String, query: String = "?wait=20s", status: Int = 400, says: String) -> Row {
            Row(testDescription: name, bytes: Array(body.utf8), query: query, status: status, says: says)
        }

        static func said(_ name: String, _ text: String, says: String) -> Row {
            row(name, HTTPDriver.message(text).text, status: 200, says: says)
        }

        static let large = [UInt8](repeating: 0x61, count: 10_000_000)

        static let rows = [
            row("no JSON", "{bad", says: "line 1, column 2"),
            row("nothing", "", says: "JSON"),
            row("another type of document", "[1]", says: "JSON object"),
            row("cut off", #"{"user":"ann","#, says: "line 1, column 15"),
            row("very deep", String(repeating: "[", count: 100_000), says: "JSON"),
            row("a number for a text", #"{"user":1,"channel":"c","text":"x"}"#, says: #"\"user\" must be a string"#),
            row("no text", #"{"user":"ann","channel":"c"}"#, says: #"\"text\" is missing"#),
            row("an empty text", #"{"user":"ann","channel":"c","text":"  "}"#, says: #"\"text\" is empty"#),
            row("a NUL", #"{"user":"ann","channel":"c","text":"a\u0000b"}"#, says: "NUL"),
            row("half of a surrogate pair", #"{"user":"ann","channel":"c","text":"a\ud800b"}"#, says: "column"),
            Row(
                testDescription: "invalid UTF-8", bytes: Array(#"{"user":"ann","channel":"c","text":""#.utf8) + [0xFF, 0xFE, 0x22, 0x7D],
                says: "UTF-8"),
            row("a wait that is none", HTTPDriver.message("/list agents").text, query: "?wait=soon", says: "'soon' is not a duration"),
            row("a callback to somewhere", #"{"user":"a","channel":"c","text":"x","callback_url":"http://10.0.0.1/"}"#, says: "10.0.0.1"),
            Row(testDescription: "10 MB", bytes: large, status: 413, says: "larger than 1048576 bytes"),
            said("a quote without end", #"/shout "hello"#, says: "never closed"),
            said("an unknown verb", "/frobnicate x", says: "Unknown command"),
            said("a verb with a typo", "/lsit agents", says: "list"),
            said("an unknown agent", "/run agent ecko hi", says: "'echo'"),
            said("no agent", "/run agent", says: "Usage: /run agent"),
            said("an unknown task", "/status task zzzz", says: "no task zzzz"),
            said("too little of a task's id", "/cancel task z", says: "4 characters"),
            said("a handler that fails", "/broken", says: "nightjar.lua:"),
            said("a handler that throws a table", "/thrown", says: "error"),
            said("a handler that never ends", "/endless", says: "handler_timeout"),
            said("a handler that eats memory", "/hungry", says: "memory"),
        ]

        static let project = [
            "nightjar.lua": Lua.base + """
                command("shout", { description = "Louder", run = function(ctx) return table.concat(ctx.args, " "):upper() end })
                command("broken", { description = "Fails", run = function(ctx) local nothing; return nothing.field end })
                command("thrown", { description = "Throws", run = function(ctx) error({ odd = true }) end })
                command("endless", { description = "Never ends", run = function(ctx) while true do end end })
                command("hungry", { description = "Eats", run = function(ctx) return ("x"):rep(1 << 30) end })

                """
        ]

        @Test(.timeLimit(.minutes(1)))
        func `each kind of bad input is told what is wrong with it, and the engine works on`() async throws {
            try await NightjarProcess.run(try ScratchProject(Self.project)) { process, http in
                for row in Self.rows {
                    let answer = try await http.post("/in\(row.query)", bytes: row.bytes, headers: row.headers)
                    #expect(answer.status == row.status, "\(row.testDescription): \(answer.body.prefix(500))")
                    #expect(answer.body.contains(row.says), "\(row.testDescription): \(answer.body.prefix(500))")
                    #expect(!answer.body.contains("stack traceback"), "\(row.testDescription)")
                    #expect(process.end == nil, "\(row.testDescription) ended the engine: \(process.log)")
                }
                #expect(try await http.say("still there?").replies == ["still there?"])
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `unknown paths, methods, hosts and queries are refused in a way that programs understand`() async throws {
            try await NightjarProcess.run(try ScratchProject(Self.project)) { _, http in
                for (path, code) in [
                    "/nothing": "unknown_path", "/in": "wrong_method", "/api/v1/tasks/zzzzzz": "unknown_task",
                    "/api/v1/messages/zzzzzz": "unknown_message", "/api/v1/tasks?state=odd": "bad_state",
                    "/api/v1/tasks?limit=0": "bad_limit", "/api/v1/tasks?cursor=%00": "bad_cursor",
                ] {
                    let answer = try await http.get(path)
                    #expect(answer["code"].string == code, "\(path): \(answer.body)")
                    #expect(answer["status"].integer.map(Int.init) == answer.status, "\(path): \(answer.body)")
                }
                for (path, code) in [
                    "/webhooks/slack": "unknown_path", "/api/v1/triggers/none/run": "unknown_trigger", "/api/v1/tasks": "bad_field",
                    "/healthz": "wrong_method",
                ] {
                    let answer = try await http.post(path)
                    #expect(answer["code"].string == code, "\(path): \(answer.body)")
                }
                for path in ["/api/v1/tasks", "/api/v1/reload", "/in"] {
                    let answer = try await http.post(path, HTTPDriver.message("x"), headers: ["origin": "https://example.org"])
                    #expect(answer["code"].string == "foreign_origin", "\(path): \(answer.body)")
                }
            }
        }
    }
}
