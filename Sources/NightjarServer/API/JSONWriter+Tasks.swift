import NightjarEngine

extension JSONWriter {
    /// A task as the API shows it.
    mutating func members(of task: TaskRecord) {
        member("id", task.id.rawValue)
        member("state", task.state.rawValue)
        member("agent", task.agent)
        member("user", task.address.userKey)
        member("channel", task.address.channel)
        member("priority", task.priority.name)
        member("input", task.input)
        member("output", task.output)
        key("error")
        if let failure = task.failure {
            object { json in
                json.member("code", failure.code)
                json.member("message", failure.message)
            }
        } else {
            null()
        }
        member("attempt", task.attempt)
        member("message", task.messageID?.rawValue)
        member("parent", task.parent?.rawValue)
        member("retry_of", task.retryOf?.rawValue)
        member("created_at", task.createdAt)
        member("started_at", task.startedAt)
        member("finished_at", task.finishedAt)
        key("usage")
        object { json in
            json.member("input", task.usage.input)
            json.member("output", task.usage.output)
        }
    }
}
