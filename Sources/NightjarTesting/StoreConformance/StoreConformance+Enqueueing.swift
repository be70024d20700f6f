import NightjarEngine

extension StoreConformance {
    static let enqueueing = [
        StoreConformanceCase("A task comes back with every field it was stored with") { store in
            var task = Sample.task(
                priority: .high, message: MessageID(rawValue: "message"), origin: "message/1", isTurn: true)
            task.address.thread = "t1"
            task.metadata = ["ticket": "NJ-1", "quote": "\"'🦉"]
            task.retryOf = TaskID(rawValue: "another")
            task.reporting = .answer
            task.replyRoute = "https://example.org/replies"
            let notice = Sample.reply("started", to: task.messageID)
            try expectEqual(
                try await store.enqueue(task, quota: nil, notice: notice), .enqueued(task), "the outcome")
            try expectEqual(try await store.task(task.id), task, "the stored task")
            try expectEqual(try await store.pendingOutbox(limit: 10), [notice], "the notice")
            try expectEqual(try await store.task(TaskID(rawValue: "none")), nil, "an unknown task")
        },
        StoreConformanceCase("The same origin is enqueued once, whatever became of the first task") { store in
            let task = try await store.add(Sample.task(origin: "m/1"))
            let running = try await store.claimOne()
            let again = Sample.task(origin: "m/1")
            try expectEqual(
                try await store.enqueue(again, quota: 0, notice: Sample.reply()), .existing(running), "while it runs")
            let done = try await store.complete(running)
            try expectEqual(try await store.enqueue(again, quota: nil, notice: nil), .existing(done), "when it is done")
            try expectEqual(try await store.tasks(TaskQuery()).tasks.map(\.id), [task.id], "the tasks")
            try expectEqual(try await store.pendingOutbox(limit: 10), [], "the notices")
        },
        StoreConformanceCase("A quota counts pending and running tasks of one user, and refuses without a trace") { store in
            try await store.add(Sample.task())
            try await store.add(Sample.task())
            let running = try await store.claimOne()
            let refused = Sample.task(origin: "m/1")
            try expectEqual(
                try await store.enqueue(refused, quota: 2, notice: Sample.reply()), .overQuota(active: 2), "the third task")
            try expectEqual(try await store.task(refused.id), nil, "the refused task")
            try expectEqual(try await store.pendingOutbox(limit: 10), [], "the refused notice")
            let other = try await store.enqueue(Sample.task(user: "bob"), quota: 2, notice: nil)
            guard case .enqueued = other else { return try expect(false, "another user's task is enqueued, got \(other)") }
            try await store.complete(running)
            let retried = try await store.enqueue(refused, quota: 2, notice: nil)
            guard case .enqueued = retried else { return try expect(false, "a free place is used, got \(retried)") }
        },
        StoreConformanceCase("A second task of the same id is refused and changes nothing") { store in
            let task = try await store.add(Sample.task())
            var second = task
            second.input = "something else"
            try await expectError(.refused) { _ = try await store.enqueue(second, quota: nil, notice: Sample.reply()) }
            try expectEqual(try await store.task(task.id), task, "the first task")
            try expectEqual(try await store.pendingOutbox(limit: 10), [], "the notices")
        },
        StoreConformanceCase("A nested task is not for the queue") { store in
            let parent = try await store.add(Sample.task())
            try await expectError(.refused) {
                _ = try await store.enqueue(Sample.nested(under: parent), quota: nil, notice: nil)
            }
        },
    ]
}
