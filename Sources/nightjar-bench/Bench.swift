import ArgumentParser

/// `scripts/bench`: every figure as one line of JSON, beside a reference that was measured in the same run. Absolute times mean
/// little on shared machines; the ratio is the figure to look at.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nightjar-bench", abstract: "Measure Nightjar against its floors.")

    @Option(help: "The nightjar binary that is measured from outside.")
    var nightjar: String

    @Option(help: "Seconds that each figure over time is measured.")
    var seconds = 5.0

    @Argument(help: "lua, tasks, webhook, platforms, triggers or life; all when none is named.")
    var suites: [String] = []

    func run() async throws {
        let all: [(name: String, run: () async throws -> Void)] = [
            ("lua", { try LuaBench().run() }),
            ("tasks", { try await TaskBench(seconds: seconds).run() }),
            ("webhook", { try await WebhookBench(nightjar: nightjar, seconds: seconds).run() }),
            ("platforms", { try await PlatformBench(nightjar: nightjar, seconds: seconds).run() }),
            ("triggers", { try await TriggerBench(nightjar: nightjar, seconds: seconds).run() }),
            ("life", { try await LifeBench(nightjar: nightjar).run() }),
        ]
        for suite in suites where !all.contains(where: { $0.name == suite }) {
            throw ValidationError("there is no suite \"\(suite)\"")
        }
        for suite in all where suites.isEmpty || suites.contains(suite.name) { try await suite.run() }
    }
}
