import NightjarEngine

extension StandInSlackServer {
    static func post(_ arguments: JSONValue, _ state: inout StandInSlackState) throws(Refusal) -> [String: JSONValue] {
        let channel = try channel(arguments["channel"], state)
        guard state.takesMessage(channel) else { throw Refusal(code: tooMany) }
        let text = try content(arguments, textMax: 40_000, &state)
        let thread = arguments["thread_ts"]?.string
        if let thread, state.index(channel, thread) == nil { throw Refusal(code: "thread_not_found") }
        let key = arguments["client_msg_id"]?.string
        if let key, let known = state.messages.first(where: { $0.key == key }) {
            return ["channel": .string(known.channel), "ts": .string(known.ts)]
        }
        let message = StandInSlackMessage(
            channel: channel, ts: state.nextTS(), thread: thread, user: StandInSlack.botUser, text: text,
            blocks: arguments["blocks"]?.array ?? [], key: key)
        state.messages.append(message)
        if let thread { state.statuses[thread] = nil }
        return ["channel": .string(channel), "ts": .string(message.ts), "message": ["text": .string(text), "ts": .string(message.ts)]]
    }

    static func update(_ arguments: JSONValue, _ state: inout StandInSlackState) throws(Refusal) -> [String: JSONValue] {
        let index = try own(arguments, state)
        guard !state.messages[index].isStreaming else { throw Refusal(code: "streaming_state_conflict") }
        state.messages[index].text = try content(arguments, textMax: 4000, &state)
        // Slack keeps blocks that an update does not mention.
        if let blocks = arguments["blocks"]?.array { state.messages[index].blocks = blocks }
        if arguments["parse"] != "none" { state.faults.append("an update that looks for names in the text") }
        state.messages[index].edits += 1
        return reference(state.messages[index])
    }

    static func delete(_ arguments: JSONValue, _ state: inout StandInSlackState) throws(Refusal) -> [String: JSONValue] {
        let message = state.messages.remove(at: try own(arguments, state))
        return reference(message)
    }

    static func setStatus(_ arguments: JSONValue, _ state: inout StandInSlackState) throws(Refusal) -> [String: JSONValue] {
        let channel = try channel(arguments["channel_id"], state)
        guard let thread = arguments["thread_ts"]?.string, state.index(channel, thread) != nil else { throw Refusal(code: "invalid_thread_ts") }
        guard let status = arguments["status"]?.string else { throw Refusal(code: "invalid_arguments") }
        state.statuses[thread] = status.isEmpty ? nil : status
        return [:]
    }

    // MARK: Streams

    static func startStream(_ arguments: JSONValue, _ state: inout StandInSlackState) throws(Refusal) -> [String: JSONValue] {
        let channel = try channel(arguments["channel"], state)
        if state.withoutStreams.contains(channel) { throw Refusal(code: "channel_type_not_supported") }
        guard let thread = arguments["thread_ts"]?.string, state.index(channel, thread) != nil else { throw Refusal(code: "invalid_thread_ts") }
        if !channel.hasPrefix("D") {
            guard arguments["recipient_team_id"]?.string == StandInSlack.team else { throw Refusal(code: "missing_recipient_team_id") }
            guard arguments["recipient_user_id"]?.string?.hasPrefix("U") == true else { throw Refusal(code: "missing_recipient_user_id") }
        }
        let message = StandInSlackMessage(
            channel: channel, ts: state.nextTS(), thread: thread, user: StandInSlack.botUser,
            text: try markdown(arguments, isRequired: false, &state), isStreaming: true)
        state.messages.append(message)
        state.statuses[thread] = nil
        return reference(message)
    }

    static func appendStream(_ arguments: JSONValue, _ state: inout StandInSlackState) throws(Refusal) -> [String: JSONValue] {
        let index = try streaming(arguments, state)
        state.messages[index].text += try markdown(arguments, isRequired: true, &state)
        state.messages[index].edits += 1
        return reference(state.messages[index])
    }

    static func stopStream(_ arguments: JSONValue, _ state: inout StandInSlackState) throws(Refusal) -> [String: JSONValue] {
        let index = try streaming(arguments, state)
        state.messages[index].text += try markdown(arguments, isRequired: false, &state)
        state.messages[index].isStreaming = false
        // What was streamed is in a block from then on, and stays there until an update takes it away.
        state.messages[index].blocks = [["type": "markdown", "text": .string(state.messages[index].text)]]
        return reference(state.messages[index])
    }

    private static func streaming(_ arguments: JSONValue, _ state: StandInSlackState) throws(Refusal) -> Int {
        let index = try own(arguments, state)
        guard state.messages[index].isStreaming else { throw Refusal(code: "message_not_in_streaming_state") }
        return index
    }

    private static func markdown(_ arguments: JSONValue, isRequired: Bool, _ state: inout StandInSlackState) throws(Refusal) -> String {
        guard let text = arguments["markdown_text"]?.string, !text.isEmpty else {
            if isRequired { throw Refusal(code: "no_text") }
            return ""
        }
        if text.utf16.count > 12_000 { throw Refusal(code: "msg_too_long") }
        if ["<!", "<@", "<#"].contains(where: text.contains) { state.faults.append("a stream with a mention in it") }
        return text
    }

    // MARK: Arguments

    private static func channel(_ value: JSONValue?, _ state: StandInSlackState) throws(Refusal) -> String {
        guard let name = value?.string, let channel = state.channel(name) else { throw Refusal(code: "channel_not_found") }
        if state.outside.contains(channel) { throw Refusal(code: "not_in_channel") }
        return channel
    }

    private static func own(_ arguments: JSONValue, _ state: StandInSlackState) throws(Refusal) -> Int {
        let channel = try channel(arguments["channel"], state)
        // Methods that name a message take no names of channels.
        guard arguments["channel"]?.string == channel else { throw Refusal(code: "channel_not_found") }
        guard let index = state.index(channel, arguments["ts"]?.string) else { throw Refusal(code: "message_not_found") }
        guard state.messages[index].user == StandInSlack.botUser else { throw Refusal(code: "cant_update_message") }
        return index
    }

    private static func content(_ arguments: JSONValue, textMax: Int, _ state: inout StandInSlackState) throws(Refusal) -> String {
        let text = arguments["text"]?.string ?? ""
        let blocks = arguments["blocks"]?.array ?? []
        if text.isEmpty, blocks.isEmpty { throw Refusal(code: "no_text") }
        if text.utf16.count > textMax { throw Refusal(code: "msg_too_long") }
        if text.utf16.count > 4000 { state.faults.append("a text of \(text.utf16.count) characters; Slack advises 4,000") }
        if let fault = StandInSlackMarkup.fault(in: text) { state.faults.append(fault) }
        if let fault = StandInSlackBlocks.fault(in: blocks) {
            state.faults.append(fault)
            throw Refusal(code: "invalid_blocks")
        }
        return text
    }

    private static func reference(_ message: StandInSlackMessage) -> [String: JSONValue] {
        ["channel": .string(message.channel), "ts": .string(message.ts)]
    }
}
