/// Where a page of tasks begins: before a task's number in the order of storing.
///
/// Drivers number tasks as they store them, upwards, so a cursor stays right when tasks come or go.
public struct TaskCursor: Sendable, Equatable {
    /// Only tasks with a lower number belong to the page.
    public var limit: Int

    public init(limit: Int) {
        self.limit = limit
    }

    /// - Parameter text: what ``text`` gave, or nil for the first page.
    /// - Throws: ``StoreError`` with ``StoreError/Code/badCursor`` for any other text.
    public init(_ text: String?) throws {
        guard let text else {
            limit = .max
            return
        }
        guard let limit = Int(text), limit > 0 else {
            throw StoreError(.badCursor, "“\(text)” is not a place in the list of tasks. Begin again with the first page.")
        }
        self.limit = limit
    }

    public var text: String { String(limit) }
}
