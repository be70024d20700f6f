import Foundation
import NightjarEngine

/// The project that `nightjar init` makes: small, commented, and working without a key or a network.
public enum ProjectTemplate {
    /// Writes what is not there yet.
    /// - Returns: the files written, relative to the folder.
    /// - Throws: ``ProjectError`` when the folder cannot be written.
    public static func write(to folder: String) throws -> [String] {
        var written: [String] = []
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            let file = URL(fileURLWithPath: folder).appendingPathComponent(path)
            // The stubs belong to this version of the engine; everything else belongs to the person.
            let isGenerated = path.hasPrefix(".nightjar/")
            guard isGenerated || !FileManager.default.fileExists(atPath: file.path) else { continue }
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            } catch {
                throw ProjectError("\(path) cannot be written in \(folder): \(FileFailure.reason(error))")
            }
            written.append(path)
        }
        return written
    }

    private static var files: [String: String] {
        var files = scripts
        files[StubGenerator.configurationFile] = StubGenerator.configuration()
        files["\(StubGenerator.stubsFolder)/\(StubGenerator.stubsFile)"] = StubGenerator.stubs()
        files[".gitignore"] = ".nightjar/\n"
        return files
    }

    private static let scripts = [
        "nightjar.lua": """
        -- Settings, platforms and models. Every other file may use what is declared here.
        settings {
          default_agent = "helper",     -- who answers messages that are no command
          max_tasks_per_user = 3,
        }

        -- The generic webhook: POST {"user":"ann","channel":"ops","text":"/list agents"} to it.
        -- Without a secret or a token it is open on this machine only.
        platform "webhook" { path = "/webhooks/generic" }

        -- A model written in Lua. Replace it with a real one when you have a key:
        -- model "claude" { provider = "anthropic", name = "claude-sonnet-4-5", api_key = secret "ANTHROPIC_API_KEY" }
        model "offline" {
          provider = "lua",
          respond = function(request) return "You said: " .. request.input end,
        }

        """,
        "agents/helper.lua": """
        agent "helper" {
          description = "Answers questions",
          model = "offline",
          instructions = "You help people in a chat. Be brief.",
          tools = { "clock" },
        }

        """,
        "tools/clock.lua": """
        tool "clock" {
          description = "The time now, in UTC",
          parameters = {},
          idempotent = true,
          run = function(args, ctx) return time.iso(time.now()) end,
        }

        """,
        "commands/hello.lua": """
        -- /hello Ann
        command("hello", {
          description = "Say hello",
          usage = "/hello <name>",
          run = function(ctx)
            local name = ctx.args[1] or ctx:fail("whom? Usage: /hello <name>")
            return "Hello, " .. name .. "!"
          end,
        })

        """,
        "triggers/heartbeat.lua": """
        every("1h", "heartbeat", function(ctx)
          state.heartbeats = (state.heartbeats or 0) + 1
          log.info("still here", { count = state.heartbeats })
        end)

        """,
    ]
}
