import NightjarEngine

extension StoreConformance {
    static let nesting = [
        StoreConformanceCase("A nested task runs at once, outside queue and quota") { store in
            let parent = try await store.addRunning()
            let child = Sample.nested(under: parent, origin: "m/1")
            let started = try await store.startNested(child, leaseToken: "token", at: Sample.start + 1)
            var expected = child
            expected.state = .running
            expected.attempt = 1
            expected.leaseToken = "token"
            expected.startedAt = Sample.start + 1
            try expectEqual(started, expected, "the nested task")
            try expectEqual(try await store.task(child.id), expected, "the stored task")
            try expectEqual(try await store.claim(limit: 9, at: Sample.start), [], "a claim")
            let next = try await store.enqueue(Sample.task(), quota: 2, notice: nil)
            guard case .enqueued = next else { return try expect(false, "it does not count against the quota, got \(next)") }
        },
        StoreConformanceCase("A nested task that ends leaves its parent's place taken") { store in
            let parent = try await store.addRunning()
            let child = try await store.startNested(Sample.nested(under: parent), leaseToken: "one", at: Sample.start)
            try await store.complete(child)
            let next = try await store.enqueue(Sample.task(), quota: 1, notice: nil)
            try expectEqual(next, .overQuota(active: 1), "the outcome of a second task")
        },
        StoreConformanceCase("A nested task of a known origin is the one that was started") { store in
            let parent = try await store.addRunning()
            let first = try await store.startNested(
                Sample.nested(under: parent, origin: "m/1"), leaseToken: "one", at: Sample.start)
            let again = Sample.nested(under: parent, origin: "m/1")
            try expectEqual(
                try await store.startNested(again, leaseToken: "two", at: Sample.start), first, "while it runs")
            let done = try await store.complete(first)
            try expectEqual(
                try await store.startNested(again, leaseToken: "two", at: Sample.start), done, "when it is done")
        },
        StoreConformanceCase("A nested task that was put back waits for its parent's next attempt") { store in
            let parent = try await store.addRunning()
            let child = Sample.nested(under: parent, origin: "m/1")
            let started = try await store.startNested(child, leaseToken: "one", at: Sample.start)
            let released = try await store.change(started, .release(until: Sample.start + 5))
            try expectEqual(released.state, .pending, "the state")
            try expectEqual(try await store.nextDelayedTask(), nil, "the next due moment")
            try await store.change(parent, .release(until: nil))
            let claimed = try await store.claim(limit: 9, at: Sample.start + 60)
            try expectEqual(claimed.map(\.id), [parent.id], "what is claimed")
            let again = try await store.startNested(
                Sample.nested(under: parent, origin: "m/1"), leaseToken: "two", at: Sample.start + 61)
            try expectEqual(again.id, child.id, "the task that is started again")
            try expectEqual(again.fence, TaskFence(id: child.id, attempt: 1, leaseToken: "two"), "its fence")
        },
        StoreConformanceCase("Nested tasks that wait end with their parent, and theirs with them") { store in
            for end in [TaskChange.complete(output: "", usage: .zero), .fail(TaskFailure(code: "x", message: ""), usage: .zero)] {
                let parent = try await store.addRunning()
                let (child, grandchild) = try await waitingNested(under: parent, in: store)
                try await store.change(parent, end, at: Sample.start + 9)
                for id in [child.id, grandchild.id] {
                    let ended = try await store.stored(id)
                    try expectEqual(ended.failure?.code, "interrupted", "the failure of \(id)")
                    try expectEqual(ended.finishedAt, Sample.start + 9, "the end of \(id)")
                }
            }
            let parent = try await store.addRunning()
            let (child, _) = try await waitingNested(under: parent, in: store)
            _ = try await store.cancel(parent.id, notice: nil, at: Sample.start)
            try expectEqual(try await store.stored(child.id).state, .failed, "the state after the parent's cancel")
        },
        StoreConformanceCase("A nested task that is put back after its parent ended has ended too") { store in
            let parent = try await store.addRunning()
            let child = try await store.startNested(Sample.nested(under: parent), leaseToken: "one", at: Sample.start)
            _ = try await store.cancel(parent.id, notice: nil, at: Sample.start)
            let released = try await store.change(child, .release(until: nil))
            try expectEqual(released.failure?.code, "interrupted", "its failure")
            try expectEqual(try await store.task(child.id), released, "the stored task")
        },
        StoreConformanceCase("A task without a parent cannot be started as a nested one") { store in
            try await expectError(.refused) {
                _ = try await store.startNested(Sample.task(), leaseToken: "one", at: Sample.start)
            }
        },
    ]

    /// A child and its own child, both put back as pending.
    private static func waitingNested(
        under parent: TaskRecord, in store: any Store
    ) async throws -> (child: TaskRecord, grandchild: TaskRecord) {
        let child = try await store.startNested(Sample.nested(under: parent), leaseToken: "one", at: Sample.start)
        let grandchild = try await store.startNested(Sample.nested(under: child), leaseToken: "two", at: Sample.start)
        try await store.change(grandchild, .release(until: nil))
        try await store.change(child, .release(until: nil))
        return (child, grandchild)
    }
}
