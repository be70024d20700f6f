import NightjarEngine

/// The arguments of tool calls in the conversation that is sent back.
///
/// A model may have written text that is no JSON object. Providers refuse such a history, every time, so the text goes back
/// inside an object: the model sees what it wrote, beside the error it got for it.
enum WireToolArguments {
    static func object(_ arguments: String) -> JSONValue {
        guard let value = try? JSONValue(parsing: arguments), case .object = value else {
            return ["invalid_arguments": .string(arguments)]
        }
        return value
    }
}
