import NightjarEngine
import Synchronization

/// What the platform remembers of its conversations for a while. All of it may be forgotten: that costs a request, and no message.
final class SlackMemory: Sendable {
    private struct State {
        /// What has been streamed of each stream that is open.
        var streamed: [String: String] = [:]
        /// Tasks whose stream may have begun without an answer that names it.
        var lostStreams: Set<TaskID> = []
        /// Ids of channels that were posted to by their names.
        var channelIDs: [String: String] = [:]
        /// Channels that do not take streams or statuses.
        var withoutStreams: Set<String> = []
        var withoutStatus: Set<String> = []
        /// When a thread's status was set, in the clock's uptime.
        var statusSince: [String: Duration] = [:]
    }

    private let state = Mutex(State())

    // MARK: Streams

    func takesStreams(_ channel: String) -> Bool { state.withLock { !$0.withoutStreams.contains(channel) } }

    func refusesStreams(_ channel: String) {
        state.withLock { Self.insert(channel, into: &$0.withoutStreams) }
    }

    func streamed(_ ts: String) -> String? { state.withLock { $0.streamed[ts] } }

    func didStream(_ text: String, to ts: String) {
        state.withLock { state in
            if state.streamed.count >= SlackLimits.remembered { state.streamed.removeAll() }
            state.streamed[ts] = text
        }
    }

    func didEndStream(_ ts: String) {
        state.withLock { $0.streamed[ts] = nil }
    }

    func hasLostStream(of task: TaskID) -> Bool { state.withLock { $0.lostStreams.contains(task) } }

    func didLoseStream(of task: TaskID) {
        state.withLock { state in
            if state.lostStreams.count >= SlackLimits.remembered { state.lostStreams.removeAll() }
            state.lostStreams.insert(task)
        }
    }

    // MARK: Channels

    func channelID(_ name: String) -> String? { state.withLock { $0.channelIDs[name] } }

    func learn(_ id: String, of name: String) {
        guard id != name else { return }
        state.withLock { state in
            if state.channelIDs.count >= SlackLimits.remembered { state.channelIDs.removeAll() }
            state.channelIDs[name] = id
        }
    }

    // MARK: Statuses

    /// Whether it is time to set a thread's status; who is told so does it.
    func shouldSetStatus(of thread: String, in channel: String, at uptime: Duration) -> Bool {
        state.withLock { state in
            guard !state.withoutStatus.contains(channel) else { return false }
            if let since = state.statusSince[thread], uptime - since < SlackLimits.statusPeriod { return false }
            if state.statusSince.count >= SlackLimits.remembered { state.statusSince.removeAll() }
            state.statusSince[thread] = uptime
            return true
        }
    }

    func refusesStatus(_ channel: String) {
        state.withLock { Self.insert(channel, into: &$0.withoutStatus) }
    }

    /// A message in a thread ends its status.
    func didPost(to thread: String) {
        state.withLock { $0.statusSince[thread] = nil }
    }

    private static func insert(_ channel: String, into set: inout Set<String>) {
        if set.count >= SlackLimits.remembered { set.removeAll() }
        set.insert(channel)
    }
}
