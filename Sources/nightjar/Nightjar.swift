import ArgumentParser
import NightjarEngine
import NightjarServer
import NIOCore

/// The command line. Each command is a type of its own; what they have in common is in ``EngineHost``.
@main
struct Nightjar: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nightjar",
        abstract: "A chat-ops agent engine: Swift executes, Lua decides.",
        version: Version.line,
        subcommands: [Run.self, Check.self, Chat.self, Init.self, Reload.self, Version.self]
    )

    static func main() async {
        // A request also passes through Swift's own threads and Lua's: with an event loop on every core they would only take turns.
        NIOSingletons.groupLoopCountSuggestion = max(1, System.coreCount / 2)
        do {
            try UnknownCommand.check(CommandLine.arguments.dropFirst(), known: configuration.subcommands.map { $0._commandName })
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as CommandFailure {
            error.exit()
        } catch let error as StoreError {
            CommandFailure(.unavailable, error.message).exit()
        } catch let error as NightjarServerError {
            CommandFailure(.unavailable, error.description).exit()
        } catch {
            let code = exitCode(for: error)
            guard code == .validationFailure else { exit(withError: error) }
            // Usage errors are told on standard error and end with EX_USAGE.
            StandardError.write(fullMessage(for: error) + "\n")
            Process.exit(.usage)
        }
        Process.exit(.success)
    }
}
