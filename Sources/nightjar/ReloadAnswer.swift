import NightjarEngine

/// What the engine answered to a reload.
struct ReloadAnswer {
    private let body: JSONValue

    init(_ text: String) {
        body = (try? JSONValue(parsing: text)) ?? .null
    }

    var generation: Int64 { body["generation"]?.integer ?? 0 }

    /// The scripts' errors, a line each.
    var problems: String {
        let errors = (body["errors"]?.array ?? []).compactMap { $0["description"]?.string ?? $0.string }
        return errors.isEmpty ? body["detail"]?.string ?? body.text : errors.joined(separator: "\n")
    }
}
