public import NightjarEngine

/// Makes the platforms that scripts declare. The generic webhook and the terminal are installed by the host and not made here.
public struct PlatformFactory: Sendable {
    private let context: PlatformContext

    public init(_ context: PlatformContext) {
        self.context = context
    }

    /// - Returns: nil when it is no platform of this factory.
    /// - Throws: ``PlatformOptionsError``
    @Sendable public func make(_ definition: PlatformDefinition) throws -> (any Platform)? {
        switch definition.name {
        case DiscordPlatform.platformName: DiscordPlatform(try DiscordOptions(definition), context)
        case TelegramPlatform.platformName: TelegramPlatform(try TelegramOptions(definition), context)
        case WhatsAppPlatform.platformName: WhatsAppPlatform(try WhatsAppOptions(definition), context: context)
        case SlackPlatform.platformName: SlackPlatform(try SlackOptions(definition), context)
        default: nil
        }
    }

    /// What is wrong with an `on_webhook` beyond the types of its options; nil when it can be used.
    @Sendable public static func problem(with trigger: RequestTriggerDefinition) -> String? {
        do {
            _ = try WebhookOptions(trigger)
            return nil
        } catch {
            return error.description
        }
    }

    /// What is wrong with a declaration beyond the types of its options; nil when it can be used.
    @Sendable public static func problem(with definition: PlatformDefinition) -> String? {
        do {
            switch definition.name {
            case DiscordPlatform.platformName: _ = try DiscordOptions(definition)
            case TelegramPlatform.platformName: _ = try TelegramOptions(definition)
            case SlackPlatform.platformName: _ = try SlackOptions(definition)
            case WebhookPlatform.platformName: _ = try WebhookOptions(definition)
            case WhatsAppPlatform.platformName: _ = try WhatsAppOptions(definition)
            default: break
            }
            return nil
        } catch {
            return "\(error)"
        }
    }
}
