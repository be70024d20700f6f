import NightjarEngine

extension StoreConformance {
    static let triggerMemories = [
        StoreConformanceCase("A trigger's pause is remembered until it is lifted") { store in
            let paused = TriggerMemory(trigger: "digest", timing: "every 1h", isPaused: true)
            let counted = TriggerMemory(trigger: "other", timing: "every 1m max_runs=3", runs: 2)
            try expectEqual(try await store.triggerMemories(), [], "at first")
            try await store.saveTriggers([paused, counted])
            try expectEqual(try await store.triggerMemories().sorted { $0.trigger < $1.trigger }, [paused, counted], "when saved")
            try await store.saveTriggers([TriggerMemory(trigger: "digest", timing: "every 1h")])
            try expectEqual(try await store.triggerMemories(), [counted], "when it is lifted")
            try await store.saveTriggers([TriggerMemory(trigger: "other", timing: "")])
            try await store.saveTriggers([])
            try expectEqual(try await store.triggerMemories(), [], "when it is declared no more")
        },
        StoreConformanceCase("A firing is counted with its slot, or not at all") { store in
            let slot = TriggerSlot(trigger: "digest", due: Sample.start, run: TriggerSlot.Run(timing: "t", number: 1))
            try await store.expectAccepted(Sample.message("one"), claiming: slot)
            try expectEqual(try await store.triggerMemories(), [TriggerMemory(trigger: "digest", timing: "t", runs: 1)], "counted")
            var again = slot
            again.run?.number = 2
            try expectEqual(try await store.accept(Sample.message("two"), claiming: again), .slotTaken, "the slot again")
            try expectEqual(try await store.triggerMemories().map(\.runs), [1], "not counted again")
            let plain = TriggerSlot(trigger: "other", due: Sample.start)
            try await store.expectAccepted(Sample.message("three"), claiming: plain)
            try expectEqual(try await store.triggerMemories().count, 1, "what nobody counts is not remembered")
        },
        StoreConformanceCase("A count keeps the pause, and a late save keeps the count") { store in
            try await store.saveTriggers([TriggerMemory(trigger: "digest", timing: "t", runs: 1, isPaused: true)])
            let slot = TriggerSlot(trigger: "digest", due: Sample.start, run: TriggerSlot.Run(timing: "t", number: 2))
            try await store.expectAccepted(Sample.message("one"), claiming: slot)
            let expected = TriggerMemory(trigger: "digest", timing: "t", runs: 2, isPaused: true)
            try expectEqual(try await store.triggerMemories(), [expected], "after the count")
            try await store.saveTriggers([TriggerMemory(trigger: "digest", timing: "t", runs: 1)])
            try expectEqual(try await store.triggerMemories().map(\.runs), [2], "after a save of what was before")
        },
        StoreConformanceCase("A trigger that is declared otherwise starts anew") { store in
            try await store.saveTriggers([TriggerMemory(trigger: "digest", timing: "old", runs: 7, isPaused: true)])
            let slot = TriggerSlot(trigger: "digest", due: Sample.start, run: TriggerSlot.Run(timing: "new", number: 1))
            try await store.expectAccepted(Sample.message("one"), claiming: slot)
            try expectEqual(try await store.triggerMemories(), [TriggerMemory(trigger: "digest", timing: "new", runs: 1)], "by a count")
            try await store.saveTriggers([TriggerMemory(trigger: "digest", timing: "newer", isPaused: true)])
            try expectEqual(
                try await store.triggerMemories(), [TriggerMemory(trigger: "digest", timing: "newer", isPaused: true)], "by a save")
        },
    ]
}
