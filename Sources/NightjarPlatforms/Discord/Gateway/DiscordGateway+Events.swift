import Logging
import NIOHTTP1
import NightjarEngine

extension DiscordGateway {
    /// Deals with what Discord tells of; it counts as received then.
    func handle(_ event: String, _ data: JSONValue) async throws {
        do {
            switch event {
            case "MESSAGE_CREATE":
                let message = try platform.decoder.readMessage(
                    Array(data.text.utf8), bot: platform.memory.botUser, receivedAt: inlet.clock.now)
                if let message { _ = try await take([.message(message)]) }
            case "INTERACTION_CREATE": try await answer(data)
            default: break
            }
        } catch let refusal as DiscordRefusal {
            platform.logger.warning(
                "an event of Discord is not understood",
                metadata: ["platform": "discord", "event": "\(event)", "error": "\(refusal.reason)"])
        }
    }

    private func answer(_ data: JSONValue) async throws {
        let reading = try platform.decoder.readInteraction(Array(data.text.utf8), receivedAt: inlet.clock.now)
        guard let id = data["id"]?.string, DiscordDecoder.isID(id), let token = data["token"]?.string else { return }
        let outcomes = try await take(reading.events)
        callbacks.yield((path: "/interactions/\(id)/\(token)/callback", body: reading.callback(after: outcomes.first)))
    }

    /// Sends callbacks until there are no more, each for itself: one that has to wait holds up neither the others nor what is read.
    /// Those on their way are finished, unless the task is cancelled.
    func sendCallbacks() async {
        await withDiscardingTaskGroup { group in
            for await callback in pendingCallbacks {
                group.addTask { await self.send(callback) }
            }
        }
    }

    private func send(_ callback: Callback) async {
        do {
            try await platform.api.perform(
                .init(
                    method: .POST, path: callback.path, label: "an interaction", body: callback.body, isInteraction: true,
                    waitMax: DiscordLimits.callbackWaitMax))
        } catch let failure as DiscordFailure {
            platform.logger.warning(
                "an interaction could not be answered in time",
                metadata: ["platform": "discord", "error": "\(failure.deliveryError(channel: ""))"])
        } catch {
            if Task.isCancelled { return }
            platform.logger.warning(
                "an interaction could not be answered in time", metadata: ["platform": "discord", "error": "\(error)"])
        }
    }

    /// Stores the events, however long it takes: Discord tells of them once.
    private func take(_ events: [PlatformEvent]) async throws -> [PlatformEventOutcome] {
        guard !events.isEmpty else { return [] }
        while true {
            do {
                return try await inlet.take(events)
            } catch {
                try Task.checkCancellation()
                platform.logger.error(
                    "an event of Discord cannot be stored, trying again",
                    metadata: ["platform": "discord", "error": "\(error)"])
                try await inlet.clock.sleep(for: DiscordLimits.storeRetryPause)
            }
        }
    }
}
