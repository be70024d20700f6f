import NightjarEngine

extension StoreConformance {
    static let outbox = [
        StoreConformanceCase("Every kind of content comes back as it was") { store in
            let task = try await store.addRunning()
            let summary = TaskSummary(task, at: Sample.start, isVerbose: true)
            let contents: [ReplyContent] = [
                .text("**bold** 🦉"), .error(ReplyError(level: .parse, code: "unknown", message: "what?", hint: "help")),
                .taskCompleted(summary),
                .list(TaskOverview(counts: [.running: 1], active: [summary], more: 2, finished: [summary], maxConcurrent: 10, free: 9)),
            ]
            let entries = contents.map { content in
                OutboxEntry(
                    address: Sample.address(thread: "t1"), replyRoute: "https://example.com", content: content,
                    messageID: MessageID(rawValue: "m"), taskID: task.id, createdAt: Sample.start)
            }
            try await store.post(entries)
            try expectEqual(try await store.pendingOutbox(limit: 9), entries, "the entries")
        },
        StoreConformanceCase("Entries are pending in the order of their promises, whatever their dates") { store in
            let entries = (0..<5).map { Sample.reply("\($0)", at: Sample.start + (5 - $0)) }
            try await store.post(Array(entries[0..<2]))
            try await store.post(Array(entries[2...]))
            try expectEqual(try await store.pendingOutbox(limit: 9), entries, "all")
            try expectEqual(try await store.pendingOutbox(limit: 2), Array(entries.prefix(2)), "the first two")
            try expectEqual(try await store.pendingOutbox(limit: 0), [], "none")
            try expectEqual(try await store.pendingOutbox(limit: 2, after: entries[1]), Array(entries[2...3]), "the next two")
            var delivered = entries[3]
            delivered.state = .delivered
            try await store.updateOutbox([delivered])
            try expectEqual(try await store.pendingOutbox(limit: 2, after: delivered), [entries[4]], "what follows one that went meanwhile")
            try expectEqual(try await store.pendingOutbox(limit: 2, after: entries[4]), [], "what follows the last")
            try expectEqual(try await store.pendingOutbox(limit: 2, after: Sample.reply()), [], "what follows one that is not there")
        },
        StoreConformanceCase("What was given up is found by its person and its task, the newest first") { store in
            var entries = (0..<5).map { Sample.reply("\($0)", at: Sample.start + $0) }
            entries[1].taskID = TaskID(rawValue: "task")
            entries[2].address.user = "bob"
            entries[2].taskID = TaskID(rawValue: "task")
            try await store.post(entries)
            try expectEqual(try await store.deadReplies(user: nil, task: nil, limit: 9), [], "at first")
            for index in entries.indices {
                entries[index].state = index == 3 ? .delivered : index == 4 ? .pending : .dead
                entries[index].lastError = "channel is gone"
            }
            try await store.updateOutbox(entries)
            let dead = Array(entries[0...2].reversed())
            try expectEqual(try await store.deadReplies(user: nil, task: nil, limit: 9), dead, "everyone's")
            try expectEqual(try await store.deadReplies(user: nil, task: nil, limit: 2), Array(dead.prefix(2)), "the last two")
            try expectEqual(try await store.deadReplies(user: "webhook:ann", task: nil, limit: 9), [entries[1], entries[0]], "one person's")
            let task = TaskID(rawValue: "task")
            try expectEqual(try await store.deadReplies(user: nil, task: task, limit: 9), [entries[2], entries[1]], "one task's")
            try expectEqual(try await store.deadReplies(user: "webhook:bob", task: task, limit: 9), [entries[2]], "both")
        },
        StoreConformanceCase("An origin is promised once") { store in
            let message = MessageID(rawValue: "m")
            let first = Sample.reply("first", to: message, origin: "m/1")
            let new = try await store.post([first, Sample.reply("twice at once", to: message, origin: "m/1")])
            try expectEqual(new, [first], "only the first is new")
            let late = try await store.post([Sample.reply("later", to: message, origin: "m/1")])
            try expectEqual(late, [], "nothing is new")
            try expectEqual(try await store.replies(to: message), [first], "the replies")
            var delivered = first
            delivered.state = .delivered
            try await store.updateOutbox([delivered])
            try await store.post([Sample.reply("after delivery", to: message, origin: "m/1")])
            try expectEqual(try await store.replies(to: message), [delivered], "the replies after delivery")
        },
        StoreConformanceCase("A delivery's progress is kept") { store in
            let message = MessageID(rawValue: "m")
            var first = Sample.reply("one", to: message)
            var second = Sample.reply("two", to: message)
            let third = Sample.reply("three")
            try await store.post([first, second, third])
            first.rendered = .payload(["text": "one", "blocks": ["a", 3]])
            first.attempts = 2
            first.partsSent = 3
            first.nextAttemptAt = Sample.start + 60
            first.lastError = "503"
            second.rendered = .text("two")
            second.state = .delivered
            try await store.updateOutbox([first, second, Sample.reply("unknown")])
            try expectEqual(try await store.pendingOutbox(limit: 9), [first, third], "pending")
            try expectEqual(try await store.replies(to: message), [first, second], "all replies")
            first.state = .dead
            try await store.updateOutbox([first])
            try expectEqual(
                try await store.outboxCounts(), [.pending: 1, .delivered: 1, .dead: 1], "the counts")
        },
        StoreConformanceCase("An empty outbox counts zero of everything") { store in
            try expectEqual(
                try await store.outboxCounts(), [.pending: 0, .delivered: 0, .dead: 0], "the counts")
        },
    ]

