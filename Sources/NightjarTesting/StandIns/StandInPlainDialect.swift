/// No provider: text is sent as it is.
struct StandInPlainDialect: StandInDialect {
    let contentType = "text/plain"

    func opening() -> String { "" }

    func render(_ step: StandInStep) -> [String] {
        switch step {
        case .text(let text), .raw(let text): [text]
        case .failure(_, let message), .refusal(_, let message): [message]
        case .toolCall, .finish, .pause, .stall, .drop: []
        }
    }
}
