import Foundation

/// The project that is shown: one script, in a folder that lasts as long as the show.
struct TryProject: Sendable {
    let folder: String
    var script: String { folder + "/nightjar.lua" }
    /// What the engine prints, and what it logs.
    var output: String { folder + "/.output" }
    var log: String { folder + "/.log" }

    static func withProject(_ declaration: String, _ body: (TryProject) async throws -> Void) async throws {
        // A short name: the path of the engine's local socket has little room.
        let folder = FileManager.default.temporaryDirectory.appending(path: "nj-try-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let project = TryProject(folder: folder.path)
        try Data("\(declaration)\n\n\(lua)".utf8).write(to: URL(fileURLWithPath: project.script))
        try await body(project)
    }

    /// Needs no key and no network: its model is a function, which thinks word by word.
    private static let lua = """
        settings { default_agent = "helper" }

        model "offline" {
          provider = "lua",
          respond = function(request)
            local text = "You said: " .. request.input
            if request.input:lower():find("nightjar", 1, true) then
              text = "A *nightjar* is a bird that flies by moonlight. It sleeps on the ground all day, and nobody sees it, since it "
                .. "looks like dry leaves. At dusk it wakes, opens a mouth that is far too wide for its head, and catches moths in "
                .. "the air. This one catches messages."
            end
            local words = text:gmatch("%S+%s*")
            return function()
              sleep("80ms")
              return words()
            end
          end,
        }

        agent "helper" { description = "Knows one bird, and repeats the rest", model = "offline" }

        command("count", {
          description = "Count something",
          usage = "/count [what] [--by=1]",
          run = function(ctx)
            local what = ctx.args[1] or "things"
            local by = tonumber(ctx.flags.by or 1) or ctx:fail("--by must be a number")
            return ("%s: %d"):format(what, state.update("count:" .. what, function(old) return (old or 0) + by end))
          end,
        })

        command("deploy", {
          description = "Deploy a service, after a question",
          usage = "/deploy <service>",
          run = function(ctx)
            local service = ctx.args[1] or ctx:fail("which service?")
            local answer = ctx:ask("Deploy " .. service .. " to production?", { "Deploy it", "Better not" }, "10m")
            return answer == "Deploy it" and service .. " is on its way." or "Nothing happens."
          end,
        })
        """
}
