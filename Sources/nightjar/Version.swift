import ArgumentParser
import NightjarScripting

/// `nightjar version`
struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show the versions of the engine and of Lua.")

    func run() throws {
        #if DEBUG
            let build = "debug"
        #else
            let build = "release"
        #endif
        print("nightjar \(NightjarVersion.current)\n\(NightjarVersion.lua)\n\(build) build")
    }
}
