package import LuaRuntime
import NightjarEngine
import Synchronization

/// Collects what the scripts declare while a generation is loaded. Nothing is judged here, so that one mistake hides no other.
package final class LoadRecorder: Sendable {
    /// One declaration, as it was written.
    package struct Declaration: Sendable {
        /// The function that was called: `agent`, `every`, …
        package var kind: String
        package var arguments: [LuaValue]
        package var location: LuaLocation?
    }

    private struct State {
        var declarations: [Declaration] = []
        /// `agent "x"` without its table yet, by number.
        var open: [UInt64: Declaration] = [:]
        var nextOpen: UInt64 = 0
        var missingSecrets: [SecretResolver.Missing] = []
    }

    private let state = Mutex(State())

    package init() {}

    package func record(_ declaration: Declaration) {
        state.withLock { $0.declarations.append(declaration) }
    }

    /// The first half of `agent "x" { … }`.
    package func open(_ declaration: Declaration) -> UInt64 {
        state.withLock { state in
            state.nextOpen += 1
            state.open[state.nextOpen] = declaration
            return state.nextOpen
        }
    }

    /// The second half, which may come on a later line: the first half's line counts.
    /// - Returns: false when there is no such first half, or it has its table already.
    package func complete(_ number: UInt64, with body: [LuaValue]) -> Bool {
        state.withLock { state in
            guard var declaration = state.open.removeValue(forKey: number) else { return false }
            declaration.arguments += body
            state.declarations.append(declaration)
            return true
        }
    }

    func note(_ secret: SecretResolver.Missing) {
        state.withLock { if !$0.missingSecrets.contains(secret) { $0.missingSecrets.append(secret) } }
    }

    /// Secrets that a placeholder stands for, in the order they were asked for, each place once.
    var missingSecrets: [SecretResolver.Missing] { state.withLock(\.missingSecrets) }

    /// The kinds of declarations that hold a secret with this text in it.
    func kinds(holding text: String) -> Set<String> {
        Set(declarations.filter { $0.arguments.contains { $0.holds(secret: text) } }.map(\.kind))
    }

    /// In the order in which they were completed.
    package var declarations: [Declaration] { state.withLock(\.declarations) }

    /// First halves whose tables never came.
    package var unfinished: [Declaration] {
        state.withLock { state in state.open.sorted { $0.key < $1.key }.map(\.value) }
    }
}

extension LuaValue {
    fileprivate func holds(secret text: String) -> Bool {
        if let secret = Secret(from: self) { return secret.reveal().contains(text) }
        guard let table = tableValue else { return false }
        return table.array.contains { $0.holds(secret: text) } || table.fields.values.contains { $0.holds(secret: text) }
    }
}
