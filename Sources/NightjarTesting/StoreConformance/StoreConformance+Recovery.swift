import NightjarEngine

extension StoreConformance {
    static let recovery = [
        StoreConformanceCase("A start puts running tasks back with one more lost lease, and only those") { store in
            let pending = try await store.add(Sample.task(user: "bob"))
            let done = try await store.complete(try await store.claimOne())
            try expectEqual(done.id, pending.id, "the completed task")
            let first = try await store.addRunning()
            let second = try await store.addRunning()
            let waiting = try await store.add(Sample.task())
            let recovered = try await store.recoverLeases(lostLeaseCap: 5, at: Sample.start + 1) { _ in Sample.reply() }
            let expected = [first, second].map { task in
                var task = task
                task.state = .pending
                task.leaseToken = nil
                task.lostLeases = 1
                return task
            }
            try expectEqual(recovered, expected, "the recovered tasks")
            try expectEqual(try await store.task(first.id), expected[0], "a stored task")
            try expectEqual(try await store.task(done.id), done, "the completed task")
            try expectEqual(try await store.task(waiting.id), waiting, "the waiting task")
            try expectEqual(try await store.pendingOutbox(limit: 9), [], "notices")
            let claimed = try await store.claim(limit: 9, at: Sample.start + 1)
            try expectEqual(claimed.map(\.id), [first.id, second.id, waiting.id], "what is claimed, in its old order")
            let again = try await store.recoverLeases(lostLeaseCap: 5, at: Sample.start + 1) { _ in nil }
            try expectEqual(again.map(\.lostLeases), [2, 2, 1], "lost leases after a second crash")
        },
        StoreConformanceCase("A task that outlives its cap of lost leases fails as poison, with a notice") { store in
            let task = try await store.addRunning()
            for lost in 1...2 {
                let recovered = try await store.recoverLeases(lostLeaseCap: 2, at: Sample.start) { _ in Sample.reply() }
                try expectEqual(recovered.first?.lostLeases, lost, "lost leases")
                _ = try await store.claimOne()
            }
            let message = MessageID(rawValue: "message")
            let notice = Sample.reply("failed", to: message)
            let recovered = try await store.recoverLeases(lostLeaseCap: 2, at: Sample.start + 8) { failed in
                failed.failure?.code == "poison" ? notice : nil
            }
            let poison = try expectValue(recovered.first, "the recovered task")
            try expectEqual(poison.state, .failed, "the state")
            try expectEqual(poison.failure?.code, "poison", "the failure")
            try expectEqual(poison.finishedAt, Sample.start + 8, "the end")
            try expectEqual(try await store.task(task.id), poison, "the stored task")
            try expectEqual(try await store.pendingOutbox(limit: 9), [notice], "the notice")
            try expectEqual(try await store.claim(limit: 9, at: Sample.start), [], "what is claimed")
        },
        StoreConformanceCase("A nested task that was running is interrupted") { store in
            let parent = try await store.addRunning()
            let child = try await store.startNested(Sample.nested(under: parent), leaseToken: "one", at: Sample.start)
            let recovered = try await store.recoverLeases(lostLeaseCap: 5, at: Sample.start) { _ in nil }
            try expectEqual(recovered.map(\.id), [parent.id, child.id], "the recovered tasks")
            try expectEqual(recovered.map(\.state), [.pending, .failed], "their states")
            try expectEqual(try await store.stored(child.id).failure?.code, "interrupted", "the failure")
        },
    ]

    static let journal = [
        StoreConformanceCase("A journal is kept in order across attempts") { store in
            let answer = ModelResponse(
                text: "let me see 🦉", toolCalls: [ToolCall(id: "c1", name: "pods", arguments: "{\"n\":1}")],
                usage: TokenUsage(input: 3, output: 4), stopReason: .toolCalls)
            let result = ToolResult(callID: "c1", name: "pods", content: "none", isError: true)
            let entries: [JournalEntry] = [
                .modelAnswered(iteration: 0, answer), .toolStarted(iteration: 0, callID: "c1"),
                .toolFinished(iteration: 0, callID: "c1", result), .toolStarted(iteration: 0, callID: "call-2"),
            ]
            let first = try await store.addRunning()
            for entry in entries.prefix(2) {
                let written = try await store.appendJournal(try store.fence(of: first), entry)
                try expect(written, "the holder of the fence writes")
            }
            try await store.change(first, .release(until: nil))
            let second = try await store.claimOne()
            for entry in entries.dropFirst(2) { _ = try await store.appendJournal(try store.fence(of: second), entry) }
            try expectEqual(try await store.journal(of: first.id), entries, "the journal")
        },
        StoreConformanceCase("Only the running attempt writes into the journal") { store in
            let task = try await store.addRunning()
            let entry = JournalEntry.toolStarted(iteration: 0, callID: "c1")
            let stale = TaskFence(id: task.id, attempt: 1, leaseToken: "other")
            try expectEqual(try await store.appendJournal(stale, entry), false, "a stale fence")
            try await store.complete(task)
            try expectEqual(try await store.appendJournal(try store.fence(of: task), entry), false, "a finished task")
            try expectEqual(try await store.journal(of: task.id), [], "the journal")
            try expectEqual(try await store.journal(of: TaskID(rawValue: "none")), [], "the journal of an unknown task")
        },
    ]
}
