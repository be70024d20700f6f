extension AgentRun {
    /// The model's answer of one iteration: from the journal, or asked for and journaled.
    ///
    /// The last answer is not journaled: the task's result is the record of it, and is written next. A crash before that costs the
    /// answer, as it would before a journal's write.
    func answer(to request: ModelRequest, iteration: Int, journal: JournalReplay) async throws -> ModelResponse {
        if let response = journal.answer(iteration: iteration) {
            if !response.text.isEmpty { try await onText(response.text) }
            return response
        }
        var request = request
        try await runPreTurn(&request, iteration: iteration)
        let response = try await ask(request, iteration: iteration)
        if !response.toolCalls.isEmpty { try await record(.modelAnswered(iteration: iteration, response)) }
        return response
    }

    func record(_ entry: JournalEntry) async throws {
        guard try await store.appendJournal(fence, entry) else { throw AgentRunError.fenceLost }
    }

    private func runPreTurn(_ request: inout ModelRequest, iteration: Int) async throws {
        guard hooks.has(.preTurn) else { return }
        let event = hookEvent(.preTurn, input: request.input, iteration: iteration)
        let input = try await hooks.runBefore(event, context: makeContext("turn\(iteration)"))
        request.input = input
    }

    private func ask(_ request: ModelRequest, iteration: Int) async throws -> ModelResponse {
        let ticket: CircuitBreaker.Ticket
        switch breaker.admit(at: clock.now) {
        case .admitted(let admitted): ticket = admitted
        case .refused(let until): throw AgentRunError.breakerOpen(until: until)
        }
        let started = clock.uptime
        do {
            let context = PendingContext(callID: "model\(iteration)", make: makeContext)
            var response = try await HandlerContext.$pending.withValue(context) {
                try await agent.model.respond(to: request, onText: onText)
            }
            response.toolCalls = ToolCall.distinct(response.toolCalls)
            breaker.record(.success, for: ticket, at: clock.now)
            troubles.ended(agent.modelName)
            metrics.modelAnswered(response.usage)
            await finishTurn(request, iteration: iteration, output: response.text, failure: nil, started: started)
            return response
        } catch {
            let verdict = verdict(on: error)
            breaker.record(verdict, for: ticket, at: clock.now)
            if verdict != .neutral { troubles.began(agent.modelName, "\(error)", at: clock.now) }
            let failure = TaskFailure(code: "model_error", message: "\(error)")
            await finishTurn(request, iteration: iteration, output: nil, failure: failure, started: started)
            throw error
        }
    }

    private func finishTurn(
        _ request: ModelRequest, iteration: Int, output: String?, failure: TaskFailure?, started: Duration
    ) async {
        guard hooks.has(.postTurn) else { return }
        var event = hookEvent(.postTurn, input: request.input, iteration: iteration)
        event.output = output
        event.failure = failure
        event.duration = clock.uptime - started
        await hooks.runAfter(event, context: makeContext("turn\(iteration)-after"))
    }

    /// Only what the provider did counts for its health.
    private func verdict(on error: any Error) -> CircuitBreaker.Verdict {
        guard let error = error as? ModelError else { return .neutral }
        return switch error.kind {
        case .rateLimited: .throttled(until: clock.now + min(error.retryAfter ?? .seconds(1), .seconds(60)))
        case .connection, .timeout, .provider, .malformed: .failure
        case .request, .script: .neutral
        }
    }

    func hookEvent(_ point: HookPoint, input: String, tool: String? = nil, iteration: Int) -> HookEvent {
        HookEvent(
            point: point, task: TaskSummary(task, at: clock.now), input: input, tool: tool, iteration: iteration + 1)
    }
}
