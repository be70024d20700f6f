import Logging
import NightjarEngine

extension WhatsAppPlatform: ReceivingPlatform {
    func receive(_ request: PlatformRequest) -> PlatformReception {
        let verifier = WhatsAppVerifier(options: options)
        guard request.method == .post else {
            guard let challenge = verifier.challenge(of: request) else {
                return .refused(
                    status: 403, code: "not_genuine",
                    reason: "This is no handshake with the verify_token of the scripts; compare it with the app's dashboard.")
            }
            return .answered(PlatformAnswer(body: challenge))
        }
        if let refusal = verifier.refusal(of: request) {
            return .refused(status: 401, code: "not_genuine", reason: "The request is not WhatsApp's: \(refusal).")
        }
        do throws(WhatsAppBodyError) {
            let batch = try WhatsAppDecoder(options: options).decode(request.body, receivedAt: request.receivedAt)
            // A notification of nothing else is refused whole.
            if let oddity = batch.oddities.first, batch.events.isEmpty, batch.failures.isEmpty { throw oddity }
            return .taken(batch.events) { outcomes in
                for oddity in batch.oddities {
                    logger.warning("a message cannot be read and is passed over", metadata: ["platform": "\(name)", "error": "\(oddity)"])
                }
                heed(batch.failures)
                for (event, outcome) in zip(batch.events, outcomes) { tell(outcome, of: event) }
                return PlatformAnswer()
            }
        } catch {
            return .refused(status: 400, code: "bad_body", reason: "The body is no notification of WhatsApp: \(error).")
        }
    }

    private func tell(_ outcome: PlatformEventOutcome, of event: PlatformEvent) {
        if case .choice(let choice) = event, case .refused(let words) = outcome {
            noticeFeed.yield(Notice(channel: choice.address.channel, text: words))
        }
    }

    /// What WhatsApp took and could not deliver is lost, and what it says of the rate holds for what comes next.
    private func heed(_ failures: [WhatsAppFailure]) {
        for failure in failures {
            throttle.heed(WhatsAppError(failure), in: failure.recipient)
            note(failure)
        }
    }

    private func note(_ failure: WhatsAppFailure) {
        let error = WhatsAppError(failure)
        logger.error(
            "a message that was sent did not arrive",
            metadata: [
                "platform": "\(name)", "channel": "\(failure.recipient)", "message.id": "\(failure.message)",
                "error": "\(error.explanation(without: options.accessToken))",
            ])
    }
}
