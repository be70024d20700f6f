/// A project on one platform, for what has to hold on all of them.
enum PlatformProject {
    /// An agent that repeats what it is told, and a command.
    static func make(_ scene: any PlatformScene, _ more: String = "") throws -> ScratchProject {
        try ScratchProject(["nightjar.lua": Lua.base + scene.declaration + "\n" + Lua.command("ping", answering: "pong") + more])
    }
}
