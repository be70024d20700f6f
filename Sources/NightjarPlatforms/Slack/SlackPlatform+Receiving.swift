import Logging
public import NightjarEngine

extension SlackPlatform {
    public func receive(_ request: PlatformRequest) -> PlatformReception {
        if decoder.isProbe(request) { return .answered(PlatformAnswer()) }
        do throws(SlackRefusal) {
            guard request.method == .post else {
                throw SlackRefusal(status: 405, code: "method_not_allowed", reason: "Slack posts")
            }
            guard let secret = options.signingSecret else {
                throw .notGenuine("no signing_secret is declared for Slack, so nothing is taken over HTTP")
            }
            try SlackVerifier(secret: secret).verify(request)
            return reception(of: try decoder.read(request))
        } catch {
            return error.reception
        }
    }

    func reception(of reading: SlackReading) -> PlatformReception {
        switch reading {
        case .nothing(let heldBackSince):
            if let heldBackSince {
                logger.warning(
                    "Slack holds events back, since there are more than it sends within an hour",
                    metadata: ["since": "\(heldBackSince.iso8601)"])
            }
            return .answered(PlatformAnswer())
        case .challenge(let challenge):
            return .answered(PlatformAnswer(body: challenge))
        case .message(let message):
            return .taken([.message(message)]) { _ in PlatformAnswer() }
        case .command(let message):
            // Shows everybody what was typed; the answer comes as a message of its own.
            return .taken([.message(message)]) { _ in .json(["response_type": "in_channel"]) }
        case .presses(let choices):
            return .taken(choices.map { .choice($0.0) }) { outcomes in
                for (choice, outcome) in zip(choices, outcomes) {
                    presses.yield(SlackAnsweredPress(press: choice.1, outcome: outcome))
                }
                return PlatformAnswer()
            }
        }
    }
}
