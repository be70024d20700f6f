import GRDB
import Logging
import NightjarEngine
@testable import NightjarSQLite
import NightjarTesting
import Testing

/// SQLite's planner is easily led astray, so every statement that the conformance suite makes the store run is explained:
/// none may walk through a whole table, or sort what an index has in order.
@Suite struct QueryPlanTests {
    /// What is wanted all the same, by a part of the statement.
    private static let exceptions: [(statement: String, step: String)] = [
        // The queue in the order of its index, as far as the limit.
        ("INDEXED BY tasks_ready", "SCAN tasks USING INDEX tasks_ready"),
        // All of a small table.
        ("SELECT trigger, due FROM slots", "SCAN slots"),
        ("SELECT key, value FROM script_state", "SCAN script_state"),
        ("SELECT name, timing, runs, is_paused FROM triggers", "SCAN triggers"),
        // Counting everything takes looking at everything, in the narrowest index.
        ("SELECT state, count(*) FROM tasks GROUP BY state", "SCAN tasks USING COVERING INDEX tasks_state"),
    ]

    @Test func everyStatementUsesItsIndexes() async throws {
        let statements = try await statementsOfTheSuite()
        #expect(statements.count > 30)
        let queue = try DatabaseQueue()
        try Schema.migrator.migrate(queue)
        var used: Set<String> = []
        for statement in statements {
            let plan = try await queue.read { try Self.plan(of: statement, $0) }
            for step in plan where step.contains("SCAN") || step.contains("TEMP B-TREE") {
                if step.contains("CONSTANT ROW") { continue }
                let exception = Self.exceptions.first { statement.contains($0.statement) && step == $0.step }
                #expect(exception != nil, "\(step): \(statement)")
                if let exception { used.insert(exception.statement) }
            }
        }
        #expect(used.count == Self.exceptions.count, "an exception that nothing needs is gone")
    }

    private func statementsOfTheSuite() async throws -> Set<String> {
        let seen = Shared<Set<String>>([])
        for promise in StoreConformance.cases {
            let folder = try ScratchFolder()
            try await promise.run {
                try SQLiteStore(path: folder.path(), logger: .silent) { configuration in
                    configuration.prepareDatabase { db in
                        db.trace(options: .statement) { event in
                            guard case .statement(let statement) = event else { return }
                            let sql = statement.sql
                            seen.change { $0.insert(sql) }
                        }
                    }
                }
            }
        }
        return seen.value.filter(Self.isOfTheStore)
    }

    private static func isOfTheStore(_ statement: String) -> Bool {
        ["SELECT", "INSERT", "UPDATE", "DELETE"].contains { statement.hasPrefix($0) }
            && !["sqlite_", "grdb_", "pragma"].contains { statement.lowercased().contains($0) }
    }

    private static func plan(of statement: String, _ db: Database) throws -> [String] {
        let explanation = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(statement)")
        // The plan does not depend on the arguments.
        explanation.setUncheckedArguments([])
        return try Row.fetchAll(explanation).map { $0["detail"] }
    }
}
