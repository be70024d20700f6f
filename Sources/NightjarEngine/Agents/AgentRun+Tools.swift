extension AgentRun {
    /// Runs the calls of one answer at the same time, up to a limit.
    /// - Returns: the results in the order of the calls, failures as results that say so.
    func callTools(_ calls: [ToolCall], iteration: Int, journal: JournalReplay) async throws -> [ToolResult] {
        if calls.count == 1 { return [try await callTool(calls[0], iteration: iteration, journal: journal)] }
        let gate = AsyncSemaphore(limit: AgentLimits.parallelToolCallsMax)
        return try await withThrowingTaskGroup(of: (Int, ToolResult).self) { group in
            for (index, call) in calls.enumerated() {
                let permit = try await gate.acquire()
                group.addTask {
                    defer { permit.release() }
                    return (index, try await callTool(call, iteration: iteration, journal: journal))
                }
            }
            var results = [ToolResult?](repeating: nil, count: calls.count)
            for try await (index, result) in group { results[index] = result }
            return results.compactMap { $0 }
        }
    }

    private func callTool(_ call: ToolCall, iteration: Int, journal: JournalReplay) async throws -> ToolResult {
        if let result = journal.result(iteration: iteration, callID: call.id) { return result }
        let tool = agent.tools.first { $0.description.name == call.name }
        if journal.isOutcomeUnknown(iteration: iteration, callID: call.id), tool?.isIdempotent != true {
            let result = failed(call, "the engine was interrupted during this call: whether it took effect is unknown")
            try await record(.toolFinished(iteration: iteration, callID: call.id, result))
            return result
        }
        try await record(.toolStarted(iteration: iteration, callID: call.id))
        let result = try await perform(call, with: tool, iteration: iteration)
        try await record(.toolFinished(iteration: iteration, callID: call.id, result))
        return result
    }

    /// Every failure of a tool becomes a result, since the model can often do something about it; only a cancel, a lost fence
    /// and the store's errors end the attempt.
    private func perform(_ call: ToolCall, with tool: (any Tool)?, iteration: Int) async throws -> ToolResult {
        guard let tool else {
            let known = agent.tools.map(\.description.name).sorted().joined(separator: ", ")
            return failed(call, "there is no tool \"\(call.name)\"; the tools are: \(known)")
        }
        // Providers name calls anew in each answer, so the answer is part of what makes the call's effects idempotent.
        let context = makeContext("tool\(iteration)/\(call.id)")
        let started = clock.uptime
        var call = call
        var result: ToolResult
        do {
            if hooks.has(.preTool) {
                let event = hookEvent(.preTool, input: call.arguments, tool: call.name, iteration: iteration)
                call.arguments = try await hooks.runBefore(event, context: context)
            }
            let arguments = try ToolArguments.prepare(call.arguments, for: tool.description.parameters)
            let text = try await withTimeout(tool.timeout) { try await tool.call(arguments, context: context) }
            result = ToolResult(callID: call.id, name: call.name, content: bounded(text))
        } catch let error as StoreError {
            throw error
        } catch {
            try Task.checkCancellation()
            result = failed(call, describe(error))
        }
        metrics.toolCalled(failed: result.isError)
        if hooks.has(.postTool) {
            var event = hookEvent(.postTool, input: call.arguments, tool: call.name, iteration: iteration)
            event.output = result.content
            event.failure = result.isError ? TaskFailure(code: "tool_error", message: result.content) : nil
            event.duration = clock.uptime - started
            await hooks.runAfter(event, context: context)
        }
        return result
    }

    private func withTimeout(
        _ limit: Duration, _ body: @escaping @Sendable () async throws -> String
    ) async throws -> String {
        try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask { try await body() }
            group.addTask { [clock] in
                try await clock.sleep(for: limit)
                throw ToolTimeout(limit: limit)
            }
            defer { group.cancelAll() }
            return try await group.next() ?? ""
        }
    }

    private func failed(_ call: ToolCall, _ message: String) -> ToolResult {
        ToolResult(callID: call.id, name: call.name, content: message, isError: true)
    }

    private func describe(_ error: any Error) -> String {
        switch error {
        case AgentRunError.refused(let reason): "refused: \(reason)"
        case let error as ToolTimeout: "the tool took longer than \(DurationText.format(error.limit))"
        default: "\(error)"
        }
    }

    private func bounded(_ text: String) -> String {
        guard text.utf8.count > AgentLimits.toolResultBytesMax else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: AgentLimits.toolResultBytesMax)
        while end.samePosition(in: text) == nil { end = text.utf8.index(before: end) }
        return text[..<end] + "\n… cut here: the whole result has \(text.utf8.count) bytes"
    }

    private struct ToolTimeout: Error {
        var limit: Duration
    }
}
