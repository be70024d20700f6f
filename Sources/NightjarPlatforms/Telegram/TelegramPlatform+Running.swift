import Logging
import NightjarEngine

extension TelegramPlatform: ConnectedPlatform {
    /// The updates that are asked for; nothing else is input.
    static let wantedUpdates: JSONValue = ["message", "callback_query"]

    func run(_ inlet: PlatformInlet) async throws {
        try await introduceSelf()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.registerCommands(inlet) }
            group.addTask { await self.chores.run { await self.perform($0, clock: inlet.clock) } }
            group.addTask {
                switch self.options.mode {
                case .polling: try await TelegramPoller(platform: self, inlet: inlet).run()
                case .webhook: try await self.registerWebhook()
                }
            }
            // The first failure ends the others.
            for try await _ in group {}
        }
    }

    /// Learns the bot's own name, by which groups address it.
    private func introduceSelf() async throws {
        let me = try await api.call("getMe", returning: TelegramUpdate.User.self)
        guard let name = me?.username else { throw DeliveryError("Telegram did not tell the bot's name", isRetryable: true) }
        username = name
        logger.info("Telegram knows the bot", metadata: ["platform": "\(self.name)", "bot": "@\(name)", "mode": "\(options.mode)"])
    }

    private func registerWebhook() async throws {
        guard let url = options.publicURL, let secret = options.secretToken else { return }
        try await api.call(
            "setWebhook",
            ["url": .string(url), "secret_token": .string(secret.reveal()), "allowed_updates": Self.wantedUpdates])
        logger.info("the webhook is registered with Telegram", metadata: ["platform": "\(name)"])
    }

    /// Keeps Telegram's menu of commands like the scripts'. People can type them without it, so a failure stops nothing else.
    private func registerCommands(_ inlet: PlatformInlet) async throws {
        var registered: TelegramCommandList?
        for await commands in inlet.commands() {
            let list = TelegramCommandList(commands)
            guard list != registered else { continue }
            if try await register(list, clock: inlet.clock) { registered = list }
        }
    }

    /// Tries until Telegram takes the list, or says that it never will.
    private func register(_ list: TelegramCommandList, clock: EngineClock) async throws -> Bool {
        var pause = TelegramLimits.pauseMin
        while true {
            do {
                try await api.call("setMyCommands", ["commands": .array(list.entries)])
                logger.info(
                    "the commands are registered with Telegram",
                    metadata: [
                        "platform": "\(name)", "commands": "\(list.entries.count)", "left.out": "\(list.leftOut.joined(separator: " "))",
                    ])
                return true
            } catch {
                try Task.checkCancellation()
                let failure = (error as? TelegramFailure)?.delivery ?? error as? DeliveryError
                logger.warning(
                    "the commands could not be registered with Telegram", metadata: ["platform": "\(name)", "error": "\(error)"])
                guard failure?.isRetryable == true else { return false }
                try await clock.sleep(for: max(failure?.retryAfter ?? pause, TelegramLimits.pauseMin))
                pause = min(pause * 2, TelegramLimits.pauseMax)
            }
        }
    }

    private func perform(_ chore: TelegramChore, clock: EngineClock) async {
        do {
            try await api.call(chore.method, chore.parameters, timeout: api.timeouts.chore)
        } catch {
            if let failure = error as? TelegramFailure, failure.kind == .notModified { return }
            logger.debug(
                "a small call to Telegram failed",
                metadata: ["platform": "\(name)", "call": "\(chore.method)", "error": "\(error)"])
            if let failure = error as? TelegramFailure, failure.kind == .tooManyRequests {
                try? await clock.sleep(for: failure.retryAfter ?? TelegramLimits.pauseMin)
            }
        }
    }
}
