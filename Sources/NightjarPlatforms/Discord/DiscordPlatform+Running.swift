import Logging
import NIOHTTP1
import NightjarEngine

extension DiscordPlatform: ConnectedPlatform {
    func run(_ inlet: PlatformInlet) async throws {
        await introduceSelf()
        try await withThrowingTaskGroup(of: Void.self) { group in
            if options.registersCommands { group.addTask { try await registerCommands(inlet) } }
            if options.usesGateway { group.addTask { try await DiscordGateway(self, inlet).run() } }
            // The first failure ends the others.
            for try await _ in group {}
        }
    }

    /// Says in the log who the bot is, so that a wrong token is seen before the first answer is lost.
    private func introduceSelf() async {
        do {
            let user = try await api.perform(.init(method: .GET, path: "/users/@me", label: "the bot's name"))
            memory.botUser = user["id"]?.string
            logger.info("Discord knows the bot", metadata: ["platform": "\(name)", "bot": "\(user["username"]?.string ?? "")"])
        } catch let failure as DiscordFailure {
            logger.error(
                "Discord refuses the bot token",
                metadata: ["platform": "\(name)", "error": "\(failure.deliveryError(channel: ""))"])
        } catch {
            logger.warning("the bot token could not be looked at", metadata: ["platform": "\(name)", "error": "\(error)"])
        }
    }

    /// Keeps Discord's list of commands like the scripts'. A failure stops nothing else: with a prefix they can be typed without it.
    private func registerCommands(_ inlet: PlatformInlet) async throws {
        var registered: DiscordCommandList?
        for await commands in inlet.commands() {
            let list = DiscordCommandList(commands)
            guard list != registered else { continue }
            if try await register(list) { registered = list }
        }
    }

    /// Tries until Discord takes the list, or says that it never will.
    private func register(_ list: DiscordCommandList) async throws -> Bool {
        var pause = DiscordLimits.pauseMin
        while true {
            do {
                try await api.perform(
                    .init(
                        method: .PUT, path: "/applications/\(options.applicationID)/commands", label: "the commands",
                        body: .array(list.entries)))
                logger.info(
                    "the commands are registered with Discord",
                    metadata: [
                        "platform": "\(name)", "commands": "\(list.entries.count)",
                        "left.out": "\(list.leftOut.joined(separator: " "))",
                    ])
                return true
            } catch {
                try Task.checkCancellation()
                let failure = (error as? DiscordFailure)?.deliveryError(channel: "") ?? error as? DeliveryError
                logger.warning(
                    "the commands could not be registered with Discord",
                    metadata: ["platform": "\(name)", "error": "\(failure ?? error)"])
                guard failure?.isRetryable == true else { return false }
                try await clock.sleep(for: max(failure?.retryAfter ?? pause, DiscordLimits.pauseMin))
                pause = min(pause * 2, DiscordLimits.pauseMax)
            }
        }
    }
}
