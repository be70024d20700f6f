import Synchronization

/// The scripts' durable `state` table: JSON text by key, owned by the host and shared by all generations.
///
/// Reads and writes are immediate, in memory; ``flush()`` makes the writes durable, and every handler flushes before its reply leaves.
public final class StateTable: Sendable {
    private struct Contents {
        var values: [String: String] = [:]
        var dirty: Set<String> = []
        var isSaving = false
    }

    private let contents = Mutex(Contents())
    private let store: any Store
    /// One save at a time, so that the store never ends up with the older of two values.
    private let turn = AsyncSemaphore(limit: 1)

    public init(store: any Store) {
        self.store = store
    }

    func load() async throws {
        let values = try await store.loadState()
        contents.withLock { $0.values = values }
    }

    public subscript(key: String) -> String? {
        get { contents.withLock { $0.values[key] } }
        set {
            contents.withLock {
                $0.values[key] = newValue
                $0.dirty.insert(key)
            }
        }
    }

    public var count: Int { contents.withLock { $0.values.count } }

    public var keys: [String] { contents.withLock { $0.values.keys.sorted() } }

    /// Replaces a value unless it changed meanwhile.
    /// - Returns: whether `expected` was still there.
    public func replace(_ key: String, expected: String?, with value: String?) -> Bool {
        contents.withLock {
            guard $0.values[key] == expected else { return false }
            $0.values[key] = value
            $0.dirty.insert(key)
            return true
        }
    }

    /// Makes every write so far durable, also those that another flush is saving just now.
    /// - Throws: ``StoreError``; then the writes stay due. `CancellationError` while it waits for another flush.
    public func flush() async throws {
        if contents.withLock({ $0.dirty.isEmpty && !$0.isSaving }) { return }
        let permit = try await turn.acquire()
        defer { permit.release() }
        let changes = contents.withLock { contents -> [String: String?] in
            let changes = Dictionary(uniqueKeysWithValues: contents.dirty.map { ($0, contents.values[$0]) })
            contents.dirty = []
            contents.isSaving = !changes.isEmpty
            return changes
        }
        guard !changes.isEmpty else { return }
        defer { contents.withLock { $0.isSaving = false } }
        do {
            try await store.saveState(changes)
        } catch {
            contents.withLock { $0.dirty.formUnion(changes.keys) }
            throw error
        }
    }
}
