import Logging
import Synchronization

/// Shows answers while they are written, on platforms where messages can be changed: as often as the platform likes it, and less
/// often when it complains.
///
/// The message that shows a draft is noted in the task's journal, so that the finished answer takes its place also after a crash.
final class DraftBoard: Sendable {
    /// How often a platform is told that somebody works on an answer; Telegram forgets it after 5 s.
    static let activityPeriod = Duration.seconds(4)
    /// The longest pause between two changes of a draft, however much a platform complains.
    static let pauseMax = Duration.seconds(60)

    private let store: any Store
    private let presenter: ReplyPresenter
    private let deadlines: DeadlineTimer
    private let logger: Logger
    private let drafts = Mutex<[TaskID: LiveDraft]>([:])
    private let opened: AsyncStream<LiveDraft>
    private let feed: AsyncStream<LiveDraft>.Continuation

    init(store: any Store, presenter: ReplyPresenter, deadlines: DeadlineTimer, logger: Logger) {
        self.store = store
        self.presenter = presenter
        self.deadlines = deadlines
        self.logger = logger
        (opened, feed) = AsyncStream.makeStream()
    }

    /// An attempt begins whose end its address will be told of.
    func begin(_ task: TaskRecord) async {
        guard task.depth == 0, task.reporting != .none, let platform = presenter.platform(task.address.platform),
            platform.capabilities.showsActivity || platform.draftPause(at: task.address) != nil
        else { return }
        let draft = LiveDraft(task, reference: task.attempt > 1 || task.lostLeases > 0 ? await journaledReference(of: task.id) : nil)
        drafts.withLock { $0[task.id] = draft }
        feed.yield(draft)
    }

    func append(_ text: String, of task: TaskRecord) {
        drafts.withLock { $0[task.id] }?.append(text, of: task)
    }

    /// The attempt has ended, in whatever way.
    func end(_ id: TaskID) {
        drafts.withLock { $0.removeValue(forKey: id) }?.close()
    }

    /// The message that the task's end takes the place of, when nothing more of the draft is on its way.
    func takeReference(of id: TaskID, on platformName: String, at address: Address) async -> String? {
        guard let platform = presenter.platform(platformName), platform.draftPause(at: address) != nil else { return nil }
        guard let draft = drafts.withLock({ $0.removeValue(forKey: id) }) else { return await journaledReference(of: id) }
        draft.close()
        await draft.waitForEnd()
        return draft.reference
    }

    private func journaledReference(of id: TaskID) async -> String? {
        // Without it the answer comes as a message of its own, which is better than none.
        let journal = (try? await store.journal(of: id)) ?? []
        return journal.reversed().lazy.compactMap { if case .draftShown(let reference) = $0 { reference } else { nil } }.first
    }

    /// Runs until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await draft in opened {
                group.addTask {
                    await self.show(draft)
                    draft.didEnd()
                }
            }
            group.cancelAll()
        }
    }

    private func show(_ draft: LiveDraft) async {
        let address = draft.task.address
        guard let platform = presenter.platform(address.platform) else { return }
        var pause = platform.draftPause(at: address)
        while !draft.isClosed {
            // A draft shows by itself that somebody is at work.
            if draft.reference == nil { await platform.showActivity(at: address, replyRoute: draft.task.replyRoute) }
            guard await wait(pause ?? Self.activityPeriod, for: draft) else { return }
            guard let current = pause, let text = draft.takeText() else { continue }
            if let wish = await show(text, of: draft, on: platform) {
                pause = min(max(wish, current * 2), Self.pauseMax)
            }
        }
    }

    /// - Returns: false when the draft was closed meanwhile.
    private func wait(_ duration: Duration, for draft: LiveDraft) async -> Bool {
        let alarm = deadlines.schedule(after: duration) { draft.wake.notify() }
        defer { deadlines.cancel(alarm) }
        return await draft.wake.wait() && !draft.isClosed
    }

    /// - Returns: how long the platform wants to be left in peace at least; nil when all is well.
    private func show(_ text: String, of draft: LiveDraft, on platform: any Platform) async -> Duration? {
        let task = draft.task
        do {
            let known = draft.reference
            let reference = try await platform.show(
                Draft(
                    address: task.address, replyRoute: task.replyRoute, taskID: task.id,
                    text: presenter.draft(text, for: task.address.platform), markdown: text, reference: known))
            guard let reference, reference != known else { return nil }
            draft.wasShown(as: reference)
            if let fence = task.fence { _ = try await store.appendJournal(fence, .draftShown(reference: reference)) }
            return nil
        } catch let error as DeliveryError {
            logger.debug("a draft could not be shown", metadata: ["task.id": "\(task.id)", "error": "\(error)"])
            draft.wasNotShown()
            return error.retryAfter ?? .zero
        } catch {
            logger.debug("a draft could not be noted", metadata: ["task.id": "\(task.id)", "error": "\(error)"])
            return nil
        }
    }
}
