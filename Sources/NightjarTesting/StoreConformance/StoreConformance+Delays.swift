import NightjarEngine

extension StoreConformance {
    static let delays = [
        StoreConformanceCase("A delayed task is not claimed before it is due") { store in
            let task = try await store.addRunning()
            let due = Sample.start + 60
            let delayed = try await store.change(task, .retry(until: due))
            try expectEqual(delayed.delayedUntil, due, "the delay")
            try expectEqual(try await store.nextDelayedTask(), due, "the next due moment")
            try expectEqual(try await store.claim(limit: 1, at: Sample.start + 59), [], "a claim before it is due")
            let claimed = try await store.claimOne(at: due)
            try expectEqual(claimed.id, task.id, "the claimed task")
            try expectEqual(claimed.delayedUntil, nil, "the delay of a running task")
            try expectEqual(try await store.nextDelayedTask(), nil, "the next due moment")
        },
        StoreConformanceCase("A delayed task blocks nobody, and the earliest one is named") { store in
            let first = try await store.addRunning(Sample.task(priority: .high))
            try await store.change(first, .release(until: Sample.start + 90))
            let second = try await store.addRunning()
            try await store.change(second, .release(until: Sample.start + 30))
            let third = try await store.add(Sample.task())
            try expectEqual(try await store.nextDelayedTask(), Sample.start + 30, "the next due moment")
            try expectEqual(try await store.claim(limit: 9, at: Sample.start).map(\.id), [third.id], "what is due now")
            let later = try await store.claim(limit: 9, at: Sample.start + 90)
            try expectEqual(later.map(\.id), [first.id, second.id], "what is due later, by priority")
        },
        StoreConformanceCase("A cancelled delayed task is no longer waited for") { store in
            let task = try await store.addRunning()
            try await store.change(task, .retry(until: Sample.start + 60))
            _ = try await store.cancel(task.id, notice: nil, at: Sample.start)
            try expectEqual(try await store.nextDelayedTask(), nil, "the next due moment")
            try expectEqual(try await store.claim(limit: 1, at: Sample.start + 60), [], "a claim")
        },
        StoreConformanceCase("A task may be delayed from the beginning") { store in
            var task = Sample.task()
            task.delayedUntil = Sample.start + 10
            try await store.add(task)
            try expectEqual(try await store.claim(limit: 1, at: Sample.start), [], "a claim before it is due")
            try expectEqual(try await store.claimOne(at: Sample.start + 10).id, task.id, "the claimed task")
        },
        StoreConformanceCase("A task that is delayed from the beginning is waited for also when none was delayed before") { store in
            try expectEqual(try await store.claim(limit: 1, at: Sample.start), [], "a claim of nothing")
            var task = Sample.task()
            task.delayedUntil = Sample.start + 10
            try await store.add(task)
            try expectEqual(try await store.nextDelayedTask(), Sample.start + 10, "the next due moment")
            try expectEqual(try await store.claimOne(at: Sample.start + 10).id, task.id, "the claimed task")
        },
    ]
}
