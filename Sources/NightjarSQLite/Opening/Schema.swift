import GRDB

/// The tables, as a list of steps that only grows: a released step is never changed.
enum Schema {
    /// Marks a file as ours (`PRAGMA application_id`): “NJar”.
    static let applicationID: Int32 = 0x4E4A_6172

    static var migrator: DatabaseMigrator {
        // No table refers to another by a foreign key: rows are deleted in batches, and checked by what deletes them.
        var migrator = DatabaseMigrator().disablingDeferredForeignKeyChecks()
        migrator.registerMigration("1") { db in
            for sql in [messages, tasks, taskIndexes, outbox, others] { try db.execute(sql: sql) }
        }
        migrator.registerMigration("2") { db in try db.execute(sql: triggers) }
        migrator.registerMigration("3") { db in try db.execute(sql: "ALTER TABLE messages ADD COLUMN files TEXT") }
        migrator.registerMigration("4") { db in try db.execute(sql: askers) }
        return migrator
    }

    private static let messages = """
        CREATE TABLE messages (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
            kind TEXT NOT NULL, kind_name TEXT,
            platform TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT, user TEXT NOT NULL,
            external_id TEXT, text TEXT NOT NULL, reply_route TEXT, received_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX messages_external ON messages(external_id, user, channel, platform, received_at)
            WHERE external_id IS NOT NULL;
        CREATE INDEX messages_unhandled ON messages(state) WHERE state = 'accepted';
        CREATE INDEX messages_handled ON messages(received_at) WHERE state = 'handled';
        """

    /// `counts_to_quota` says what state and depth say too: 1 while the task is active and not nested. An index that names
    /// `state` is written anew by every change of it, so the index that only asks for active tasks asks for this column.
    private static let tasks = """
        CREATE TABLE tasks (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
            priority INTEGER NOT NULL, stamp INTEGER NOT NULL, delayed_until INTEGER,
            attempt INTEGER NOT NULL, lease_token TEXT, lost_leases INTEGER NOT NULL,
            created_at INTEGER NOT NULL, started_at INTEGER, finished_at INTEGER,
            agent TEXT NOT NULL, platform TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT, user TEXT NOT NULL,
            user_key TEXT NOT NULL, session TEXT, message_id TEXT, origin TEXT, parent TEXT, depth INTEGER NOT NULL,
            counts_to_quota INTEGER NOT NULL, retry_of TEXT, reporting TEXT NOT NULL, reply_route TEXT, metadata TEXT,
            usage_input INTEGER NOT NULL, usage_output INTEGER NOT NULL,
            failure_code TEXT, failure_message TEXT, input TEXT NOT NULL, output TEXT
        ) STRICT;
        CREATE TABLE fair_clocks (priority INTEGER PRIMARY KEY, stamp INTEGER NOT NULL) STRICT;
        INSERT INTO fair_clocks (priority, stamp) VALUES (0, 0), (1, 0), (2, 0);
        """

    /// `tasks_user` is one person's tasks by blocks of the order of storing, so that tasks of many people that are stored one after
    /// the other share its pages: by the person alone, each would be one more page to write.
    private static let taskIndexes = """
        CREATE UNIQUE INDEX tasks_origin ON tasks(origin) WHERE origin IS NOT NULL;
        CREATE INDEX tasks_ready ON tasks(priority, stamp)
            WHERE state = 'pending' AND delayed_until IS NULL AND depth = 0;
        CREATE INDEX tasks_delayed ON tasks(delayed_until) WHERE delayed_until IS NOT NULL;
        CREATE INDEX tasks_active ON tasks(user_key, priority, stamp) WHERE counts_to_quota = 1;
        CREATE INDEX tasks_message ON tasks(message_id) WHERE message_id IS NOT NULL;
        CREATE INDEX tasks_waiting_nested ON tasks(parent) WHERE parent IS NOT NULL AND state = 'pending';
        CREATE INDEX tasks_state ON tasks(state);
        CREATE INDEX tasks_user ON tasks(seq / 256, user_key);
        CREATE INDEX tasks_finished ON tasks(state, finished_at) WHERE finished_at IS NOT NULL;
        CREATE INDEX tasks_turns ON tasks(session, finished_at) WHERE session IS NOT NULL AND state = 'completed';
        """

    private static let outbox = """
        CREATE TABLE outbox (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
            platform TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT, user TEXT NOT NULL, reply_route TEXT,
            content TEXT NOT NULL, message_id TEXT, task_id TEXT, origin TEXT, rendered TEXT,
            parts_sent INTEGER NOT NULL, attempts INTEGER NOT NULL, next_attempt_at INTEGER NOT NULL, created_at INTEGER NOT NULL, last_error TEXT
        ) STRICT;
        CREATE UNIQUE INDEX outbox_origin ON outbox(origin) WHERE origin IS NOT NULL;
        CREATE INDEX outbox_pending ON outbox(state) WHERE state = 'pending';
        CREATE INDEX outbox_settled ON outbox(state, created_at) WHERE state <> 'pending';
        CREATE INDEX outbox_message ON outbox(message_id) WHERE message_id IS NOT NULL;
        """

    private static let triggers = """
        CREATE TABLE triggers (
            name TEXT PRIMARY KEY, timing TEXT NOT NULL, runs INTEGER NOT NULL, is_paused INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// An origin begins with the id of the message or task that asked.
    private static let askers = """
        ALTER TABLE questions ADD COLUMN asker TEXT;
        UPDATE questions SET asker = substr(origin, 1, min(instr(origin || '#', '#'), instr(origin || '/', '/')) - 1)
            WHERE origin IS NOT NULL;
        """

    private static let others = """
        CREATE TABLE journal (
            task INTEGER NOT NULL, position INTEGER NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (task, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE questions (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, origin TEXT UNIQUE, record TEXT NOT NULL,
            is_open INTEGER NOT NULL, expires_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX questions_open ON questions(expires_at) WHERE is_open = 1;
        CREATE INDEX questions_expiry ON questions(expires_at);
        CREATE TABLE slots (trigger TEXT PRIMARY KEY, due INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE script_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """
}
