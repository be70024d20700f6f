extension NativeFormatter {
    func error(_ error: ReplyError) -> String {
        var text = dialect.errorHeading(error.level.title) + dialect.errorMessage(error.message)
        if let hint = error.hint { text += "\n" + dialect.text(hint) }
        return text
    }
}

extension ReplyError.Level {
    fileprivate var title: String {
        switch self {
        case .parse: "Parse error"
        case .validation: "Validation error"
        case .execution: "Execution error"
        case .platform: "Platform error"
        }
    }
}
