/// What a handler came to.
public enum HandlerResult: Sendable, Equatable {
    /// It returned a value, as text in Markdown: the answer.
    case answer(String)
    /// It returned nothing; what it had to say it has said by `ctx:reply`.
    case none
}
