public import NightjarEngine

/// One scripted response of a stand-in provider.
public struct StandInAnswer: Sendable {
    public var status: Int
    /// Sent in place of the stand-in's own headers of the same name.
    public var headers: [String: String]
    public var steps: [StandInStep]

    public init(status: Int = 200, headers: [String: String] = [:], steps: [StandInStep]) {
        self.status = status
        self.headers = headers
        self.steps = steps
    }

    /// An answer of several pieces of text.
    /// - Parameter delay: before each piece; for pacing that people or scripts look at, not for tests.
    public static func text(_ pieces: String..., usage: TokenUsage = .zero, delay: Duration? = nil) -> StandInAnswer {
        let steps = pieces.flatMap { piece -> [StandInStep] in (delay.map { [.pause($0)] } ?? []) + [.text(piece)] }
        return StandInAnswer(steps: steps + [.finish(.endOfTurn, usage)])
    }

    /// An answer that calls one tool.
    public static func toolCall(
        id: String = "call_1", name: String, arguments: String, usage: TokenUsage = .zero
    ) -> StandInAnswer {
        StandInAnswer(steps: [.toolCall(id: id, name: name, arguments: [arguments]), .finish(.toolCalls, usage)])
    }

    /// A refusal with an error document.
    public static func refusal(
        status: Int, type: String, message: String, headers: [String: String] = [:]
    ) -> StandInAnswer {
        StandInAnswer(status: status, headers: headers, steps: [.refusal(type: type, message: message)])
    }

    public static let stallBeforeFirstByte = StandInAnswer(steps: [.stall])

    public static func stall(after text: String) -> StandInAnswer {
        StandInAnswer(steps: [.text(text), .stall])
    }

    public static func drop(after text: String) -> StandInAnswer {
        StandInAnswer(steps: [.text(text), .drop])
    }
}
