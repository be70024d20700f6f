import Logging
public import NightjarEngine

extension SlackPlatform {
    public func showActivity(at address: Address, replyRoute: String?) async {
        guard let thread = address.thread, memory.shouldSetStatus(of: thread, in: address.channel, at: clock.uptime) else { return }
        do {
            try await api.call(
                "assistant.threads.setStatus",
                ["channel_id": .string(address.channel), "thread_ts": .string(thread), "status": "is thinking …"])
        } catch let failure as SlackFailure where !failure.isTemporary {
            logger.debug("Slack shows no status in this channel", metadata: ["channel": "\(address.channel)", "error.code": "\(failure.code)"])
            memory.refusesStatus(address.channel)
        } catch {
            logger.debug("a status could not be shown", metadata: ["channel": "\(address.channel)", "error": "\(error)"])
        }
    }
}