    static let questions = [
        StoreConformanceCase("A question is asked once and answered once") { store in
            let address = Sample.address()
            let first = Sample.question(origin: "m#1")
            var again = first
            again.question.id = "q2"
            try expectEqual(try await store.ask(first, notice: Sample.reply("Now?", origin: "m#1/question")), first, "the first time")
            try expectEqual(try await store.ask(again, notice: Sample.reply("Now?", origin: "m#1/question")), first, "the same call again")
            try expectEqual(try await store.pendingOutbox(limit: 9).count, 1, "messages that ask it")
            try expectEqual(try await store.openQuestions(at: Sample.start), [first], "open questions")
            try expectEqual(try await store.openQuestions(at: Sample.start + 60), [], "open questions when the time is over")
            let choice = QuestionChoice(question: "q1", index: 1, address: address)
            var answered = first
            answered.answer = QuestionRecord.Answer(index: 1, user: "ann", answeredAt: Sample.start)
            try expectEqual(try await store.answer(choice, at: Sample.start), .answered(answered), "the answer")
            try expectEqual(try await store.answer(choice, at: Sample.start + 90), .answered(answered), "the same answer again")
            try expectEqual(
                try await store.answer(QuestionChoice(question: "q1", index: 0, address: address), at: Sample.start), .alreadyAnswered(answered),
                "another answer")
            try expectEqual(
                try await store.answer(QuestionChoice(question: "q9", index: 0, address: address), at: Sample.start), .unknown, "an unknown one")
            try expectEqual(try await store.question("q1"), answered, "the question")
            try expectEqual(try await store.openQuestions(at: Sample.start), [], "open questions after the answer")
            let late = Sample.start + StoreLimits.deduplicationWindow + .seconds(3600 * 24 * 365)
            _ = try await store.prune(Retention(), at: late, batch: 10)
            try expectEqual(try await store.question("q1"), nil, "the question after its retention")
        },
        StoreConformanceCase("A question is open as long as somebody may wait for its answer") { store in
            let message = Sample.message("one")
            try await store.expectAccepted(message)
            let task = try await store.addRunning()
            for (id, asker) in [("q1", message.id.rawValue), ("q2", task.id.rawValue), ("q3", "gone")] {
                _ = try await store.ask(Sample.question(id, origin: "\(asker)#1", asker: asker), notice: Sample.reply())
            }
            try expectEqual(try await store.openQuestions(at: Sample.start).map(\.id), ["q1", "q2"], "while both run")
            try await store.finishMessage(message.id, replies: [])
            try await store.complete(task)
            try expectEqual(try await store.openQuestions(at: Sample.start), [], "when both have ended")
        },
    ]

