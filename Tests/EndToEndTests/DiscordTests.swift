import Foundation
import NightjarEngine
import NightjarTesting
import Testing

extension EndToEnd {
    /// A Discord application, with a stand-in that knows an interaction only some time after it has been answered, as Discord itself.
    @Suite struct DiscordTests {
        private static func project(_ scene: DiscordScene) throws -> ScratchProject {
            let quiet = #"command("quiet", { description = "Says nothing", run = function(ctx) end })"#
            return try PlatformProject.make(scene, quiet + "\n")
        }

        private static func type(_ command: String, _ scene: DiscordScene, _ http: HTTPDriver) async throws {
            if scene.usesGateway {
                try await eventually("a connection") { scene.discord.isConnected }
                try await scene.discord.bring(scene.discord.command(command, at: Timestamp(Date.now)))
            } else {
                #expect(try await scene.say("/\(command)", http) == [200])
            }
        }

        @Test(.timeLimit(.minutes(2)), arguments: [false, true])
        func `handlers that are faster than Discord are shown soon, and those that say nothing leave nothing`(usesGateway: Bool) async throws {
            try await DiscordScene.withScene(usesGateway: usesGateway) { scene in
                scene.discord.setInteractionLag(.milliseconds(600))
                try await NightjarProcess.run(Self.project(scene), environment: scene.secrets) { process, http in
                    for round in 1...3 {
                        try await Self.type("quiet", scene, http)
                        try await eventually("what is awaited") { !scene.discord.awaited.isEmpty }
                        try await eventually("\"is thinking\" is gone") { scene.discord.awaited.isEmpty }
                        try await Self.type("ping", scene, http)
                        let answers = try await scene.answers("the answer") { $0.count == round }
                        #expect(answers.last?.text == "pong")
                    }
                    // What the outbox tries again, it says.
                    #expect(!process.log.contains("could not be delivered"))
                    #expect(scene.faults.isEmpty && scene.discord.awaited.isEmpty)
                }
            }
        }
    }
}
