import Logging
import NightjarEngine

/// Asks Telegram for updates, again and again. Telegram keeps each of them until a later one is asked for, which is done only when it
/// is stored: whatever is cut off in between comes again, and is known then.
struct TelegramPoller {
    let platform: TelegramPlatform
    let inlet: PlatformInlet

    /// - Throws: ``TelegramFailure`` when Telegram does not know the bot; what `deleteWebhook` meets; `CancellationError`.
    func run() async throws {
        // Telegram does not answer polls while a webhook is set. Once only: whoever sets one again means it.
        try await platform.api.call("deleteWebhook", ["drop_pending_updates": .bool(false)])
        var offset: Int64?
        var pause = TelegramLimits.pauseMin
        while true {
            do {
                let batch = try await poll(from: offset)
                try await store(batch)
                offset = batch.nextOffset ?? offset
                pause = TelegramLimits.pauseMin
            } catch {
                try Task.checkCancellation()
                let failure = error as? TelegramFailure
                if let failure, failure.kind == .unknownToken { throw failure }
                let wait = max(failure?.retryAfter ?? (error as? DeliveryError)?.retryAfter ?? pause, TelegramLimits.pauseMin)
                report(error, pause: wait)
                try await inlet.clock.sleep(for: wait)
                pause = min(pause * 2, TelegramLimits.pauseMax)
            }
        }
    }

    private func poll(from offset: Int64?) async throws -> TelegramUpdateBatch {
        var parameters: [String: JSONValue] = [
            "timeout": .integer(TelegramLimits.pollTimeout.components.seconds), "limit": .integer(Int64(TelegramLimits.pollBatch)),
            "allowed_updates": TelegramPlatform.wantedUpdates,
        ]
        parameters["offset"] = offset.map { .integer($0) }
        let batch = try await platform.api.call(
            "getUpdates", parameters, returning: TelegramUpdateBatch.self, timeout: TelegramLimits.pollTimeout + TelegramLimits.pollGrace)
        guard let batch else { throw DeliveryError("Telegram answered getUpdates with no list of updates", isRetryable: true) }
        return batch
    }

    private func store(_ batch: TelegramUpdateBatch) async throws {
        var events: [PlatformEvent] = []
        var presses: [Int: TelegramPress] = [:]
        for entry in batch.entries {
            switch intake(entry) {
            case .message(let message):
                events.append(.message(message))
            case .choice(let choice, let press):
                presses[events.count] = press
                events.append(.choice(choice))
            case .pressOfNothing(let press):
                answer(press, nil)
            case .nothing, .undecided:
                // The name is known before the first poll, so nothing is undecided here.
                break
            }
        }
        guard !events.isEmpty else { return }
        let outcomes = try await inlet.take(events)
        for (index, press) in presses {
            answer(press, outcomes[index])
            platform.chores.removeButtons(of: press, after: outcomes[index])
        }
    }

    private func intake(_ entry: TelegramUpdateBatch.Entry) -> TelegramIntake {
        switch entry.update {
        case .success(let update):
            return platform.read(update, at: inlet.clock.now)
        case .failure(let error):
            platform.logger.warning(
                "an update of Telegram's cannot be read and is passed over",
                metadata: ["platform": "\(platform.name)", "update": "\(entry.id)", "error": "\(error)"])
            return .nothing
        }
    }

    private func answer(_ press: TelegramPress, _ outcome: PlatformEventOutcome?) {
        platform.chores.add(TelegramChore(method: "answerCallbackQuery", parameters: press.answer(outcome)))
    }

    private func report(_ error: any Error, pause: Duration) {
        let metadata: Logger.Metadata = [
            "platform": "\(platform.name)", "pause": "\(DurationText.format(pause))", "error": "\(error)",
        ]
        if let failure = error as? TelegramFailure, failure.kind == .conflict {
            platform.logger.error(
                "another program asks for this bot's messages, or has set a webhook for it; only one of them can have them",
                metadata: metadata)
        } else {
            platform.logger.warning("Telegram could not be asked for messages, trying again", metadata: metadata)
        }
    }
}
