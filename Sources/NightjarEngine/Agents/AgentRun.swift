/// One attempt of one task: the loop between a model and its tools.
///
/// Every step is journaled under the attempt's fence before the next begins. A later attempt replays the journal: answers that
/// are there are not paid for again, and a tool call without a result is repeated only if its tool is idempotent.
struct AgentRun {
    let task: TaskRecord
    let fence: TaskFence
    /// Never started before, so there is no journal to read.
    let isFirstStart: Bool
    let agent: AgentDefinition
    let store: any Store
    let hooks: HookRunner
    let breaker: CircuitBreaker
    let troubles: ModelTroubles
    let clock: EngineClock
    let metrics: EngineMetrics
    let makeContext: @Sendable (_ callID: String) -> HandlerContext
    /// Counts every answer, replayed ones too, so that a task that fails still tells what it used.
    let usage: UsageMeter
    let onText: @Sendable (String) async throws -> Void

    /// - Returns: the text of the last answer.
    /// - Throws: ``AgentRunError``, ``ModelError``, ``ScriptError``, ``StoreError`` or `CancellationError`.
    func run() async throws -> String {
        let journal = JournalReplay(isFirstStart ? [] : try await store.journal(of: task.id))
        var request = try await firstRequest()
        for iteration in 0..<max(agent.maxIterations, 0) {
            let response = try await answer(to: request, iteration: iteration, journal: journal)
            usage.add(response.usage)
            if response.toolCalls.isEmpty { return try response.answer }
            let results = try await callTools(response.toolCalls, iteration: iteration, journal: journal)
            request.messages.append(.assistant(text: response.text, toolCalls: response.toolCalls))
            request.messages.append(.toolResults(results))
        }
        throw AgentRunError.tooManyIterations(agent.maxIterations)
    }

    private func firstRequest() async throws -> ModelRequest {
        var messages: [ModelMessage] = []
        if task.isSessionTurn, agent.memoryTurns > 0 {
            for turn in try await store.turns(of: task.session, limit: agent.memoryTurns) {
                messages.append(.user(turn.input))
                messages.append(.assistant(text: turn.output ?? "", toolCalls: []))
            }
        }
        messages.append(.user(task.input))
        let instructions =
            switch agent.instructions {
            case .text(let text): text
            case .computed(let compute): try await compute(makeContext("instructions"))
            }
        return ModelRequest(
            instructions: instructions, messages: messages, tools: agent.tools.map(\.description),
            temperature: agent.temperature)
    }
}
