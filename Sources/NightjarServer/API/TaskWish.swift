import NightjarEngine
import NightjarPlatforms

/// What `POST /api/v1/tasks` is sent: `{"agent":…,"input":…,"user":…,"priority":…}`.
struct TaskWish: Equatable {
    static let defaultUser = "api"
    static let fields = ["agent", "input", "user", "priority"]

    var agent: String
    var input: String
    var user: String
    var priority: TaskPriority

    init(_ fields: JSONFields) throws(JSONFieldsError) {
        agent = try fields.requiredString("agent")
        input = try fields.requiredString("input")
        user = try fields.string("user") ?? Self.defaultUser
        guard !user.isEmpty, user.utf8.count <= WebhookLimits.nameBytesMax else {
            throw JSONFieldsError("\"user\" must have 1 to \(WebhookLimits.nameBytesMax) bytes")
        }
        guard !input.utf8.contains(0), !user.utf8.contains(0) else { throw JSONFieldsError("there is a NUL character in the text") }
        let name = try fields.string("priority") ?? TaskPriority.normal.name
        guard let priority = TaskPriority.allCases.first(where: { $0.name == name }) else {
            throw JSONFieldsError("\"priority\" must be high, normal or low")
        }
        self.priority = priority
    }
}
