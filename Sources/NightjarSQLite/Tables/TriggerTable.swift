import GRDB
import NightjarEngine

/// What is remembered of triggers over a restart.
struct TriggerTable {
    let db: Database

    /// A mere count keeps a pause, unless the trigger is declared otherwise now.
    private static let countSQL = """
        INSERT INTO triggers (name, timing, runs, is_paused) VALUES (?, ?, ?, 0)
        ON CONFLICT (name) DO UPDATE SET
            is_paused = is_paused AND timing = excluded.timing, runs = excluded.runs, timing = excluded.timing
        """

    private static let saveSQL = """
        INSERT INTO triggers (name, timing, runs, is_paused) VALUES (?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET
            runs = CASE timing WHEN excluded.timing THEN max(runs, excluded.runs) ELSE excluded.runs END,
            timing = excluded.timing, is_paused = excluded.is_paused
        """

    func all() throws -> [TriggerMemory] {
        var query = try Query(db, "SELECT name, timing, runs, is_paused FROM triggers")
        var memories: [TriggerMemory] = []
        while try query.step() {
            memories.append(
                TriggerMemory(
                    trigger: query.text(), timing: query.text(), runs: Int(query.integer()), isPaused: query.integer() != 0))
        }
        return memories
    }

    /// The firing of a slot that was claimed just now.
    func count(_ slot: TriggerSlot) throws {
        guard let run = slot.run else { return }
        var query = try Query(db, Self.countSQL)
        query.bind(slot.trigger)
        query.bind(run.timing)
        query.bind(run.number)
        try query.run()
    }

    func save(_ memory: TriggerMemory) throws {
        var query = try Query(db, Self.saveSQL)
        query.bind(memory.trigger)
        query.bind(memory.timing)
        query.bind(memory.runs)
        query.bind(memory.isPaused ? 1 : 0)
        try query.run()
        var blank = try Query(db, "DELETE FROM triggers WHERE name = ? AND runs = 0 AND is_paused = 0")
        blank.bind(memory.trigger)
        try blank.run()
    }
}
