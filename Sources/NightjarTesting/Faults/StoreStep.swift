/// A method of a store that can be made to fail.
public enum StoreStep: String, Sendable, CaseIterable {
    case accept
    case finishMessage
    case message
    case unhandledMessages
    case enqueue
    case startNested
    case claim
    case nextDelayedTask
    case settle
    case cancel
    case recoverLeases
    case readTask
    case listTasks
    case taskCounts
    case turns
    case activeTaskCount
    case appendJournal
    case journal
    case post
    case pendingOutbox
    case updateOutbox
    case replies
    case deadReplies
    case outboxCounts
    case ask
    case answer
    case questions
    case slots
    case saveTriggers
    case loadState
    case saveState
    case prune
}
