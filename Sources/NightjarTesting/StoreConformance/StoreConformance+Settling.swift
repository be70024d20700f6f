import NightjarEngine

extension StoreConformance {
    static let settling = [
        StoreConformanceCase("A completed task has its output, usage and end, and its notices are stored with it") { store in
            let message = MessageID(rawValue: "message")
            let task = try await store.addRunning(Sample.task(message: message))
            let notices = [Sample.reply("one", to: message), Sample.reply("two", to: message)]
            let usage = TokenUsage(input: 12, output: 34)
            let now = Sample.start + 7
            let done = try await store.settle(
                try store.fence(of: task), .complete(output: "42 🦉", usage: usage), notices: notices, at: now)
            var expected = task
            expected.state = .completed
            expected.leaseToken = nil
            expected.finishedAt = now
            expected.output = "42 🦉"
            expected.usage = usage
            try expectEqual(done, expected, "the completed task")
            try expectEqual(try await store.task(task.id), expected, "the stored task")
            try expectEqual(try await store.replies(to: message), notices, "the notices")
        },
        StoreConformanceCase("A failed task says why") { store in
            let task = try await store.addRunning()
            let failure = TaskFailure(code: "timeout", message: "It took too long.")
            let failed = try await store.change(task, .fail(failure, usage: TokenUsage(input: 1)), at: Sample.start + 7)
            try expectEqual(failed.state, .failed, "the state")
            try expectEqual(failed.failure, failure, "the failure")
            try expectEqual(failed.usage, TokenUsage(input: 1), "the usage")
            try expectEqual(failed.finishedAt, Sample.start + 7, "the end")
            try expectEqual(try await store.task(task.id), failed, "the stored task")
        },
        StoreConformanceCase("A retry spends the attempt, a release gives it back") { store in
            let first = try await store.addRunning()
            let retried = try await store.change(first, .retry(until: Sample.start))
            try expectEqual(retried.state, .pending, "the state after a retry")
            try expectEqual(retried.attempt, 1, "the attempts after a retry")
            try expectEqual(retried.leaseToken, nil, "the lease after a retry")
            let released = try await store.change(try await store.claimOne(), .release(until: nil))
            try expectEqual(released.state, .pending, "the state after a release")
            try expectEqual(released.attempt, 1, "the attempts after a release")
            try expectEqual(released.failure, nil, "the error after a release")
            try expectEqual(released.delayedUntil, nil, "the delay after a release")
            try expectEqual(try await store.claimOne().attempt, 2, "the attempt of the next claim")
        },
        StoreConformanceCase("A zombie cannot touch the attempt that replaced its own") { store in
            let zombie = try await store.addRunning()
            _ = try await store.recoverLeases(lostLeaseCap: 5, at: Sample.start) { _ in nil }
            let rescued = try await store.claimOne()
            let fence = try store.fence(of: zombie)
            let changes: [TaskChange] = [
                .complete(output: "stale", usage: .zero), .fail(TaskFailure(code: "x", message: "x"), usage: .zero),
                .retry(until: Sample.start), .release(until: nil),
            ]
            for change in changes {
                let settled = try await store.settle(fence, change, notices: [Sample.reply()], at: Sample.start)
                try expectEqual(settled, nil, "the zombie's change")
            }
            try expectEqual(try await store.appendJournal(fence, .toolStarted(iteration: 0, callID: "c")), false, "its journal")
            try expectEqual(try await store.task(zombie.id), rescued, "the rescued attempt")
            try expectEqual(try await store.pendingOutbox(limit: 9), [], "the zombie's notices")
            try expectEqual(try await store.journal(of: zombie.id), [], "the journal")
        },
        StoreConformanceCase("Every part of the fence counts") { store in
            let task = try await store.addRunning()
            let fence = try store.fence(of: task)
            for wrong in [
                TaskFence(id: fence.id, attempt: fence.attempt + 1, leaseToken: fence.leaseToken),
                TaskFence(id: fence.id, attempt: fence.attempt, leaseToken: "other"),
                TaskFence(id: TaskID(rawValue: "none"), attempt: fence.attempt, leaseToken: fence.leaseToken),
            ] {
                let settled = try await store.settle(
                    wrong, .complete(output: "", usage: .zero), notices: [], at: Sample.start)
                try expectEqual(settled, nil, "a change under the fence \(wrong)")
            }
            try expectEqual(try await store.task(task.id), task, "the task")
        },
        StoreConformanceCase("A finished task does not change any more") { store in
            let task = try await store.addRunning()
            let done = try await store.complete(task)
            let late = try await store.settle(
                try store.fence(of: task), .retry(until: Sample.start), notices: [], at: Sample.start)
            try expectEqual(late, nil, "a second change")
            try expectEqual(try await store.task(task.id), done, "the task")
        },
    ]

    static let cancelling = [
        StoreConformanceCase("A pending task is cancelled with its notice") { store in
            let task = try await store.add(Sample.task())
            let notice = Sample.reply("cancelled")
            let outcome = try await store.cancel(task.id, notice: notice, at: Sample.start + 3)
            var expected = task
            expected.state = .cancelled
            expected.finishedAt = Sample.start + 3
            try expectEqual(outcome, .cancelled(expected, wasRunning: false), "the outcome")
            try expectEqual(try await store.task(task.id), expected, "the stored task")
            try expectEqual(try await store.pendingOutbox(limit: 9), [notice], "the notice")
        },
        StoreConformanceCase("A running task is cancelled, and its attempt can no longer settle") { store in
            let task = try await store.addRunning()
            let outcome = try await store.cancel(task.id, notice: nil, at: Sample.start)
            guard case .cancelled(let cancelled, wasRunning: true) = outcome else {
                return try expect(false, "the running task is cancelled, got \(outcome)")
            }
            try expectEqual(cancelled.leaseToken, nil, "the lease")
            let late = try await store.settle(
                try store.fence(of: task), .complete(output: "", usage: .zero), notices: [Sample.reply()], at: Sample.start)
            try expectEqual(late, nil, "the late completion")
            try expectEqual(try await store.pendingOutbox(limit: 9), [], "the notice of the late completion")
        },
        StoreConformanceCase("Who cancels too late is told so, and nothing is stored") { store in
            let done = try await store.complete(try await store.addRunning())
            let outcome = try await store.cancel(done.id, notice: Sample.reply(), at: Sample.start)
            try expectEqual(outcome, .alreadyFinished(done), "the outcome")
            let unknown = try await store.cancel(TaskID(rawValue: "none"), notice: Sample.reply(), at: Sample.start)
            try expectEqual(unknown, .notFound, "the outcome for an unknown task")
            try expectEqual(try await store.pendingOutbox(limit: 9), [], "the notices")
        },
    ]
}
