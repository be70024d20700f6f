/// What a message turned out to be.
public enum ParsedInput: Sendable, Equatable {
    case command(Command)
    /// No command: text for a message handler or an agent, without the mention and the white space around it.
    case plain(String)
    /// Meant as a command and wrong; the answer to give at once. It never reaches a model.
    case failure(ReplyError)
}
