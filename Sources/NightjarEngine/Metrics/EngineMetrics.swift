import Metrics
import Synchronization

/// What the engine counts. Made once; dimensions are bounded (states, not names of people).
///
/// Everything goes to swift-metrics under `nightjar_…`; the totals are also kept here for `/status` pages and tests.
public final class EngineMetrics: Sendable {
    private let submitted = Counter(label: "nightjar_tasks_submitted_total")
    private let completed = Counter(label: "nightjar_tasks_finished_total", dimensions: [("state", "completed")])
    private let failed = Counter(label: "nightjar_tasks_finished_total", dimensions: [("state", "failed")])
    private let cancelled = Counter(label: "nightjar_tasks_finished_total", dimensions: [("state", "cancelled")])
    private let retries = Counter(label: "nightjar_task_retries_total")
    private let duration = Metrics.Timer(label: "nightjar_task_duration_seconds")
    private let inputTokens = Counter(label: "nightjar_model_tokens_total", dimensions: [("direction", "input")])
    private let outputTokens = Counter(label: "nightjar_model_tokens_total", dimensions: [("direction", "output")])
    private let toolCalls = Counter(label: "nightjar_tool_calls_total", dimensions: [("outcome", "ok")])
    private let toolErrors = Counter(label: "nightjar_tool_calls_total", dimensions: [("outcome", "error")])
    private let messages = Counter(label: "nightjar_messages_accepted_total")
    private let duplicates = Counter(label: "nightjar_messages_duplicate_total")
    private let delivered = Counter(label: "nightjar_replies_total", dimensions: [("outcome", "delivered")])
    private let retried = Counter(label: "nightjar_replies_total", dimensions: [("outcome", "retried")])
    private let dead = Counter(label: "nightjar_replies_total", dimensions: [("outcome", "dead")])
    private let formatterFailures = Counter(label: "nightjar_formatter_failures_total")
    private let queueDepth = Gauge(label: "nightjar_tasks_pending")
    private let running = Gauge(label: "nightjar_tasks_running")

    /// One for each model that was asked; their names are those of the scripts.
    private let breakers = Mutex<[String: Gauge]>([:])

    private let totals = Mutex(EngineTotals())

    public init() {}

    public var snapshot: EngineTotals { totals.withLock { $0 } }

    func taskSubmitted() {
        submitted.increment()
        totals.withLock { $0.submitted += 1 }
    }

    func taskFinished(_ state: TaskState, ran: Duration?) {
        switch state {
        case .completed: completed.increment()
        case .failed: failed.increment()
        case .cancelled: cancelled.increment()
        case .pending, .running: return
        }
        if let ran { duration.recordNanoseconds(ran.wholeMilliseconds * 1_000_000) }
        totals.withLock { $0.finish(state, ran: ran) }
    }

    func taskRetried() {
        retries.increment()
        totals.withLock { $0.retries += 1 }
    }

    func modelAnswered(_ usage: TokenUsage) {
        inputTokens.increment(by: min(max(usage.input, 0), EngineLimits.tokensPerAnswerMax))
        outputTokens.increment(by: min(max(usage.output, 0), EngineLimits.tokensPerAnswerMax))
        totals.withLock { $0.usage += usage }
    }

    func toolCalled(failed: Bool) {
        (failed ? toolErrors : toolCalls).increment()
    }

    func messageAccepted() { messages.increment() }
    func messageDuplicated() { duplicates.increment() }
    func replyDelivered() { delivered.increment() }
    func replyRetried() { retried.increment() }
    func replyDied() { dead.increment() }
    func formatterFailed() { formatterFailures.increment() }

    public func observe(pending: Int, running: Int) {
        queueDepth.record(pending)
        self.running.record(running)
    }

    /// Records each model's breaker: 0 is closed, 1 half open, 2 open.
    public func observe(breakers phases: [String: CircuitBreaker.Phase]) {
        breakers.withLock { gauges in
            for (model, phase) in phases {
                let gauge = gauges[model] ?? Gauge(label: "nightjar_model_breaker", dimensions: [("model", model)])
                gauges[model] = gauge
                gauge.record(phase.severity)
            }
        }
    }
}

extension CircuitBreaker.Phase {
    fileprivate var severity: Int {
        switch self {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }
}
