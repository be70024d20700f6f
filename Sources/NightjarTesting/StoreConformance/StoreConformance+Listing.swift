import NightjarEngine

extension StoreConformance {
    static let listing = [
        StoreConformanceCase("Tasks are listed newest first, by state and by user") { store in
            let done = try await store.complete(try await store.addRunning(Sample.task(user: "ann")))
            let running = try await store.addRunning(Sample.task(user: "bob"))
            let pending = try await store.add(Sample.task(user: "ann"))
            let list = { (states: Set<TaskState>, user: String?) in
                try await store.tasks(TaskQuery(states: states, user: user)).tasks.map(\.id)
            }
            try expectEqual(try await list([], nil), [pending.id, running.id, done.id], "all")
            try expectEqual(try await list([.pending, .running], nil), [pending.id, running.id], "the active ones")
            try expectEqual(try await list([], "webhook:ann"), [pending.id, done.id], "one user's")
            try expectEqual(try await list([.completed], "webhook:ann"), [done.id], "one user's completed ones")
            try expectEqual(try await list([.failed], nil), [], "the failed ones")
            try expectEqual(try await list([], "ann"), [], "those of a user of another name")
        },
        StoreConformanceCase("Pages follow each other without a gap or a double while tasks come and go") { store in
            var all: [TaskID] = []
            for _ in 0..<7 { all.append(try await store.add(Sample.task()).id) }
            let first = try await store.tasks(TaskQuery(limit: 3))
            try expectEqual(first.tasks.map(\.id), [all[6], all[5], all[4]], "the first page")
            try await store.add(Sample.task())
            _ = try await store.claim(limit: 1, at: Sample.start)
            let second = try await store.tasks(TaskQuery(limit: 3, cursor: first.next))
            try expectEqual(second.tasks.map(\.id), [all[3], all[2], all[1]], "the second page")
            let third = try await store.tasks(TaskQuery(limit: 3, cursor: second.next))
            try expectEqual(third.tasks.map(\.id), [all[0]], "the third page")
            try expectEqual(third.next, nil, "the end")
        },
        StoreConformanceCase("A full last page is the last one, with filters too") { store in
            for user in ["ann", "bob", "ann", "bob"] { try await store.add(Sample.task(user: user)) }
            for query in [TaskQuery(limit: 4), TaskQuery(user: "webhook:ann", limit: 2), TaskQuery(states: [.pending], limit: 4)] {
                let page = try await store.tasks(query)
                try expectEqual(page.tasks.count, query.limit, "the size of the page")
                try expectEqual(page.next, nil, "the end")
            }
            var query = TaskQuery(states: [.pending, .running], user: "webhook:bob", limit: 1)
            let first = try await store.tasks(query)
            query.cursor = first.next
            let second = try await store.tasks(query)
            try expectEqual((first.tasks + second.tasks).map(\.address.user), ["bob", "bob"], "both pages")
            try expectEqual(second.next, nil, "the end")
        },
        StoreConformanceCase("A limit out of bounds is moved into them, and a made-up cursor is refused") { store in
            try await store.add(Sample.task())
            try await store.add(Sample.task())
            try expectEqual(try await store.tasks(TaskQuery(limit: 0)).tasks.count, 1, "a page of at least one")
            try expectEqual(try await store.tasks(TaskQuery(limit: .max)).tasks.count, 2, "a page of all")
            for cursor in ["", "x", "-1", "1; DROP TABLE tasks"] {
                try await expectError(.badCursor) { _ = try await store.tasks(TaskQuery(cursor: cursor)) }
            }
        },
        StoreConformanceCase("A task is found by the beginning of its id") { store in
            for id in ["abcd00000000", "abcd11111111", "abce00000000"] {
                var task = Sample.task()
                task.id = TaskID(rawValue: id)
                try await store.add(task)
            }
            let find = { (prefix: String, limit: Int) in
                try await store.tasks(idPrefix: prefix, limit: limit).map(\.id.rawValue)
            }
            try expectEqual(try await find("abcd", 9), ["abcd00000000", "abcd11111111"], "two candidates")
            try expectEqual(try await find("abcd", 1), ["abcd00000000"], "at most one")
            try expectEqual(try await find("abcd1", 9), ["abcd11111111"], "the only one")
            try expectEqual(try await find("abce00000000", 9), ["abce00000000"], "a whole id")
            try expectEqual(try await find("ab%", 9), [], "a wildcard is no wildcard")
            try expectEqual(try await find("abce000000000", 9), [], "more than an id")
        },
        StoreConformanceCase("Counts follow every change, for everyone and for one user") { store in
            let none: [TaskState: Int] = [.pending: 0, .running: 0, .completed: 0, .failed: 0, .cancelled: 0]
            try expectEqual(try await store.taskCounts(user: nil), none, "an empty store")
            for user in ["ann", "ann", "ann", "ann", "bob"] { try await store.add(Sample.task(user: user, priority: .low)) }
            let claimed = try await store.claim(limit: 3, at: Sample.start).filter { $0.address.user == "ann" }
            try await store.complete(claimed[0])
            try await store.change(claimed[1], .fail(TaskFailure(code: "x", message: ""), usage: .zero))
            let rest = try await store.tasks(TaskQuery(states: [.pending], user: "webhook:ann")).tasks
            _ = try await store.cancel(rest[0].id, notice: nil, at: Sample.start)
            let ann: [TaskState: Int] = [.pending: 1, .running: 0, .completed: 1, .failed: 1, .cancelled: 1]
            try expectEqual(try await store.taskCounts(user: "webhook:ann"), ann, "one user's counts")
            let all = ann.merging([.running: 1]) { $1 }
            try expectEqual(try await store.taskCounts(user: nil), all, "everyone's counts")
            try expectEqual(try await store.taskCounts(user: "webhook:nobody"), none, "a stranger's counts")
        },
        StoreConformanceCase("A message's active tasks are counted until they end") { store in
            let message = MessageID(rawValue: "m")
            let first = try await store.addRunning(Sample.task(message: message))
            let child = try await store.startNested(Sample.nested(under: first), leaseToken: "one", at: Sample.start)
            let second = try await store.add(Sample.task(message: message))
            try await store.add(Sample.task())
            try expectEqual(try await store.activeTaskCount(of: message), 3, "all of them")
            try await store.complete(child)
            try await store.change(first, .release(until: nil))
            try expectEqual(try await store.activeTaskCount(of: message), 2, "without the nested one")
            _ = try await store.cancel(first.id, notice: nil, at: Sample.start)
            _ = try await store.cancel(second.id, notice: nil, at: Sample.start)
            try expectEqual(try await store.activeTaskCount(of: message), 0, "at the end")
        },
    ]

    static let sessions = [
        StoreConformanceCase("A session's turns are its completed ones, in the order they ended") { store in
            let session = Sample.task().session
            try expectEqual(try await store.turns(of: session, limit: 9), [], "a new session")
            var turns: [TaskRecord] = []
            for index in 0..<3 {
                let task = try await store.addRunning(Sample.task(isTurn: true))
                turns.append(try await store.complete(task, output: "turn \(index)", at: Sample.start + index))
            }
            try await store.complete(try await store.addRunning(Sample.task()))
            try await store.complete(try await store.addRunning(Sample.task(user: "bob", isTurn: true)))
            let failing = try await store.addRunning(Sample.task(isTurn: true))
            try await store.change(failing, .fail(TaskFailure(code: "x", message: ""), usage: .zero))
            try await store.add(Sample.task(isTurn: true))
            try expectEqual(try await store.turns(of: session, limit: 9), turns, "all turns")
            try expectEqual(try await store.turns(of: session, limit: 2), Array(turns.suffix(2)), "the last two turns")
            try expectEqual(try await store.turns(of: session, limit: 0), [], "no turns")
            try expectEqual(
                try await store.turns(of: Sample.task(user: "bob").session, limit: 9).count, 1, "the other person's turns")
        }
    ]
}
