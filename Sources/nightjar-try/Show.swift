/// One show: a conversation that is played, then whatever the person at the terminal wants to say.
struct Show<Stage: VendorStage>: Sendable {
    let stage: Stage
    let nightjar: String
    let screen: Screen

    /// How often the stand-in is looked at.
    private static var period: Duration { .milliseconds(50) }
    /// How long an answer may take, on a machine that is busy.
    private static var answerMax: Duration { .seconds(30) }

    func run() async throws {
        try await TryProject.withProject(stage.declaration) { project in
            try await TriedEngine.run(nightjar, project, secrets: stage.secrets) { engine in
                screen.narrate("The engine is at \(engine.baseURL); the other side is a stand-in for \(Stage.name), on this machine too.\n")
                let audience = Audience(stage, screen)
                for line in Line.all { try await play(line, engine, audience, project) }
                guard Screen.hasKeyboard else { return }
                screen.narrate(
                    """

                    Your turn: say something, press a button by typing its words, or ask for /help. Ctrl-D ends.
                    Change \(project.script) and the next message is answered by the new script.

                    """)
                try await talk(engine, audience)
            }
        }
    }

    private func play(_ line: Line, _ engine: EngineDoor, _ audience: Audience, _ project: TryProject) async throws {
        let before = await audience.messageCount
        switch line.act {
        case .say(let text):
            screen.say(text, as: "ann", .person)
            try await stage.say(text, to: engine)
        case .press(let button):
            guard let question = await audience.question else { throw TryFailure("there is no button to press") }
            screen.say("presses [\(button)]", as: "ann", .person)
            try await stage.press(button, of: question, to: engine)
        }
        let deadline = ContinuousClock.now + Self.answerMax
        while await !audience.look(from: before).contains(where: { $0.text.contains(line.answer) }) {
            guard ContinuousClock.now < deadline else {
                throw TryFailure("no answer with \"\(line.answer)\" within \(Self.answerMax)\(TriedEngine.logEnd(project))")
            }
            try await Task.sleep(for: Self.period)
        }
    }

    /// Until the end of the input.
    private func talk(_ engine: EngineDoor, _ audience: Audience) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while true {
                    await audience.look()
                    try await Task.sleep(for: Self.period)
                }
            }
            group.addTask {
                for await text in TypedLines.read() where text.contains(where: { !$0.isWhitespace }) {
                    if let question = await audience.question, question.buttons.contains(text) {
                        try await stage.press(text, of: question, to: engine)
                    } else {
                        try await stage.say(text, to: engine)
                    }
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
