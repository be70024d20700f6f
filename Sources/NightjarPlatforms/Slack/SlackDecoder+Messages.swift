import NightjarEngine

extension SlackDecoder {
    /// Slack's own user, which tells of reminders and the like.
    private static let slackbot = "USLACKBOT"

    /// - Returns: nil when the message is not for the engine: of a bot, of somebody who may not talk to it, between other people.
    func readMessage(_ event: SlackEvent, of envelope: SlackEnvelope, receivedAt: Timestamp) throws(SlackRefusal)
        -> InboundMessage?
    {
        guard let said = event.text else { return nil }
        let bots = envelope.botUsers
        guard let sender = said.user, !bots.contains(sender), sender != Self.slackbot else { return nil }
        let user = try Self.checked(sender, "user")
        let channel = try Self.checked(said.channel, "channel")
        let ts = try Self.checked(said.ts, "ts")
        let thread = try said.threadTS.map { ts throws(SlackRefusal) in try Self.checked(ts, "thread_ts") }
        let isDirect = said.channelType == "im" || channel.hasPrefix("D")
        let isMention = event.type == SlackEvent.mention || SlackText.mentions(bots, in: said.text)
        guard
            isDirect || isMention || options.takesChannelMessages
                || SpokenPrefix.begins(SlackText.plain(said.text), withOneOf: options.prefixes)
        else { return nil }
        guard options.allowed.admits(workspace: envelope.teamID, channels: [channel], users: [user]) else { return nil }
        guard let text = text(of: said, bots: bots, isMention: isMention) else { return nil }
        let team = said.team ?? envelope.teamID
        return InboundMessage(
            address: Address(
                platform: SlackPlatform.platformName, channel: channel,
                thread: thread ?? (isDirect || !options.repliesInThread ? nil : ts), user: user),
            // A message that mentions the bot comes as a message and as a mention, and each again when the answer is late: all with the
            // same timestamp, which is the message's name in its channel.
            externalID: ts, text: text, replyRoute: SlackRoute(team: team).text, receivedAt: receivedAt, files: files(of: said))
    }

    /// Those that Slack itself keeps; others are links.
    private func files(of said: SlackEvent.Text) -> [MessageFile] {
        said.files.compactMap { file in
            guard let url = file.urlPrivate, options.isSlack(url) else { return nil }
            return MessageFile(name: file.name, type: file.mimetype, size: file.size, reference: url)
        }
    }

    /// - Returns: nil when there is nothing to answer.
    private func text(of said: SlackEvent.Text, bots: [String], isMention: Bool) -> String? {
        let own = isMention ? SlackText.removingMentions(of: bots, from: said.text) : said.text[...]
        let text = SlackText.plain(String(own))
        if text.contains(where: { !$0.isWhitespace }) { return text }
        if !files(of: said).isEmpty { return "" }
        // Who calls its name and says nothing wants to know what it can do.
        return isMention && !said.hasFiles ? "/help" : nil
    }

    /// A slash command (https://docs.slack.dev/interactivity/implementing-slash-commands).
    func readCommand(_ form: SlackForm, receivedAt: Timestamp) throws(SlackRefusal) -> SlackReading {
        let command = try form.required("command").lowercased()
        guard command.hasPrefix("/"), !command.contains(where: \.isWhitespace) else {
            throw .unreadable("\"command\" is no slash command")
        }
        let user = try Self.checked(form["user_id"], "user_id")
        let channel = try Self.checked(form["channel_id"], "channel_id")
        let trigger = try Self.checked(form["trigger_id"], "trigger_id")
        let names = form["channel_name"].map { [$0, "#" + $0] } ?? []
        guard options.allowed.admits(workspace: form["team_id"], channels: [channel] + names, users: [user]) else {
            return .nothing()
        }
        return .command(
            InboundMessage(
                address: Address(platform: SlackPlatform.platformName, channel: channel, user: user), externalID: trigger,
                text: text(of: command, SlackText.plain(form["text"] ?? "")),
                replyRoute: SlackRoute(
                    team: form["team_id"], responseURL: form["response_url"].flatMap { options.isSlack($0) ? $0 : nil }
                ).text,
                receivedAt: receivedAt))
    }

    /// `/deploy x` is a command as it is; the text of a general one, `/nj run agent x`, is.
    private func text(of command: String, _ argument: String) -> String {
        let argument = argument.drop(while: \.isWhitespace)
        guard options.commands.contains(command) else { return argument.isEmpty ? command : "\(command) \(argument)" }
        if argument.isEmpty { return "/help" }
        return argument.hasPrefix("/") ? String(argument) : "/" + argument
    }

    /// A pressed button.
    func readInteraction(_ payload: [UInt8]) throws(SlackRefusal) -> SlackReading {
        let interaction: SlackInteraction = try Self.decoded(payload)
        guard interaction.type == SlackInteraction.blockActions else { return .nothing() }
        // A button of a view, which is in no channel, is none of ours.
        guard let message = interaction.message, let place = interaction.channel else { return .nothing() }
        let user = try Self.checked(interaction.user?.id, "user.id")
        let channel = try Self.checked(place.id, "channel.id")
        let ts = try Self.checked(message.ts, "message.ts")
        let thread = try message.threadTS.map { ts throws(SlackRefusal) in try Self.checked(ts, "message.thread_ts") }
        let names = place.name.map { [$0, "#" + $0] } ?? []
        guard
            options.allowed.admits(
                workspace: interaction.team?.id, channels: [channel] + names, users: [user])
        else { return .nothing() }
        let address = Address(platform: SlackPlatform.platformName, channel: channel, thread: thread, user: user)
        let press = SlackPress(
            channel: channel, ts: ts, user: user, text: message.text ?? "", blocks: message.blocks ?? [],
            responseURL: interaction.responseURL.flatMap { options.isSlack($0) ? $0 : nil })
        let choices = interaction.actions.compactMap { action -> (QuestionChoice, SlackPress)? in
            var address = address
            address.channel = SlackBlocks.channel(ofBlock: action.blockID) ?? channel
            return action.value.flatMap { QuestionChoice(payload: $0, address: address) }.map { ($0, press) }
        }
        return choices.isEmpty ? .nothing() : .presses(choices)
    }
}
