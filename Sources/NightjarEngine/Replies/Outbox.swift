import Logging

/// Delivers what the store has promised: one lane for each channel (and each address of a callback) keeps the order there, and a lane
/// that has to wait holds up no other.
final class Outbox: Sendable {
    /// How deliveries are tried again.
    struct RetryPolicy: Sendable {
        var attemptsMax = 12
        /// How long a platform may go on saying when to come again, which is no failure of the message and counts as no attempt.
        var invitedWaitMax = Duration.seconds(86_400)
        var base = Duration.seconds(1)
        var pauseMax = Duration.seconds(600)

        func delay(afterAttempt attempt: Int, retryAfter: Duration?) -> Duration {
            // Who says "at once" is not asked again without a pause.
            if let retryAfter { return max(retryAfter, base) }
            return min(base * Double(1 << min(attempt - 1, 16)), pauseMax)
        }

        func isLast(_ attempt: Int, _ failure: DeliveryError?, invitedFor wait: Duration) -> Bool {
            if failure?.isRetryable == false { return true }
            return failure?.retryAfter == nil ? attempt >= attemptsMax : wait >= invitedWaitMax
        }
    }

    /// What this process knows of an entry that it delivers.
    private struct Delivery {
        /// The message that shows the beginning of it.
        var draft: String?
        /// When the platform first said when to come again.
        var invitedSince: Timestamp?
    }

    private struct LaneKey: Hashable {
        var platform: String
        var channel: String
        /// Callers of a webhook may share a channel's name and nothing else.
        var replyRoute: String?

        init(_ entry: OutboxEntry, keepsReplies: Bool) {
            platform = entry.address.platform
            channel = entry.address.channel
            replyRoute = keepsReplies ? entry.replyRoute : nil
        }
    }

    private let store: any Store
    private let clock: EngineClock
    private let presenter: ReplyPresenter
    private let drafts: DraftBoard
    private let policy: RetryPolicy
    private let metrics: EngineMetrics
    private let logger: Logger
    private let lanes = Lanes<LaneKey, OutboxEntry>()
    private let opened: AsyncStream<LaneKey>
    private let feed: AsyncStream<LaneKey>.Continuation
    /// Told of each reply when its text is frozen, and again when its first delivery is over.
    private let onFrozen: @Sendable (OutboxEntry) -> Void
    private let onFirstAttempt: @Sendable (OutboxEntry) -> Void

    init(
        store: any Store, clock: EngineClock, presenter: ReplyPresenter, drafts: DraftBoard, policy: RetryPolicy = RetryPolicy(),
        metrics: EngineMetrics, logger: Logger, onFrozen: @escaping @Sendable (OutboxEntry) -> Void,
        onFirstAttempt: @escaping @Sendable (OutboxEntry) -> Void
    ) {
        self.store = store
        self.clock = clock
        self.presenter = presenter
        self.drafts = drafts
        self.policy = policy
        self.metrics = metrics
        self.logger = logger
        self.onFrozen = onFrozen
        self.onFirstAttempt = onFirstAttempt
        (opened, feed) = AsyncStream.makeStream()
    }

    /// Takes over entries that are in the store.
    func deliver(_ entries: [OutboxEntry]) {
        for entry in entries where entry.state == .pending {
            let platform = presenter.platform(entry.address.platform)
            let key = LaneKey(entry, keepsReplies: platform?.capabilities.keepsReplies == true)
            if lanes.enter(entry, at: key) { feed.yield(key) }
        }
    }

    /// Whether nothing is on its way; what waits for its next attempt is not.
    func isIdle(at now: Timestamp) -> Bool {
        lanes.allFirst { $0.nextAttemptAt > now }
    }

