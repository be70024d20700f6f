import HTTPTypes
import NightjarEngine

extension TaskQuery {
    /// What `GET /api/v1/tasks?state=…&user=…&limit=…&cursor=…` asks for; several states are separated by commas.
    /// - Throws: ``Problem`` that names what is wrong.
    init(_ query: QueryText) throws(Problem) {
        self.init(user: query["user"], limit: ServerLimits.pageSize, cursor: query["cursor"])
        for name in (query["state"] ?? "").split(separator: ",") {
            guard let state = TaskState(rawValue: String(name)) else {
                let known = TaskState.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.badRequest, "bad_state", "There is no state \"\(name)\"; the states are \(known).")
            }
            states.insert(state)
        }
        if let text = query["limit"] {
            guard let number = Int(text), (1...StoreLimits.pageSizeMax).contains(number) else {
                throw Problem(.badRequest, "bad_limit", "The limit must be a number from 1 to \(StoreLimits.pageSizeMax).")
            }
            limit = number
        }
    }
}
