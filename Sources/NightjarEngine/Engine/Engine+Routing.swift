import Logging

extension Engine {
    /// Handles one accepted message to its end. Nothing that goes wrong in here leaves the message unanswered.
    func handle(_ message: InboundMessage, _ parsed: ParsedInput?) async {
        switch message.kind {
        case .agentInput(let agent):
            await enterSession(message, at: SessionKey(agent: agent, address: message.address))
        case .trigger(let name):
            await resumeFiring(of: name, message)
        case .request(let name):
            await answerRequest(of: name, message)
        case .chat:
            switch parsed ?? parse(message) {
            case .failure(let error): await finish(message, replies: [.error(error)])
            case .plain(let text): await handlePlain(message, text)
            case .command(let command): await handle(command, message)
            }
        }
    }

    private func handle(_ command: Command, _ message: InboundMessage) async {
        let definitions = definitions
        switch command.verb {
        case .builtIn(let verb):
            do {
                let replies = try await whenStoreWorks(["message.id": "\(message.id)"]) {
                    try await BuiltInCommands(engine: self, definitions: definitions, message: message).run(verb, command)
                }
                await finish(message, replies: replies)
            } catch {
                await finish(message, failed: error, in: verb.rawValue)
            }
        case .script(let name):
            guard let definition = definitions.commands[name] else {
                let error = ReplyError(level: .validation, code: "unknown_command", message: "the command \(name) was removed just now")
                return await finish(message, replies: [.error(error)])
            }
            guard definition.allow.admits(message.address) else {
                let address = message.address
                let error = ReplyError(
                    level: .validation, code: "not_allowed", message: "you may not use /\(name) here",
                    hint: "to its allow list you are \(address.userKey), in \(address.platform):\(address.channel)")
                return await finish(message, replies: [.error(error)])
            }
            let context = HandlerContext(
                engine: self, definitions: definitions, address: message.address, text: message.text,
                arguments: command.arguments, flags: command.flags, messageID: message.id, files: message.files, replyRoute: message.replyRoute,
                originPrefix: message.id.rawValue)
            await answer(message) { try await definition.run(context) }
        }
    }

    private func handlePlain(_ message: InboundMessage, _ text: String) async {
        let definitions = definitions
        for (index, handler) in definitions.messageHandlers.enumerated() {
            let context = HandlerContext(
                engine: self, definitions: definitions, address: message.address, text: text, messageID: message.id, files: message.files,
                replyRoute: message.replyRoute, originPrefix: "\(message.id)/on_message\(index)")
            do {
                guard case .answer(let answer) = try await handler.run(context) else { continue }
                return await finish(message, replies: replies(saying: answer))
            } catch {
                return await finish(message, failed: error, in: "on_message \(handler.pattern)")
            }
        }
        guard let agent = definitions.settings.defaultAgent else {
            let error = ReplyError(
                level: .validation, code: "no_default_agent", message: "nobody here answers plain messages",
                hint: "say /help to see the commands; settings { default_agent = \"…\" } names the agent that answers them")
            return await finish(message, replies: [.error(error)])
        }
        await enterSession(message, at: SessionKey(agent: agent, address: message.address))
    }

    /// Runs a handler and ends the message with what it returned.
    func answer(_ message: InboundMessage, _ body: () async throws -> HandlerResult) async {
        do {
            switch try await body() {
            case .answer(let text): await finish(message, replies: replies(saying: text))
            case .none: await finish(message, replies: [])
            }
        } catch {
            await finish(message, failed: error, in: message.text.prefix(80).description)
        }
    }

    /// Empty text is an answer too: that there is nothing to say.
    func replies(saying text: String) -> [ReplyContent] { text.isEmpty ? [] : [.text(text)] }

    /// Ends a message whose handler failed. One that the end of the process cuts off is not ended: the next process handles it again.
    private func finish(_ message: InboundMessage, failed error: any Error, in handler: String) async {
        if Task.isCancelled { return }
        logFailure(error, of: handler, message)
        await finish(message, replies: [.error(replyError(error))])
    }

    func logFailure(_ error: any Error, of handler: String, _ message: InboundMessage) {
        if error is HandlerFailure || error is ReplyError { return }
        logger.error(
            "a handler failed",
            metadata: [
                "handler": "\(handler)", "message.id": "\(message.id)", "error": "\(error)",
                "traceback": "\(ScriptError.traceback(of: error))",
            ])
    }

    /// An error as the person who asked is told it.
    func replyError(_ error: any Error) -> ReplyError {
        switch error {
        case let error as ReplyError: error
        case let error as HandlerFailure: ReplyError(level: .validation, code: "refused", message: error.message)
        case let error as ScriptError: ReplyError(level: .execution, code: error.code, message: error.description)
        case let error as TaskFailure: ReplyError(level: .execution, code: error.code, message: error.message)
        case let error as StoreError: ReplyError(level: .platform, code: error.code.description, message: error.message)
        case is CancellationError:
            ReplyError(level: .execution, code: "interrupted", message: "the engine is shutting down")
        default: ReplyError(level: .execution, code: "error", message: "\(error)")
        }
    }
}
