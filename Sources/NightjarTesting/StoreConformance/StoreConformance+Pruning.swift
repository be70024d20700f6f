import NightjarEngine

extension StoreConformance {
    private static let day = 24 * 3600

    static let pruning = [
        StoreConformanceCase("Tasks go when their retention is over, failed ones later") { store in
            let completed = try await store.complete(try await store.addRunning(Sample.task(isTurn: true)))
            let cancelled = try await store.add(Sample.task())
            _ = try await store.cancel(cancelled.id, notice: nil, at: Sample.start)
            let failed = try await store.addRunning(Sample.task(origin: "m/1"))
            _ = try await store.appendJournal(try store.fence(of: failed), .toolStarted(iteration: 0, callID: "c"))
            try await store.change(failed, .fail(TaskFailure(code: "x", message: ""), usage: .zero))
            let active = try await store.add(Sample.task())
            let prune = { (seconds: Int) in try await store.prune(Retention(), at: Sample.start + seconds, batch: 100) }
            try expectEqual(try await prune(day - 1), 0, "before the end of their time")
            try expectEqual(try await prune(day + 1), 2, "after a day")
            let left = try await store.tasks(TaskQuery()).tasks.map(\.id)
            try expectEqual(left, [active.id, failed.id], "what is left")
            try expectEqual(try await store.turns(of: completed.session, limit: 9), [], "the session's turns")
            try expectEqual(try await store.tasks(idPrefix: cancelled.id.rawValue, limit: 1), [], "a pruned id")
            try expectEqual(try await prune(7 * day + 1), 1, "after seven days")
            try expectEqual(try await store.task(failed.id), nil, "the failed task")
            try expectEqual(try await store.journal(of: failed.id), [], "its journal")
            try expectEqual(try await store.taskCounts(user: nil)[.failed], 0, "the counts")
            try await store.add(Sample.task(origin: "m/1"))
        },
        StoreConformanceCase("A batch bounds the work, and batches make headway") { store in
            for _ in 0..<5 { try await store.complete(try await store.addRunning()) }
            let late = Sample.start + 2 * day
            var pruned: [Int] = []
            for _ in 0..<4 { pruned.append(try await store.prune(Retention(), at: late, batch: 2)) }
            try expectEqual(pruned, [2, 2, 1, 0], "how many went each time")
        },
        StoreConformanceCase("Messages without tasks, their replies and questions go in batches too, and say so") { store in
            for number in 0..<5 {
                let message = Sample.message("\(number)")
                try await store.expectAccepted(message)
                var reply = Sample.reply(to: message.id)
                try await store.finishMessage(message.id, replies: [reply])
                reply.state = number.isMultiple(of: 2) ? .delivered : .dead
                try await store.updateOutbox([reply])
            }
            let late = Sample.start + 2 * day
            var pruned: [Int] = []
            for _ in 0..<4 { pruned.append(try await store.prune(Retention(), at: late, batch: 2)) }
            try expectEqual(pruned, [2, 2, 1, 0], "how many messages and replies went each time")
            try expectEqual(try await store.outboxCounts(), [.pending: 0, .delivered: 0, .dead: 0], "the replies that are left")
            for number in 0..<3 { _ = try await store.ask(Sample.question("\(number)"), notice: Sample.reply()) }
            pruned = []
            for _ in 0..<3 { pruned.append(try await store.prune(Retention(), at: late, batch: 2)) }
            try expectEqual(pruned, [2, 1, 0], "how many questions went each time")
        },
        StoreConformanceCase("A handled message goes with its replies; what is unfinished stays") { store in
            let handled = Sample.message("handled", externalID: "1")
            let unhandled = Sample.message("unhandled", externalID: "2")
            try await store.expectAccepted(handled)
            try await store.expectAccepted(unhandled)
            var sent = Sample.reply("sent", to: handled.id, origin: "m/1")
            let unsent = Sample.reply("unsent", to: handled.id)
            var early = Sample.reply("early", to: unhandled.id, origin: "m/2")
            try await store.finishMessage(handled.id, replies: [sent, unsent, early])
            sent.state = .delivered
            early.state = .delivered
            try await store.updateOutbox([sent, early])
            _ = try await store.prune(Retention(), at: Sample.start + (day - 1), batch: 100)
            try expectEqual(try await store.replies(to: handled.id).count, 2, "the replies within a day")
            _ = try await store.prune(Retention(), at: Sample.start + (day + 1), batch: 100)
            try expectEqual(try await store.message(handled.id), nil, "the handled message")
            try expectEqual(try await store.replies(to: handled.id), [unsent], "its replies")
            try expectEqual(try await store.message(unhandled.id)?.state, .accepted, "the unhandled message")
            try expectEqual(try await store.replies(to: unhandled.id), [early], "its early reply")
            try await store.expectAccepted(Sample.message("new", externalID: "1", at: Sample.start + (day + 2)))
        },
        StoreConformanceCase("A short retention of messages does not forget external ids too soon") { store in
            let message = Sample.message(externalID: "1")
            try await store.expectAccepted(message)
            try await store.finishMessage(message.id, replies: [])
            let retention = Retention(messages: .seconds(60))
            _ = try await store.prune(retention, at: Sample.start + 3600, batch: 100)
            let outcome = try await store.accept(Sample.message(externalID: "1", at: Sample.start + 3600), claiming: nil)
            try expectEqual(outcome, .duplicate(MessageRecord(message: message, state: .handled)), "the message again")
        },
        StoreConformanceCase("Questions that a handler may ask again stay, and block no others") { store in
            let message = Sample.message()
            try await store.expectAccepted(message)
            let task = try await store.addRunning()
            for (id, asker) in [("q1", message.id.rawValue), ("q2", task.id.rawValue), ("q3", "gone")] {
                _ = try await store.ask(Sample.question(id, origin: "\(asker)#1", asker: asker), notice: Sample.reply())
                _ = try await store.answer(QuestionChoice(question: id, index: 0, address: Sample.address()), at: Sample.start)
            }
            let late = Sample.start + 2 * day
            var pruned = 0
            for _ in 0..<3 { pruned += try await store.prune(Retention(), at: late, batch: 1) }
            try expectEqual(pruned, 1, "what goes while they are needed")
            try expectEqual(try await store.question("q1")?.choice, "Yes", "the question of the unhandled message")
            try expectEqual(try await store.question("q2")?.choice, "Yes", "the question of the running task")
            try await store.finishMessage(message.id, replies: [])
            try await store.complete(task, at: late)
            try expectEqual(try await store.prune(Retention(), at: late, batch: 100), 2, "what goes then")
            try expectEqual(try await store.question("q1"), nil, "the question of the handled message")
        },
        StoreConformanceCase("Tasks that a handler or a parent may ask for again stay, and block no others") { store in
            let message = Sample.message()
            try await store.expectAccepted(message)
            let asked = try await store.complete(try await store.addRunning(Sample.task(message: message.id, origin: "m/1")))
            let parent = try await store.addRunning()
            let child = try await store.startNested(Sample.nested(under: parent), leaseToken: "one", at: Sample.start)
            try await store.complete(child)
            try await store.complete(try await store.addRunning())
            let late = Sample.start + 2 * day
            var pruned = 0
            for _ in 0..<3 { pruned += try await store.prune(Retention(), at: late, batch: 1) }
            try expectEqual(pruned, 1, "what goes while they are needed")
            try expectEqual(try await store.stored(asked.id).id, asked.id, "the task of the unhandled message")
            try expectEqual(try await store.stored(child.id).id, child.id, "the task of the running parent")
            try await store.finishMessage(message.id, replies: [])
            try await store.complete(parent, at: late)
            try expectEqual(try await store.prune(Retention(), at: late, batch: 100), 2, "what goes then")
        },
    ]
}
