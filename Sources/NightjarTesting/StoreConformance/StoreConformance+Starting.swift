import NightjarEngine

extension StoreConformance {
    static let starting = [
        StoreConformanceCase("A task may start in the step that stores it, as if it had been claimed at once") { store in
            let task = Sample.task(message: MessageID(rawValue: "message"), origin: "m/1")
            let notice = Sample.reply("started", to: task.messageID)
            let start = ImmediateStart(leaseToken: "token", now: Sample.start + 5) { true }
            let outcome = try await store.enqueue(task, quota: 1, notice: notice, start: start)
            var expected = task
            expected.start(leaseToken: "token", at: Sample.start + 5)
            try expectEqual(outcome, .enqueued(expected), "the outcome")
            try expectEqual(try await store.task(task.id), expected, "the stored task")
            try expectEqual(try await store.pendingOutbox(limit: 10), [notice], "the notice")
            try expectEqual(try await store.claim(limit: 5, at: Sample.start + 5), [], "a claim")
            try expectEqual(try await store.taskCounts(user: task.address.userKey)[.running], 1, "its count")
            let full = try await store.enqueue(Sample.task(), quota: 1, notice: nil, start: start)
            try expectEqual(full, .overQuota(active: 1), "a second task over the quota")
            let again = try await store.enqueue(Sample.task(origin: "m/1"), quota: nil, notice: nil, start: start)
            try expectEqual(again, .existing(expected), "the same origin")
            let done = try await store.complete(expected)
            try expectEqual(try await store.task(task.id), done, "the finished task")
        },
        StoreConformanceCase("A task that may not start waits in the queue") { store in
            let task = Sample.task()
            let outcome = try await store.enqueue(task, quota: nil, notice: nil, start: start { false })
            try expectEqual(outcome, .enqueued(task), "the outcome")
            try expectEqual(try await store.claimOne().id, task.id, "what is claimed")
        },
        StoreConformanceCase("With anything due waiting, a new task queues, whatever its priority") { store in
            let waiting = try await store.add(Sample.task(priority: .low))
            let outcome = try await store.enqueue(Sample.task(user: "bob", priority: .high), quota: nil, notice: nil, start: start { true })
            try expect(outcome.task?.state == .pending, "the new task waits, got \(outcome)")
            let order = try await store.claim(limit: 3, at: Sample.start).map(\.id)
            try expectEqual(order, [outcome.task?.id, waiting.id], "the order of the claims")
            let next = try await store.enqueue(Sample.task(), quota: nil, notice: nil, start: start { true })
            try expect(next.task?.state == .running, "with nothing waiting the next one starts, got \(next)")
        },
        StoreConformanceCase("A task that was put back is waited for, a cancelled one is not") { store in
            let back = try await store.addRunning()
            try await store.change(back, .release(until: nil))
            let second = try await store.enqueue(Sample.task(), quota: nil, notice: nil, start: start { true })
            try expect(second.task?.state == .pending, "one that was put back goes first, got \(second)")
            _ = try await store.cancel(back.id, notice: nil, at: Sample.start)
            _ = try await store.cancel(try expectValue(second.task?.id, "the second task"), notice: nil, at: Sample.start)
            let third = try await store.enqueue(Sample.task(), quota: nil, notice: nil, start: start { true })
            try expect(third.task?.state == .running, "cancelled ones hold nobody up, got \(third)")
        },
        StoreConformanceCase("A delayed task is waited for from when it is due") { store in
            try await store.change(try await store.addRunning(), .retry(until: Sample.start + 60))
            let before = try await store.enqueue(Sample.task(), quota: nil, notice: nil, start: start(at: 59) { true })
            try expect(before.task?.state == .running, "before it is due another one starts, got \(before)")
            let after = try await store.enqueue(Sample.task(), quota: nil, notice: nil, start: start(at: 60) { true })
            try expect(after.task?.state == .pending, "when it is due the next one waits, got \(after)")
            var late = Sample.task(user: "bob")
            late.delayedUntil = Sample.start + 90
            _ = try await store.claim(limit: 9, at: Sample.start + 60)
            let delayed = try await store.enqueue(late, quota: nil, notice: nil, start: start(at: 60) { true })
            try expectEqual(delayed, .enqueued(late), "a task that is delayed itself")
        },
        StoreConformanceCase("Tasks that start at once take their fair place in the clock") { store in
            for _ in 0..<40 { _ = try await store.enqueue(Sample.task(user: "busy"), quota: nil, notice: nil, start: start { true }) }
            for _ in 0..<20 { try await store.add(Sample.task(user: "busy")) }
            for _ in 0..<20 { try await store.add(Sample.task(user: "late")) }
            let next = try await store.claim(limit: 10, at: Sample.start)
            try expectEqual(next.count { $0.address.user == "late" }, 5, "the newcomer's share of the next ten claims")
        },
        StoreConformanceCase("A start that is taken back leaves the task as if it had waited") { store in
            let task = Sample.task()
            let outcome = try await store.enqueue(task, quota: nil, notice: nil, start: start { true })
            let started = try expectValue(outcome.task, "the task")
            try expectEqual(try await store.change(started, .withdraw), task, "the task")
            try expectEqual(try await store.task(task.id), task, "the stored task")
            try expectEqual(try await store.claimOne(at: Sample.start + 9).startedAt, Sample.start + 9, "its start")
        },
    ]

    private static func start(at seconds: Int = 0, _ mayStart: @escaping @Sendable () -> Bool) -> ImmediateStart {
        ImmediateStart(now: Sample.start + seconds, mayStart: mayStart)
    }
}

extension EnqueueOutcome {
    fileprivate var task: TaskRecord? {
        if case .enqueued(let task) = self { task } else { nil }
    }
}
