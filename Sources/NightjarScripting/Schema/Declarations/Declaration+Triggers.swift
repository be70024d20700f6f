import NightjarEngine

extension Declaration {
    package static let every = trigger(
        "every", summary: "Runs a handler periodically, first one period after the start",
        when: FieldSchema("period", .duration(.positive), required: true, "From one firing to the next"))

    package static let after = trigger(
        "after", summary: "Runs a handler once, some time after the start of the process",
        when: FieldSchema("delay", .duration(.positive), required: true, "From the start to the firing"))

    package static let at = trigger(
        "at", summary: "Runs a handler at a moment, once ever",
        when: FieldSchema("moment", .timestamp, required: true, "When it fires"))

    /// What the triggers share: the table that may stand in place of the name.
    package static let triggerOptions = Declaration(
        "options", form: .part, summary: "How a trigger behaves when it is late, busy or failing", fields: optionFields)

    private static let optionFields = [
        FieldSchema("name", .text, required: true, "Unique among the triggers"),
        FieldSchema("agent", .text, "Whose session ctx:send writes to; the default agent otherwise"),
        FieldSchema("channel", .text, "Where answers go, such as \"slack:#ops\"; the log and the task list otherwise"),
        FieldSchema(
            "delivery", words(TriggerOptions.Delivery.self), default: "\"when_idle\"",
            "When its messages enter a busy session"),
        FieldSchema(
            "overlap", words(TriggerOptions.Overlap.self), default: "\"buffer_one\"",
            "What to do when a firing is due while an earlier one runs"),
        FieldSchema(
            "spacing", words(TriggerOptions.Spacing.self), default: "\"grid\"",
            "Whether periods count from a fixed grid or from the end of the last firing"),
        FieldSchema("misfire", .table(misfire), "What to do about firings missed while the process was down"),
        FieldSchema("jitter", .duration(.nonNegative), default: "0", "Each firing is late by a random part of this"),
        FieldSchema("max_runs", .integer(from: 1), "The trigger ends after so many firings"),
        FieldSchema("pause_on_failure", .integer(from: 1), "The trigger pauses after so many failures in a row"),
    ]

    private static let misfire = [
        FieldSchema("grace", .duration(.nonNegative), default: "\"1m\"", "A firing this late counts as on time"),
        FieldSchema(
            "coalesce", words(TriggerOptions.Misfire.Coalesce.self), default: "\"latest\"", "Which of the missed firings run"),
        FieldSchema(
            "catchup_window", .duration(.nonNegative), default: "0",
            "Missed firings older than this are dropped; zero means one late firing at most"),
    ]

    private static func trigger(_ kind: String, summary: String, when: FieldSchema) -> Declaration {
        Declaration(kind, form: .positional([when, name, handler]), summary: summary, fields: optionFields)
    }

    private static let name = FieldSchema(
        "options", .oneOf([.text, .declared(.triggerOptions)]), required: true, "The trigger's name, or a table with the name and more")
    private static let handler = FieldSchema(
        "handler", .function(FunctionShape(["ctx": "nightjar.Context"], returns: "any")), required: true,
        "What it does; text that it returns is sent to its channel")

    private static func words<Word: RawRepresentable<String> & CaseIterable>(_: Word.Type) -> FieldType {
        .choice(Word.allCases.map(\.rawValue))
    }
}
