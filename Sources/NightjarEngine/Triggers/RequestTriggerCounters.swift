/// What requests have done to one `on_webhook` trigger since the process started.
struct RequestTriggerCounters: Sendable, Equatable {
    var last: Timestamp?
    var firings = 0
    var failures = 0
}
