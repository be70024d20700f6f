import ArgumentParser
import NightjarScripting

/// `nightjar version`
struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show the versions of the engine and of Lua.")

    /// What `nightjar --version` shows.
    static let line = "nightjar \(NightjarVersion.current)"

    func run() throws {
        #if DEBUG
            let build = "debug"
        #else
            let build = "release"
        #endif
        print("\(Self.line)\n\(NightjarVersion.lua)\n\(build) build")
    }
}
