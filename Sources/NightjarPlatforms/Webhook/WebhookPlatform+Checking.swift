public import NightjarEngine

extension WebhookPlatform {
    /// What is wrong with a `platform "webhook" { … }` declaration beyond the types of its options: a path that the server itself answers at, a
    /// key that is none. Nil when it can be used, and for other platforms.
    @Sendable public static func problem(with definition: PlatformDefinition) -> String? {
        guard definition.name == platformName else { return nil }
        do {
            _ = try WebhookOptions(definition)
            return nil
        } catch {
            return error.description
        }
    }
}
