/// The engine's own commands, for one message.
struct BuiltInCommands {
    let engine: Engine
    let definitions: Definitions
    let message: InboundMessage

    /// - Returns: what to answer at once.
    /// - Throws: ``ReplyError`` and ``StoreError``.
    func run(_ verb: BuiltInVerb, _ command: Command) async throws -> [ReplyContent] {
        switch (verb, command.target) {
        case (.run, .trigger): try await runTrigger(command.arguments.first ?? "")
        case (.run, _): try await runAgent(command)
        case (.list, .agent): [.agents(definitions.agents.values.map(\.summary).sorted { $0.name < $1.name })]
        case (.list, .trigger): [.triggers(engine.triggerSummaries)]
        case (.list, _): [.list(try await engine.overview(user: isAdmin ? nil : userKey, at: engine.clock.now))]
        case (.status, _): [.status(try await engine.status(of: try await task(command), user: isAdmin ? nil : userKey))]
        case (.result, _): [try await result(try await task(command))]
        case (.cancel, _): try await cancel(try await task(command))
        case (.retry, _): try await retry(try await task(command))
        case (.help, _): [.help(try help(command))]
        }
    }

    private var userKey: String { message.address.userKey }

    /// The person at the terminal is the operator.
    private var isAdmin: Bool {
        message.address.platform == "terminal" || definitions.settings.admins.contains { AllowList.matches($0, userKey) }
    }

    private func runAgent(_ command: Command) async throws -> [ReplyContent] {
        let name = command.arguments.first ?? ""
        guard let agent = definitions.agents[name] ?? definitions.agents.values.first(where: { $0.name.lowercased() == name.lowercased() })
        else { throw ReplyError.unknownAgent(name, known: definitions.agents.keys) }
        let priority = try priority(command.flags["priority"])
        var metadata = command.flags
        metadata["priority"] = nil
        let task = TaskRecord(
            agent: agent.name, input: command.rest, address: message.address, priority: priority, metadata: metadata,
            messageID: message.id, origin: "\(message.id)#run", replyRoute: message.replyRoute, createdAt: engine.clock.now)
        _ = try await engine.begin(task)
        return []
    }

    private func priority(_ name: String?) throws -> TaskPriority {
        guard let name else { return .normal }
        guard let priority = TaskPriority.allCases.first(where: { $0.name == name.lowercased() }) else {
            throw ReplyError(
                level: .validation, code: "invalid_argument", message: "there is no priority \"\(name)\"", hint: "high, normal or low")
        }
        return priority
    }

    private func runTrigger(_ name: String) async throws -> [ReplyContent] {
        guard isAdmin else {
            throw ReplyError(
                level: .validation, code: "not_allowed", message: "only admins may fire triggers",
                hint: "settings { admins = { \"\(userKey)\" } } would make you one")
        }
        guard let triggers = engine.triggers else {
            throw ReplyError(level: .validation, code: "no_triggers", message: "triggers do not run here; nightjar run runs them")
        }
        guard let firing = try? triggers.runNow(name) else {
            if let path = engine.path(ofRequestTrigger: name) {
                throw ReplyError(
                    level: .validation, code: "fired_by_requests", message: "The trigger \(name) is fired by requests to \(path) alone.")
            }
            throw ReplyError.unknown("trigger", name, known: definitions.triggers.map(\.name))
        }
        switch firing {
        case .started: return [.success("The trigger \(name) fires now.")]
        case .queued: return [.success("The trigger \(name) still runs; it fires again when that ends.")]
        case .refused:
            throw ReplyError(
                level: .validation, code: "trigger_busy", message: "The trigger \(name) still runs.",
                hint: "Its overlap setting leaves no room for another firing.")
        }
    }

    /// The one task that the id names, if this person may see it.
    private func task(_ command: Command) async throws -> TaskRecord {
        let id = command.arguments.first ?? ""
        guard id.count >= 4 else {
            throw ReplyError(
                level: .validation, code: "unknown_task", message: "\"\(id)\" is too short for a task's id",
                hint: "type at least its first 4 characters; /list tasks shows them")
        }
        let found = try await engine.tasks(idPrefix: id).filter { isAdmin || $0.address.userKey == userKey }
        guard let task = found.first else {
            throw ReplyError(
                level: .validation, code: "unknown_task", message: "there is no task \(id)", hint: "/list tasks shows yours")
        }
        guard found.count == 1 else {
            throw ReplyError(
                level: .validation, code: "ambiguous_task", message: "\(id) may be \(found.map(\.id.rawValue).joined(separator: ", "))",
                hint: "type more of it")
        }
        return task
    }

    private func result(_ task: TaskRecord) async throws -> ReplyContent {
        switch task.state {
        case .completed:
            guard let output = task.output, !output.isEmpty else { return .success("The task \(task.id) has completed without output.") }
            return .text(output)
        case .failed, .cancelled: return .status(TaskSummary(task, at: engine.clock.now))
        case .pending, .running:
            throw ReplyError(
                level: .validation, code: "not_finished", message: "the task \(task.id) has not ended yet",
                hint: "/status task \(task.id) shows how far it is")
        }
    }

    private func cancel(_ task: TaskRecord) async throws -> [ReplyContent] {
        switch try await engine.cancel(task.id) {
        case .cancelled(let task, _): return hearsOfCancel(task) ? [] : [.success("The task \(task.id) is cancelled.")]
        case .alreadyFinished(let task):
            throw ReplyError(
                level: .validation, code: "already_finished",
                message: "the task \(task.id) is already finished (\(task.state.rawValue))", hint: "/result task \(task.id) shows its output")
        case .notFound: throw ReplyError(level: .validation, code: "unknown_task", message: "there is no task \(task.id)")
        }
    }

    /// Whether the notice that the task's own address gets is also in front of who cancelled it.
    private func hearsOfCancel(_ task: TaskRecord) -> Bool {
        let keepsReplies = engine.presenter.platform(message.address.platform)?.capabilities.keepsReplies ?? false
        return task.reporting != .none && task.address == message.address && !keepsReplies
    }

    private func retry(_ old: TaskRecord) async throws -> [ReplyContent] {
        let new = try await engine.retry(
            old, messageID: message.id, replyRoute: message.replyRoute, origin: "\(message.id)#retry")
        let isTold = new.address == message.address && new.reporting != .none
        return isTold ? [] : [.success("The task \(old.id) runs again as \(new.id).")]
    }

    private func help(_ command: Command) throws -> HelpPage {
        try HelpPage.make(
            commands: definitions.commands.values, for: message.address, isAdmin: isAdmin, prefix: command.prefix,
            defaultAgent: definitions.settings.defaultAgent, topic: command.arguments.first)
    }
}
