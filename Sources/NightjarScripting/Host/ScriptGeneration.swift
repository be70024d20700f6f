import Logging
package import LuaRuntime
import NightjarEngine
import Synchronization

/// One immutable generation of scripts at work: it calls their functions, and makes a fresh interpreter of the same sources when one
/// had to be given up.
///
/// It lives as long as definitions, tasks or handlers refer to it; then its interpreter ends.
package final class ScriptGeneration: Sendable {
    private enum Slot {
        case ready(ScriptInterpreter)
        /// Given up; the next call makes a new one, and others wait for it.
        case empty
        case building(Task<ScriptInterpreter, any Error>)
        case closed
    }

    package let number: Int
    private let slot: Mutex<Slot>
    private let build: @Sendable (_ onQuarantine: @escaping @Sendable (LuaQuarantine) -> Void) async throws -> ScriptInterpreter
    private let onQuarantine: @Sendable (LuaQuarantine) -> Void

    /// - Parameters:
    ///   - interpreter: evaluated already.
    ///   - build: evaluates the generation's sources in a fresh interpreter.
    init(
        number: Int, interpreter: ScriptInterpreter,
        build: @escaping @Sendable (@escaping @Sendable (LuaQuarantine) -> Void) async throws -> ScriptInterpreter,
        onQuarantine: @escaping @Sendable (LuaQuarantine) -> Void
    ) {
        self.number = number
        self.build = build
        self.onQuarantine = onQuarantine
        slot = Mutex(.ready(interpreter))
    }

    deinit {
        if case .building(let task) = slot.withLock({ $0 }) { task.cancel() }
    }

    /// Calls a declared function as a handler that may wait.
    /// - Throws: ``HandlerFailure`` for `ctx:fail`, ``ScriptError``, `CancellationError`.
    package func call(
        _ handler: HandlerID, _ arguments: [LuaValue], as invocation: ScriptInvocation, results: LuaResults = .values
    ) async throws -> [LuaValue] {
        try await withInterpreter { interpreter in
            try await interpreter.vm.call(
                try interpreter.function(handler), arguments, context: invocation, results: results)
        }
    }

    /// Calls a function that the scripts handed out at run time, such as an iterator; it belongs to one interpreter and cannot move.
    package func call(_ function: LuaFunction, _ arguments: [LuaValue], as invocation: ScriptInvocation) async throws -> [LuaValue] {
        do {
            return try await current().vm.call(function, arguments, context: invocation)
        } catch let error as LuaError where error.kind == .invalid {
            // The interpreter it belongs to was given up for another script.
            throw ScriptError.interrupted(error)
        } catch {
            throw Self.translate(error)
        }
    }

    /// Calls a declared function that may not wait.
    package func callWithoutWaiting(_ handler: HandlerID, _ arguments: [LuaValue]) async throws -> [LuaValue] {
        try await withInterpreter { interpreter in
            try await interpreter.vm.callWithoutWaiting(
                try interpreter.function(handler), arguments, context: ScriptInvocation.format)
        }
    }

    /// Ends the interpreter: what runs on it fails as cancelled.
    package func close() async {
        let last = slot.withLock { slot -> Slot in
            defer { slot = .closed }
            return slot
        }
        if case .ready(let interpreter) = last { await interpreter.vm.close() }
    }

    /// The interpreter was given up: the next call makes a new one.
    func quarantined(_ quarantine: LuaQuarantine) {
        slot.withLock { slot in
            if case .ready = slot { slot = .empty }
        }
        onQuarantine(quarantine)
    }

    private func withInterpreter(
        _ body: (ScriptInterpreter) async throws -> [LuaValue]
    ) async throws -> [LuaValue] {
        while true {
            do {
                return try await body(try await current())
            } catch let error as LuaError where error.kind == .moved {
                // It had not begun when its interpreter was given up, so it begins again on the fresh one.
                continue
            } catch {
                throw Self.translate(error)
            }
        }
    }

    private func current() async throws -> ScriptInterpreter {
        let building = slot.withLock { slot -> Result<ScriptInterpreter, any Error>? in
            switch slot {
            case .ready(let interpreter): return .success(interpreter)
            case .closed: return .failure(CancellationError())
            case .building: return nil
            case .empty:
                // Unstructured, since many callers share it and each of them may be cancelled without the others. Each awaits its
                // value below, and `deinit` cancels it.
                slot = .building(Task { try await self.build { [weak self] in self?.quarantined($0) } })
                return nil
            }
        }
        if let building { return try building.get() }
        guard case .building(let task) = slot.withLock({ $0 }) else { return try await current() }
        do {
            let interpreter = try await task.value
            slot.withLock { if case .building = $0 { $0 = .ready(interpreter) } }
            return interpreter
        } catch {
            slot.withLock { if case .building = $0 { $0 = .empty } }
            throw error
        }
    }

    private static func translate(_ error: any Error) -> any Error {
        (error as? LuaError).map(ScriptError.translating) ?? error
    }
}

extension ScriptInterpreter {
    fileprivate func function(_ handler: HandlerID) throws -> LuaFunction {
        guard let function = functions[handler] else {
            throw ScriptError(
                message:
                    "\(handler) was not declared again when the scripts were evaluated a second time; declarations must not depend on time or chance"
            )
        }
        return function
    }
}
