import Logging
import NightjarEngine

extension WhatsAppPlatform: ConnectedPlatform {
    func run(_ inlet: PlatformInlet) async throws { await sendNotices() }

    /// Says what could not be said in the answers to notifications, which show people nothing. Ends when it is cancelled.
    func sendNotices() async {
        for await notice in notices {
            do {
                try await send(WhatsAppContent.body(of: notice), to: notice.channel)
            } catch is CancellationError {
                return
            } catch {
                logger.warning(
                    "a person could not be told that a choice does not count",
                    metadata: ["platform": "\(name)", "channel": "\(notice.channel)", "error": "\(error)"])
            }
        }
    }
}
