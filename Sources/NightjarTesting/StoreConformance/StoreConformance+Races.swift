import NightjarEngine

extension StoreConformance {
    /// How many callers press on a store at once.
    private static let callers = 100

    /// Runs `step` in many tasks at once and collects what they return.
    private static func race<Result: Sendable>(
        _ step: @escaping @Sendable (Int) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: Result.self) { group in
            for index in 0..<callers { group.addTask { try await step(index) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    static let races = [
        StoreConformanceCase("A message that comes a hundred times at once is accepted once") { store in
            let outcomes = try await race { _ in try await store.accept(Sample.message(externalID: "1"), claiming: nil) }
            try expectEqual(outcomes.count { $0 == .accepted }, 1, "how many were accepted")
            try expectEqual(try await store.unhandledMessages().count, 1, "how many are stored")
        },
        StoreConformanceCase("A slot that a hundred want is claimed once") { store in
            let slot = TriggerSlot(trigger: "digest", due: Sample.start)
            let outcomes = try await race { _ in try await store.accept(Sample.message(), claiming: slot) }
            try expectEqual(outcomes.count { $0 == .accepted }, 1, "how many got it")
            try expectEqual(outcomes.count { $0 == .slotTaken }, callers - 1, "how many did not")
        },
        StoreConformanceCase("A quota holds under a hundred submissions at once") { store in
            let outcomes = try await race { _ in try await store.enqueue(Sample.task(), quota: 3, notice: nil) }
            try expectEqual(outcomes.count { $0 == .overQuota(active: 3) }, callers - 3, "how many were refused")
            try expectEqual(try await store.taskCounts(user: nil)[.pending], 3, "how many are pending")
        },
        StoreConformanceCase("An origin that a hundred submit is enqueued once") { store in
            let outcomes = try await race { _ in
                try await store.enqueue(Sample.task(origin: "m/1"), quota: nil, notice: Sample.reply())
            }
            let new = outcomes.count { if case .enqueued = $0 { true } else { false } }
            try expectEqual(new, 1, "how many were new")
            try expectEqual(try await store.pendingOutbox(limit: 9).count, 1, "how many notices are stored")
        },
        StoreConformanceCase("Tasks that a hundred claim at once go to one each") { store in
            for _ in 0..<50 { try await store.add(Sample.task()) }
            let claims = try await race { _ in try await store.claim(limit: 1, at: Sample.start) }
            try expectEqual(Set(claims.flatMap { $0 }.map(\.id)).count, 50, "different tasks")
            try expectEqual(claims.flatMap { $0 }.count, 50, "claims")
        },
        StoreConformanceCase("Completing, failing and cancelling at once end a task exactly once, with one notice") { store in
            for _ in 0..<20 {
                let task = try await store.addRunning()
                let fence = try store.fence(of: task)
                let message = MessageID(rawValue: task.id.rawValue)
                let ends = try await race { index in
                    let notice = Sample.reply("\(index)", to: message)
                    switch index % 3 {
                    case 0:
                        let change = TaskChange.complete(output: "\(index)", usage: .zero)
                        return try await store.settle(fence, change, notices: [notice], at: Sample.start)
                    case 1:
                        let change = TaskChange.fail(TaskFailure(code: "\(index)", message: ""), usage: .zero)
                        return try await store.settle(fence, change, notices: [notice], at: Sample.start)
                    default:
                        let outcome = try await store.cancel(task.id, notice: notice, at: Sample.start)
                        guard case .cancelled(let cancelled, wasRunning: true) = outcome else { return nil }
                        return cancelled
                    }
                }.compactMap(\.self)
                try expectEqual(ends.count, 1, "how many ended it")
                try expectEqual(try await store.task(task.id), ends.first, "the stored end")
                try expectEqual(try await store.replies(to: message).count, 1, "how many notices were promised")
            }
        },
        StoreConformanceCase("Under pressure every task is run once and ends once") { store in
            _ = try await race { index in
                for step in 0..<5 {
                    let user = "user\(index % 7)"
                    _ = try await store.enqueue(Sample.task(user: user, origin: "\(index)/\(step)"), quota: nil, notice: nil)
                    for task in try await store.claim(limit: 2, at: Sample.start) {
                        try await store.complete(task)
                    }
                }
            }
            while let task = try await store.claim(limit: 1, at: Sample.start).first { try await store.complete(task) }
            let counts = try await store.taskCounts(user: nil)
            try expectEqual(counts[.completed], callers * 5, "completed tasks")
            let all = try await store.tasks(TaskQuery(limit: StoreLimits.pageSizeMax)).tasks
            try expect(all.allSatisfy { $0.attempt == 1 }, "every task has had one attempt")
        },
    ]
}
