import Logging
public import NightjarEngine

extension SlackPlatform {
    /// Looks at the token once, keeps Socket Mode's connection where it is used, and takes away the buttons of questions that are answered.
    public func run(_ inlet: PlatformInlet) async throws {
        await withDiscardingTaskGroup { group in
            group.addTask { await introduce() }
            if let token = options.appToken {
                group.addTask { await SlackSocketMode(platform: self, token: token, inlet: inlet).run() }
            }
            for await press in answered {
                group.addTask { await show(press) }
            }
        }
    }

    /// Says in the log who the app is, so that a wrong token is seen before the first answer is lost.
    private func introduce() async {
        do {
            let answer = try await api.call("auth.test")
            logger.info(
                "Slack knows the app",
                metadata: ["slack.user": "\(answer["user"]?.string ?? "")", "slack.team": "\(answer["team"]?.string ?? "")"])
        } catch let failure as SlackFailure {
            logger.error(
                "Slack refuses the bot token", metadata: ["error": "\(failure.deliveryError(channel: "").message)"])
        } catch {
            logger.warning("the bot token could not be looked at", metadata: ["error": "\(error)"])
        }
    }

    private func show(_ answered: SlackAnsweredPress) async {
        for attempt in 1...SlackLimits.pressAttemptsMax {
            do {
                try await showOnce(answered)
                return
            } catch is CancellationError {
                return
            } catch {
                let failure =
                    (error as? SlackFailure)?.deliveryError(channel: answered.press.channel) ?? error as? DeliveryError
                guard attempt < SlackLimits.pressAttemptsMax, failure?.isRetryable == true else {
                    logger.warning(
                        "what came of a pressed button could not be shown",
                        metadata: ["channel": "\(answered.press.channel)", "error": "\(failure ?? error)"])
                    return
                }
                do { try await clock.sleep(for: failure?.retryAfter ?? .seconds(attempt)) } catch { return }
            }
        }
    }

    private func showOnce(_ answered: SlackAnsweredPress) async throws {
        let press = answered.press
        switch answered.outcome {
        case .chosen(let choice):
            let content = SlackBlocks.answered(press, with: choice)
            if let url = press.responseURL {
                do {
                    return try await api.respond(to: url, content.members.merging(["replace_original": true]) { $1 })
                } catch let failure as SlackFailure {
                    logger.debug(
                        "a response_url is used up, so the message is edited", metadata: ["error.code": "\(failure.code)"])
                }
            }
            try await api.call("chat.update", content.updating(SlackMessageReference(channel: press.channel, ts: press.ts)))
        case .refused(let reason):
            guard let url = press.responseURL else { return }
            let text = JSONValue.string(SlackText.escaped(reason))
            try await api.respond(to: url, ["response_type": "ephemeral", "replace_original": false, "text": text])
        case .accepted, .duplicate:
            break
        }
    }
}
