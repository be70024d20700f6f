import Foundation
import NightjarEngine

/// A call's parameters: a JSON object, a form, or a query, as https://core.telegram.org/bots/api#making-requests allows.
enum StandInTelegramParameters {
    static func read(_ request: StandInRequest) -> [String: JSONValue] {
        if let object = request.json.object { return object }
        if let form = StandInForm(request) { return form.fields.mapValues(JSONValue.string).merging(typed(form.fields)) { $1 } }
        let query = request.path.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        let isForm = request.headers["content-type"]?.hasPrefix("application/x-www-form-urlencoded") == true
        return fields(query).merging(isForm ? fields(request.body) : [:]) { $1 }
    }

    private static func typed(_ fields: [String: String]) -> [String: JSONValue] {
        Dictionary(uniqueKeysWithValues: fields.map { ($0.key, value($0.value, of: $0.key)) })
    }

    private static func fields(_ text: String) -> [String: JSONValue] {
        var components = URLComponents()
        // Forms write a space as a plus.
        components.percentEncodedQuery = text.replacing("+", with: "%20")
        let items = (components.queryItems ?? []).map { ($0.name, value($0.value ?? "", of: $0.name)) }
        return Dictionary(items) { $1 }
    }

    /// Forms have no types: what is a number or an object is known by its name.
    private static func value(_ text: String, of name: String) -> JSONValue {
        let isText = ["text", "caption", "parse_mode", "callback_query_id", "url", "secret_token", "action"].contains(name)
        guard !isText, let value = try? JSONValue(parsing: text) else { return .string(text) }
        return value
    }
}
