/// A line of the conversation that is shown.
struct Line: Sendable {
    enum Act: Sendable {
        case say(String)
        case press(String)
    }

    var act: Act
    /// What the engine's answer contains when it is complete.
    var answer: String

    static let all = [
        Line(act: .say("hello"), answer: "You said: hello"),
        Line(act: .say("What is a nightjar?"), answer: "catches messages."),
        Line(act: .say("/count moths --by=3"), answer: "moths: 3"),
        Line(act: .say("/deploy web"), answer: "to production?"),
        Line(act: .press("Deploy it"), answer: "web is on its way."),
    ]
}
