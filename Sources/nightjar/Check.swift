import ArgumentParser
import Foundation
import Logging
import NightjarEngine
import NightjarModels
import NightjarScripting

/// `nightjar check`
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Load and validate a project; run nothing.")

    @Argument(help: "The project's folder, or a single script.")
    var path = "."

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let project = ProjectPath(path)
        try project.checkExists()
        var logger = Logger(label: "nightjar.check")
        logger.logLevel = .critical
        let box = DefinitionsBox()
        let problems = try await Clients.withClients(logger: logger) { [logger] clients in
            let dependencies = EngineHost.dependencies(
                project, state: StateTable(store: MemoryStore()), secrets: .placeholder, clients: clients, logger: logger)
            return await ScriptHost(path: project.path, dependencies: dependencies).load { box.definitions = $0 }
        }
        let report = CheckReport(problems: problems, definitions: box.definitions, now: EngineClock.system.now)
        print(json ? report.json : report.text)
        if box.definitions == nil { throw CommandFailure(.scriptErrors, "") }
    }
}