    static let triggers = [
        StoreConformanceCase("A trigger's slot is claimed once, with its message") { store in
            let slot = TriggerSlot(trigger: "digest", due: Sample.start)
            try await store.expectAccepted(Sample.message("one"), claiming: slot)
            let second = Sample.message("two")
            try expectEqual(try await store.accept(second, claiming: slot), .slotTaken, "the same slot again")
            try expectEqual(try await store.message(second.id), nil, "the second message")
            let earlier = TriggerSlot(trigger: "digest", due: Sample.start + -60)
            try expectEqual(try await store.accept(second, claiming: earlier), .slotTaken, "an earlier slot")
            let next = TriggerSlot(trigger: "digest", due: Sample.start + 60)
            try await store.expectAccepted(second, claiming: next)
            try await store.expectAccepted(Sample.message("three"), claiming: TriggerSlot(trigger: "other", due: Sample.start))
            try expectEqual(
                try await store.lastSlots(), ["digest": Sample.start + 60, "other": Sample.start], "the last slots")
        },
        StoreConformanceCase("Slots are claimed without a message, earlier ones than before too") { store in
            let later = TriggerSlot(trigger: "digest", due: Sample.start + 60)
            let earlier = TriggerSlot(trigger: "digest", due: Sample.start)
            try await store.claimSlots([later, TriggerSlot(trigger: "other", due: Sample.start)])
            try expectEqual(
                try await store.lastSlots(), ["digest": Sample.start + 60, "other": Sample.start], "the last slots")
            try expectEqual(try await store.accept(Sample.message("one"), claiming: later), .slotTaken, "a claim of the slot")
            try await store.claimSlots([earlier])
            try await store.claimSlots([])
            try expectEqual(
                try await store.lastSlots(), ["digest": Sample.start, "other": Sample.start], "the last slots after an earlier one")
            try expectEqual(try await store.accept(Sample.message("two"), claiming: earlier), .slotTaken, "a claim of the earlier one")
            try await store.expectAccepted(Sample.message("three"), claiming: later)
        },
        StoreConformanceCase("A duplicate message claims no slot") { store in
            try await store.expectAccepted(Sample.message(externalID: "1"))
            let slot = TriggerSlot(trigger: "digest", due: Sample.start)
            _ = try await store.accept(Sample.message(externalID: "1"), claiming: slot)
            try expectEqual(try await store.lastSlots(), [:], "the last slots")
        },
    ]

    static let scriptState = [
        StoreConformanceCase("The state table keeps what was written last, and nothing that was removed") { store in
            try expectEqual(try await store.loadState(), [:], "an empty table")
            try await store.saveState(["a": "1", "b": "{\"x\":[true]}", "c": "3"])
            try await store.saveState(["a": "2", "c": nil, "never": nil])
            try expectEqual(try await store.loadState(), ["a": "2", "b": "{\"x\":[true]}"], "the table")
        }
    ]

    static let closing = [
        StoreConformanceCase("A caller that has been cancelled can still write and read") { store in
            let task = Sample.task()
            let caller = Task {
                // Nothing else waits here, so this returns when the task is cancelled.
                try? await Task.sleep(for: .seconds(3600))
                _ = try await store.enqueue(task, quota: nil, notice: nil)
                return try await store.task(task.id)
            }
            caller.cancel()
            try expectEqual(try await caller.value, task, "what the cancelled caller stored and read")
        },
        StoreConformanceCase("A closed store says so, and closes twice without harm") { store in
            try await store.add(Sample.task())
            try await store.close()
            try await expectError(.closed) { _ = try await store.enqueue(Sample.task(), quota: nil, notice: nil) }
            try await expectError(.closed) { _ = try await store.taskCounts(user: nil) }
            try await store.close()
        },
    ]
}
