/// Looks at the conversation and tells what has changed since it last looked.
actor Audience {
    private let stage: any VendorStage
    private let screen: Screen
    private var seen = StageView()

    init(_ stage: any VendorStage, _ screen: Screen) {
        self.stage = stage
        self.screen = screen
    }

    /// How many messages there are, those that have been told of.
    var messageCount: Int { seen.messages.count }

    /// The newest message with buttons.
    var question: StageMessage? { seen.messages.last { !$0.buttons.isEmpty } }

    /// - Returns: the engine's messages from the given one on, as they look now.
    @discardableResult
    func look(from first: Int = 0) -> ArraySlice<StageMessage> {
        let view = stage.view
        if view.activities > seen.activities { screen.say("is typing", as: "nightjar", .narrator, mark: "…") }
        for message in view.messages {
            let earlier = seen.messages.first { $0.id == message.id }
            guard earlier != message else { continue }
            tell(message, after: earlier)
        }
        seen = view
        return view.messages.dropFirst(first)
    }

    private func tell(_ message: StageMessage, after earlier: StageMessage?) {
        let buttons = message.buttons.map { "[\($0)]" }.joined(separator: " ")
        let text = [message.text, buttons].filter { !$0.isEmpty }.joined(separator: "\n")
        guard let earlier else { return screen.say(text, as: "nightjar", .engine) }
        let note = message.edits > earlier.edits ? "changed in place, \(message.edits)×" : "its buttons changed"
        screen.say("\(text)  (\(note))", as: "nightjar", .engine, mark: "✎")
    }
}
