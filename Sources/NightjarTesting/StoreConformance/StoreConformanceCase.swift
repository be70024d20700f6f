public import NightjarEngine

/// One promise that every store must keep.
public struct StoreConformanceCase: Sendable, CustomStringConvertible {
    /// The promise, in words.
    public let description: String
    private let body: @Sendable (any Store) async throws -> Void

    init(_ description: String, _ body: @escaping @Sendable (any Store) async throws -> Void) {
        self.description = description
        self.body = body
    }

    /// Tries the promise on a fresh store, which is closed afterwards.
    /// - Throws: ``ConformanceFailure`` when the promise is broken, or what the store threw.
    public func run(_ makeStore: () async throws -> any Store) async throws {
        let store = try await makeStore()
        do {
            try await body(store)
        } catch {
            try? await store.close()
            throw error
        }
        try await store.close()
    }
}
