import ArgumentParser
import Foundation
import Logging
import NightjarEngine
import NightjarPlatforms
import NightjarScripting

/// `nightjar chat`
struct Chat: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Talk to a project's bot in the terminal.",
        discussion: "Piped, it takes one message per line, in order, and waits for every reply and completion.")

    @Argument(help: "The project's folder, or a single script.")
    var path = "."

    @Option(help: "Who is talking; the default is the user who is logged in.")
    var user: String?

    @Option(
        help: "sqlite:FILE or memory; the default is .nightjar/state.db in the project, .nightjar/NAME.db for a script NAME.lua.",
        transform: StoreLocation.parse)
    var store: StoreLocation?

    @OptionGroup var log: LogOptions

    func run() async throws {
        let isTerminal = isatty(STDIN_FILENO) == 1
        // Between the lines of a conversation only what went wrong is worth showing.
        let logger = log.makeLogger(level: max(log.logLevel, .warning))
        let project = ProjectPath(path)
        try await EngineHost.withHost(
            project, store: store ?? .standard(for: project), secrets: .requiredInTerminal, runsTriggers: false, logger: logger
        ) { host in
            try await talk(host, project, isTerminal: isTerminal, logger)
        }
    }

    private func talk(_ host: EngineHost, _ project: ProjectPath, isTerminal: Bool, _ logger: Logger) async throws {
        let screen = TerminalScreen(streams: isTerminal && isatty(STDOUT_FILENO) == 1)
        host.engine.install(TerminalPlatform(screen: screen))
        try await host.engine.prepare()
        // Before the work goes on, or an event could be missed. Who sits at a terminal sees for themselves what comes.
        let takenUp = isTerminal ? [] : try await host.engine.watchOpen(on: TerminalPlatform.platformName).map(\.events)
        if isTerminal && isatty(STDOUT_FILENO) == 1 { print("Ctrl-D leaves.") }
        let address = Address(
            platform: TerminalPlatform.platformName, channel: "terminal", user: user ?? NSUserName())
        let reader: any LineReader = isTerminal ? EditedLines(history: project.historyPath) : PipedLines()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await host.work(logger) }
            if isTerminal {
                group.addTask { await host.reloadOnChange(project, logger) }
            }
            var session = ChatSession(engine: host.engine, address: address, screen: screen)
            for events in takenUp { await session.follow(events) }
            await session.run(reader)
            group.cancelAll()
        }
    }
}