    /// Runs until the task is cancelled; what is left then is delivered by the next process.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await key in opened {
                group.addTask { await self.workOff(key) }
            }
            group.cancelAll()
        }
    }

    private func workOff(_ key: LaneKey) async {
        var next = lanes.first(at: key)
        while let entry = next {
            guard await finish(entry, in: key) else { return }
            next = lanes.advance(key)
        }
    }

    /// Tries one entry until it is delivered or dead.
    /// - Returns: false when it was cancelled.
    private func finish(_ first: OutboxEntry, in key: LaneKey) async -> Bool {
        guard var entry = await frozen(first) else { return false }
        var isFirstAttempt = true
        var delivery = Delivery(draft: await draft(before: entry))
        while entry.state == .pending {
            do { try await clock.sleep(until: entry.nextAttemptAt) } catch { return false }
            guard let tried = await attempt(entry, &delivery) else { return false }
            entry = tried
            lanes.replaceFirst(at: key, with: entry)
            let isRecorded = await record(entry)
            // Its watchers wait for the delivery, not for a store that is out of order.
            if isFirstAttempt { onFirstAttempt(entry) }
            isFirstAttempt = false
            if !isRecorded, await !recordAtLast(entry) { return false }
        }
        return true
    }

    /// The entry with its text. It is stored before it is seen: what a person was shown is what every retry and every later look shows.
    private func frozen(_ entry: OutboxEntry) async -> OutboxEntry? {
        guard entry.rendered == nil else { return entry }
        var entry = entry
        entry.rendered = await presenter.render(entry.content, for: entry.address.platform)
        guard await recordAtLast(entry) else { return nil }
        onFrozen(entry)
        return entry
    }

    private func record(_ entry: OutboxEntry) async -> Bool {
        do {
            try await store.updateOutbox([entry])
            return true
        } catch {
            logger.error(
                "a delivery cannot be recorded, trying again", metadata: ["outbox.id": "\(entry.id)", "error": "\(error)"])
            return false
        }
    }

    /// Records until the store takes it.
    /// - Returns: false when it was cancelled.
    private func recordAtLast(_ entry: OutboxEntry) async -> Bool {
        while await !record(entry) {
            do { try await clock.sleep(for: EngineLimits.storeRetryPause) } catch { return false }
        }
        return true
    }

    /// The message that shows the beginning of what is to be delivered now.
    private func draft(before entry: OutboxEntry) async -> String? {
        guard entry.isEndOfTask, entry.partsSent == 0, let task = entry.taskID else { return nil }
        return await drafts.takeReference(of: task, on: entry.address.platform, at: entry.address)
    }

    /// - Returns: nil when it was cancelled: whether the platform has taken it is not known then, and it is sent again.
    private func attempt(_ pending: OutboxEntry, _ delivery: inout Delivery) async -> OutboxEntry? {
        var entry = pending
        entry.attempts += 1
        let rendered = entry.rendered ?? .text("")
        do {
            guard let platform = presenter.platform(entry.address.platform) else {
                throw DeliveryError("no platform \"\(entry.address.platform)\" is declared", isRetryable: true)
            }
            while entry.partsSent < rendered.partCount {
                let part = entry.partsSent
                try await platform.deliver(
                    OutboundMessage(
                        entry, rendered: rendered, part: part, draft: part == 0 ? delivery.draft : nil,
                        buttonsMax: platform.capabilities.buttonsMax))
                entry.partsSent += 1
                guard entry.partsSent < rendered.partCount else { break }
                // Each part is tried as often as a message of its own, and none is sent again because a later one failed.
                entry.attempts = 1
                delivery.invitedSince = nil
                guard await recordAtLast(entry) else { return nil }
            }
            entry.state = .delivered
            entry.lastError = nil
            metrics.replyDelivered()
        } catch {
            if Task.isCancelled { return nil }
            if let plain = await plainer(entry, after: error) { return plain }
            entry = failed(entry, error, &delivery)
        }
        return entry
    }

    /// What a formatter made, or a file in place of messages, may be more than the platform takes. That costs its looks, never the answer.
    /// - Returns: the entry as the native formatter shows it; nil when that is no other one.
    private func plainer(_ entry: OutboxEntry, after error: any Error) async -> OutboxEntry? {
        guard let failure = error as? DeliveryError, failure.isAboutContent, !failure.isRetryable else { return nil }
        var plain = entry
        plain.rendered = presenter.plain(entry.content, for: entry.address.platform)
        guard plain.rendered != entry.rendered, await recordAtLast(plain) else { return nil }
        logger.error(
            "the platform refuses a reply as it was formatted, so the native formatter's is sent",
            metadata: [
                "outbox.id": "\(entry.id)", "platform": "\(entry.address.platform)", "channel": "\(entry.address.channel)", "error": "\(error)",
            ])
        onFrozen(plain)
        return plain
    }

    private func failed(_ entry: OutboxEntry, _ error: any Error, _ delivery: inout Delivery) -> OutboxEntry {
        var entry = entry
        let failure = error as? DeliveryError
        entry.lastError = "\(error)"
        let now = clock.now
        let isInvited = failure?.isRetryable == true && failure?.retryAfter != nil
        if isInvited, delivery.invitedSince == nil { delivery.invitedSince = now }
        let wait = delivery.invitedSince.map { now - $0 } ?? .zero
        let isDead = policy.isLast(entry.attempts, failure, invitedFor: wait)
        let metadata: Logger.Metadata = [
            "outbox.id": "\(entry.id)", "platform": "\(entry.address.platform)", "channel": "\(entry.address.channel)",
            "attempt": "\(entry.attempts)", "error": "\(error)",
        ]
        if isDead {
            entry.state = .dead
            metrics.replyDied()
            logger.error("a reply could not be delivered and is given up", metadata: metadata)
        } else {
            let delay = policy.delay(afterAttempt: entry.attempts, retryAfter: failure?.retryAfter)
            entry.nextAttemptAt = now + delay
            if isInvited { entry.attempts -= 1 }
            metrics.replyRetried()
            logger.warning("a reply could not be delivered, trying again", metadata: metadata)
        }
        return entry
    }
}
