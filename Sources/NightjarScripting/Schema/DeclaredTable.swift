/// A table that has a description of its own, named so that a description can contain itself.
package enum DeclaredTable: Sendable, Equatable, CaseIterable {
    case toolParameter
    case triggerOptions
    case webhookOptions

    package var declaration: Declaration {
        switch self {
        case .toolParameter: .toolParameter
        case .triggerOptions: .triggerOptions
        case .webhookOptions: .webhookOptions
        }
    }
}
