import NightjarEngine

extension StoreConformance {
    static let claiming = [
        StoreConformanceCase("A claim starts an attempt under a fresh lease") { store in
            let task = try await store.add(Sample.task())
            let now = Sample.start + 5
            let claimed = try await store.claimOne(at: now)
            var expected = task
            expected.state = .running
            expected.attempt = 1
            expected.startedAt = now
            expected.leaseToken = claimed.leaseToken
            try expectEqual(claimed, expected, "the claimed task")
            try expect(claimed.leaseToken?.isEmpty == false, "a running task has a lease token")
            try expectEqual(try await store.task(task.id), claimed, "the stored task")
            try expectEqual(try await store.claim(limit: 5, at: now), [], "a second claim")
        },
        StoreConformanceCase("Every lease has its own token, and the first start is kept") { store in
            let first = try await store.addRunning()
            try await store.change(first, .retry(until: Sample.start))
            let second = try await store.claimOne(at: Sample.start + 9)
            try expect(first.leaseToken != second.leaseToken, "a new attempt has a new token")
            try expectEqual(second.attempt, 2, "the attempt")
            try expectEqual(second.startedAt, Sample.start, "the first start")
        },
        StoreConformanceCase("A claim takes at most its limit, and each task once") { store in
            for _ in 0..<5 { try await store.add(Sample.task()) }
            let first = try await store.claim(limit: 3, at: Sample.start)
            let second = try await store.claim(limit: 3, at: Sample.start)
            try expectEqual([first.count, second.count], [3, 2], "the sizes of the claims")
            try expectEqual(Set((first + second).map(\.id)).count, 5, "different tasks")
            try expectEqual(try await store.claim(limit: 0, at: Sample.start), [], "a claim of nothing")
        },
        StoreConformanceCase("A higher priority goes first") { store in
            let low = try await store.add(Sample.task(priority: .low))
            let normal = try await store.add(Sample.task(priority: .normal))
            let high = try await store.add(Sample.task(user: "bob", priority: .high))
            let order = try await store.claim(limit: 3, at: Sample.start).map(\.id)
            try expectEqual(order, [high.id, normal.id, low.id], "the order")
        },
        StoreConformanceCase("One user's tasks run in the order they came") { store in
            var expected: [TaskID] = []
            for _ in 0..<20 { expected.append(try await store.add(Sample.task()).id) }
            var order: [TaskID] = []
            while let task = try await store.claim(limit: 3, at: Sample.start).first { order.append(task.id) }
            try expectEqual(order, stride(from: 0, to: 20, by: 3).map { expected[$0] }, "every third task")
        },
        StoreConformanceCase("A cancelled task is not claimed") { store in
            let first = try await store.add(Sample.task())
            let second = try await store.add(Sample.task())
            _ = try await store.cancel(first.id, notice: nil, at: Sample.start)
            try expectEqual(try await store.claim(limit: 5, at: Sample.start).map(\.id), [second.id], "what is claimed")
        },
    ]

    static let fairness = [
        StoreConformanceCase("A user with 90 % of the backlog starves nobody") { store in
            for _ in 0..<900 { try await store.add(Sample.task(user: "flooder")) }
            for index in 0..<100 { try await store.add(Sample.task(user: "user\(index % 10)")) }
            let first = try await store.claim(limit: 110, at: Sample.start)
            let flooded = first.count { $0.address.user == "flooder" }
            try expectEqual(flooded, 10, "the flooder's share of the first 110 claims, one eleventh")
        },
        StoreConformanceCase("Who comes while a flood is worked off is next but one") { store in
            for _ in 0..<200 { try await store.add(Sample.task(user: "flooder")) }
            for _ in 0..<100 { _ = try await store.claimOne() }
            let late = try await store.add(Sample.task(user: "late"))
            let next = try await store.claim(limit: 2, at: Sample.start)
            try expect(next.contains { $0.id == late.id }, "the newcomer is among the next two claims")
        },
        StoreConformanceCase("Time away is not saved up") { store in
            for _ in 0..<50 { try await store.add(Sample.task(user: "busy")) }
            for _ in 0..<40 { _ = try await store.claimOne() }
            for _ in 0..<10 { try await store.add(Sample.task(user: "late")) }
            let next = try await store.claim(limit: 10, at: Sample.start)
            try expectEqual(next.count { $0.address.user == "late" }, 5, "the newcomer's share of the next ten claims")
        },
        StoreConformanceCase("Each priority is fair by itself") { store in
            for _ in 0..<50 { try await store.add(Sample.task(user: "flooder", priority: .high)) }
            for _ in 0..<50 { _ = try await store.claimOne() }
            try await store.add(Sample.task(user: "other", priority: .low))
            try await store.add(Sample.task(user: "flooder", priority: .low))
            let next = try await store.claim(limit: 2, at: Sample.start)
            try expectEqual(next.map(\.address.user), ["other", "flooder"], "the order among the low ones")
        },
    ]
}
