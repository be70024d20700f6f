import Logging

/// Runs the hooks of one generation in the order of their declaration.
struct HookRunner: Sendable {
    let hooks: [HookPoint: [any Hook]]
    let logger: Logger

    func has(_ point: HookPoint) -> Bool { hooks[point]?.isEmpty == false }

    /// Runs the hooks of a `pre_*` point; each sees what the one before made of the input.
    /// - Returns: the input as they leave it.
    /// - Throws: ``AgentRunError/refused(_:)`` when one refuses or fails; `CancellationError`.
    func runBefore(_ event: HookEvent, context: HandlerContext) async throws -> String {
        var event = event
        for hook in hooks[event.point] ?? [] {
            do {
                if let input = try await hook.run(event, context: context) { event.input = input }
            } catch let failure as HandlerFailure {
                throw AgentRunError.refused(failure.message)
            } catch {
                try Task.checkCancellation()
                log(error, event, "a hook failed, so what it guards is refused")
                throw AgentRunError.refused("the \(event.point.rawValue) hook failed: \(error)")
            }
        }
        return event.input
    }

    /// Runs the hooks of a `post_*` point; what fails is logged.
    func runAfter(_ event: HookEvent, context: HandlerContext) async {
        for hook in hooks[event.point] ?? [] {
            do {
                _ = try await hook.run(event, context: context)
            } catch {
                log(error, event, "a hook failed")
            }
        }
    }

    private func log(_ error: any Error, _ event: HookEvent, _ message: Logger.Message) {
        logger.error(
            message,
            metadata: [
                "hook": "\(event.point.rawValue)", "task.id": "\(event.task.id)", "error": "\(error)",
                "traceback": "\(ScriptError.traceback(of: error))",
            ])
    }
}
