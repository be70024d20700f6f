import Testing

@testable import LuaRuntime

/// Runs a chunk in a fresh state and returns its results.
func run(_ source: String, libraries: [LuaLibrary] = []) throws -> [LuaValue] {
    try LuaState(libraries: libraries).evaluate(source, name: "test.lua")
}

/// The error a chunk raises.
func failure(_ source: String, libraries: [LuaLibrary] = []) throws -> LuaError {
    let state = try LuaState(libraries: libraries)
    return try #require(throws: LuaError.self) { try state.evaluate(source, name: "test.lua") }
}

extension LuaState {
    /// The function a chunk returns.
    func function(_ source: String, name: String = "test.lua") throws -> LuaFunction {
        try #require(evaluate(source, name: name).first?.functionValue)
    }

    /// Runs a handler to its end; each wait is answered with its own arguments.
    func drive(_ function: LuaFunction, _ arguments: [LuaValue] = []) throws -> [LuaValue] {
        var outcome = start(function, arguments)
        while true {
            switch outcome {
            case .finished(let values): return values
            case .failed(let error): throw error
            case .pending(let pending): outcome = resume(pending.coroutine, with: .success(pending.call.arguments))
            }
        }
    }
}

extension LuaVM {
    /// The function a chunk returns.
    func function(_ source: String, name: String = "test.lua") async throws -> LuaFunction {
        try #require(await evaluate(source, name: name).first?.functionValue)
    }
}

extension LuaLibrary {
    /// `wait(…)` comes back with its arguments, after a suspension.
    static let waiting = LuaLibrary(functions: [
        .awaiting("wait") { call in
            await Task.yield()
            return call.arguments
        }
    ])
}

/// An awaiting function `park()` that ends only when it is released or cancelled.
final class Parking: Sendable {
    private struct State {
        var parked: [CheckedContinuation<Void, Never>?] = []
        var count = 0
        var isReleased = false
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Locked(State())

    var library: LuaLibrary {
        LuaLibrary(functions: [
            .awaiting("park") { [self] call in
                try await park()
                return call.arguments
            }
        ])
    }

    /// Waits until that many calls have been parked in all.
    func waitForParked(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.count < count { state.watchers.append((count, continuation)) }
                return state.count >= count
            }
            if isThere { continuation.resume() }
        }
    }

    func release() {
        let parked = state.withLock { state in
            state.isReleased = true
            defer { state.parked = [] }
            return state.parked
        }
        for continuation in parked { continuation?.resume() }
    }

    private func park() async throws {
        let slot = state.withLock { state in
            state.parked.append(nil)
            return state.parked.count - 1
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isOver, ready) = state.withLock { state in
                    let isOver = state.isReleased || Task.isCancelled
                    if !isOver { state.parked[slot] = continuation }
                    state.count += 1
                    let ready = state.watchers.filter { $0.count <= state.count }
                    state.watchers.removeAll { $0.count <= state.count }
                    return (isOver, ready)
                }
                for watcher in ready { watcher.continuation.resume() }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                state.parked.indices.contains(slot) ? state.parked[slot].take() : nil
            }
            continuation?.resume()
        }
        try Task.checkCancellation()
    }
}
