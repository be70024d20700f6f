import NightjarEngine
import Testing

@Suite struct StatusFormatTests {
    @Test(
        "Every state has its icon and its name",
        arguments: [
            (.pending, "⏳", "Pending"), (.running, "▶️", "Running"), (.completed, "✅", "Completed"), (.failed, "❌", "Failed"),
            (.cancelled, "🚫", "Cancelled"),
        ] as [(TaskState, String, String)])
    func states(state: TaskState, icon: String, title: String) {
        for platform in Sample.platforms {
            let text = Sample.text(.status(Sample.task(state)), on: platform)
            #expect(text.hasPrefix(icon + " "))
            #expect(text.contains(title))
        }
    }

    @Test func theWholePageAsPlainText() {
        let task = Sample.task(
            .completed,
            change: {
                $0.metadata = ["trigger": "digest", "env": "prod"]
                $0.priority = .high
                $0.attempt = 2
                $0.retryOf = TaskID(rawValue: "zzzzzzzzzzzz")
            }, isVerbose: true)
        #expect(
            Sample.text(.status(task), on: "webhook") == """
                ✅ Task Status
                ID: 0a1b2c3d4e5f
                Status: Completed
                Agent: code-analyzer
                Priority: high
                Metadata: env=prod, trigger=digest
                Input: Review this PR
                Attempts: 2
                Retry of: zzzzzzzzzzzz
                Waited: 340 ms
                Ran: 1m 20s
                Tokens: 1200 in, 34 out

                Output:
                Looks **good**.
                """)
    }

    @Test func thePageInMarks() {
        let running = Sample.task(.running)
        #expect(
            Sample.text(.status(running), on: "discord") == """
                ▶️ **Task Status**
                **ID:** `0a1b2c3d4e5f`
                **Status:** Running
                **Agent:** `code-analyzer`
                **Priority:** normal
                **Input:** `Review this PR`
                **Attempts:** 1
                **Waited:** 340 ms
                **Ran:** 11s
                """)
        #expect(Sample.text(.status(running), on: "slack").hasPrefix("▶️ *Task Status*\n*ID:* `0a1b2c3d4e5f`\n"))
        #expect(Sample.text(.status(running), on: "telegram").hasPrefix("▶️ <b>Task Status</b>\n<b>ID:</b> <code>0a1b2c3d4e5f</code>\n"))
        #expect(Sample.text(.status(running), on: "whatsapp").hasPrefix("▶️ *Task Status*\n*ID:* 0a1b2c3d4e5f\n"))
    }

    @Test func aPendingTaskHasNeitherRunNorOutput() {
        let text = Sample.text(.status(Sample.task(.pending)), on: "terminal")
        #expect(text.contains("Attempts: 0") && text.contains("Waited: 12s"))
        #expect(!text.contains("Ran:") && !text.contains("Output:") && !text.contains("Metadata:") && !text.contains("Tokens:"))
    }

    @Test func aFailedTaskTellsItsCode() {
        #expect(Sample.text(.status(Sample.task(.failed)), on: "terminal").hasSuffix("\nError: timeout: It took longer than 5m."))
    }

    @Test func longInputsAreCutAndEmptyOnesAreNamed() {
        let long = Sample.task(.pending) { $0.input = String(repeating: "word\n", count: 1000) }
        let line = Sample.text(.status(long), on: "terminal").split(separator: "\n").first { $0.hasPrefix("Input: ") }
        #expect(line?.hasSuffix("word…") == true)
        #expect(line.map { $0.count <= "Input: ".count + 120 } == true)
        let empty = Sample.task(.pending) { $0.input = " " }
        #expect(Sample.text(.status(empty), on: "slack").contains("*Input:* (empty)"))
    }

    @Test func metadataIsBounded() {
        let task = Sample.task(.pending) { task in
            for number in 10..<25 { task.metadata["key\(number)"] = String(repeating: "v", count: 1000) }
        }
        let text = Sample.text(.status(task), on: "terminal")
        #expect(text.contains("key19=vvv") && !text.contains("key20=") && text.contains(", … and 5 more\n"))
        #expect(text.count < 2000)
    }
}
