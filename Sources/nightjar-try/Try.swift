import ArgumentParser
import Foundation

/// `scripts/try-platform NAME`: the real engine and a platform's stand-in, talking to each other on this machine.
@main
struct Try: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nightjar-try", abstract: "Watch Nightjar talk to people on a platform, without an account there.")

    /// Each platform that has a stage, by its name.
    static let stages: [any VendorStage.Type] = [DiscordStage.self, SlackStage.self, TelegramStage.self, WhatsAppStage.self]

    @Argument(help: "One of: \(stages.map { $0.name }.joined(separator: ", ")).")
    var platform: String

    @Option(help: "The nightjar binary; the one beside this program if not given.")
    var nightjar: String?

    func run() async throws {
        guard let stage = Self.stages.first(where: { $0.name == platform }) else {
            let names = Self.stages.map { $0.name }.joined(separator: ", ")
            throw ValidationError("there is no stand-in for \"\(platform)\"; there is: \(names)")
        }
        try await play(stage)
    }

    private func play<Stage: VendorStage>(_ stage: Stage.Type) async throws {
        let binary = nightjar ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "nightjar").path
        guard FileManager.default.isExecutableFile(atPath: binary) else {
            throw ValidationError("there is no program at \(binary); 'swift build --product nightjar' makes it, or say --nightjar PATH")
        }
        try await Stage.withStage { try await Show(stage: $0, nightjar: binary, screen: Screen()).run() }
    }
}
