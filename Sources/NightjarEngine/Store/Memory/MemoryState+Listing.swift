extension MemoryState {
    func tasks(idPrefix prefix: String, limit: Int) -> [TaskRecord] {
        // A whole id needs no search; a part of one is typed by a person, so a walk over the ids is quick enough.
        if let task = tasks[TaskID(rawValue: prefix)] { return limit > 0 ? [task.record] : [] }
        let found = tasks.keys.filter { $0.rawValue.hasPrefix(prefix) }.sorted().prefix(max(limit, 0))
        return found.compactMap { tasks[$0]?.record }
    }

    func page(_ query: TaskQuery) throws -> TaskPage {
        let limit = min(max(query.limit, 1), StoreLimits.pageSizeMax)
        var found: [MemoryTask] = []
        var more = false
        taskOrder.walkNewestFirst(before: try TaskCursor(query.cursor).limit) { task in
            guard query.states.isEmpty || query.states.contains(task.record.state) else { return true }
            guard query.user == nil || query.user == task.user.key else { return true }
            guard found.count < limit else {
                more = true
                return false
            }
            found.append(task)
            return true
        }
        let next = more ? found.last.map { TaskCursor(limit: $0.sequence).text } : nil
        return TaskPage(tasks: found.map(\.record), next: next)
    }

    func taskCounts(user: String?) -> [TaskState: Int] {
        guard let user else { return tally.byState }
        return (users[user]?.tally ?? TaskTally()).byState
    }

    func turns(of session: SessionKey, limit: Int) -> [TaskRecord] {
        var newest: [TaskRecord] = []
        guard limit > 0 else { return newest }
        turns[session]?.walkNewestFirst(before: .max) { task in
            newest.append(task.record)
            return newest.count < limit
        }
        return newest.reversed()
    }
}
