import NightjarEngine

extension StoreConformance {
    static let inbox = [
        StoreConformanceCase("An accepted message is stored as it came") { store in
            var message = Sample.message("a “text” \u{0}with\nall sorts 🦉", externalID: "1")
            message.kind = .agentInput(agent: "helper")
            message.address.thread = "t1"
            message.replyRoute = "https://example.com/back"
            message.files = [MessageFile(name: "a.csv", type: "text/csv", size: 3, reference: "F1")]
            try await store.expectAccepted(message)
            let record = MessageRecord(message: message, state: .accepted)
            try expectEqual(try await store.message(message.id), record, "the stored message")
            try expectEqual(try await store.message(MessageID(rawValue: "none")), nil, "an unknown message")
        },
        StoreConformanceCase("The same external id is one message for 24 hours") { store in
            let first = Sample.message("deploy", externalID: "1")
            try await store.expectAccepted(first)
            let kept = MessageRecord(message: first, state: .accepted)
            let again = Sample.message("deploy", externalID: "1", at: Sample.start + (24 * 3600 - 1))
            try expectEqual(try await store.accept(again, claiming: nil), .duplicate(kept), "the same text again")
            try expectEqual(try await store.message(again.id), nil, "the duplicate")
            let other = Sample.message("destroy", externalID: "1")
            try expectEqual(try await store.accept(other, claiming: nil), .conflict(kept), "another text")
            try expectEqual(try await store.unhandledMessages(), [kept], "what is stored")
        },
        StoreConformanceCase("An external id may come again after 24 hours, and is then remembered anew") { store in
            try await store.expectAccepted(Sample.message("deploy", externalID: "1"))
            let dayLater = Sample.start + 24 * 3600
            let second = Sample.message("another", externalID: "1", at: dayLater)
            try await store.expectAccepted(second)
            let third = Sample.message("another", externalID: "1", at: dayLater + 1)
            let kept = MessageRecord(message: second, state: .accepted)
            try expectEqual(try await store.accept(third, claiming: nil), .duplicate(kept), "the id of the second day")
        },
        StoreConformanceCase("Platform, channel and user tell external ids apart; no id is never a duplicate") { store in
            let first = Sample.message(externalID: "1")
            try await store.expectAccepted(first)
            for change: @Sendable (inout Address) -> Void in [
                { $0.platform = "slack" }, { $0.channel = "#dev" }, { $0.user = "bob" },
            ] {
                var other = Sample.message(externalID: "1")
                change(&other.address)
                try await store.expectAccepted(other)
            }
            try await store.expectAccepted(Sample.message())
            try await store.expectAccepted(Sample.message())
        },
        StoreConformanceCase("A handled message keeps its replies and is not handled again") { store in
            let first = Sample.message("one")
            let second = Sample.message("two")
            try await store.expectAccepted(first)
            try await store.expectAccepted(second)
            try expectEqual(
                try await store.unhandledMessages().map(\.message.text), ["one", "two"], "unhandled, oldest first")
            let reply = Sample.reply(to: first.id, origin: "\(first.id)/1")
            try await store.finishMessage(first.id, replies: [reply])
            try expectEqual(try await store.message(first.id)?.state, .handled, "the state")
            try expectEqual(try await store.unhandledMessages().map(\.message.text), ["two"], "unhandled")
            try await store.finishMessage(first.id, replies: [Sample.reply("again", to: first.id, origin: "\(first.id)/1")])
            try expectEqual(try await store.replies(to: first.id), [reply], "the replies")
        },
    ]
}
