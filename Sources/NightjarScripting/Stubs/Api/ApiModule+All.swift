extension ApiModule {
    /// What handlers can use, in the order of the reference.
    package static let all: [ApiModule] = [
        .context, .http, .json, .exec, .state, .log, .time, .tasks, .agents, .triggers, .environment, .variables,
        .waiting,
    ]
}
