/// What a request asks for.
enum Route: Equatable {
    case health
    case readiness
    case metrics
    case webhook
    case platform(String)
    /// A path of `on_webhook`.
    case requestTrigger
    case agents
    case triggers
    case runTrigger(String)
    case events
    case tasks
    case createTask
    case task(String)
    case cancelTask(String)
    case message(String)
    case reload

    /// The query parameters it takes; nil where that is for others to say: monitors, platforms, the senders of on_webhook.
    var parameters: [String]? {
        switch self {
        case .health, .readiness, .metrics, .platform, .requestTrigger: nil
        case .webhook: ["wait"]
        case .tasks: ["state", "user", "limit", "cursor"]
        case .agents, .triggers, .runTrigger, .events, .createTask, .task, .cancelTask, .message, .reload: []
        }
    }

    /// Whether the API's access rules hold for it.
    var isAPI: Bool {
        switch self {
        case .health, .readiness, .metrics, .webhook, .platform, .requestTrigger: false
        case .agents, .triggers, .runTrigger, .events, .tasks, .createTask, .task, .cancelTask, .message, .reload: true
        }
    }
}
