/// The scenes by name, as arguments of tests.
enum SceneName: String, Sendable, CaseIterable {
    case discord, discordGateway, slack, slackSocketMode, telegram, whatsapp

    /// The platform's name in scripts.
    var platform: String {
        switch self {
        case .discord, .discordGateway: DiscordScene.name
        case .slack, .slackSocketMode: SlackScene.name
        case .telegram: TelegramScene.name
        case .whatsapp: WhatsAppScene.name
        }
    }

    /// Whether the vendor shows a message once that is sent twice under one key.
    var sendsOnce: Bool { platform == DiscordScene.name }

    /// Those whose vendor is told that a message has arrived; Discord's Gateway does not want to know.
    static let acknowledging = allCases.filter { $0 != .discordGateway }

    /// Opens the scene for as long as `body` runs.
    func play(_ body: @escaping @Sendable (any PlatformScene) async throws -> Void) async throws {
        switch self {
        case .discord: try await DiscordScene.withScene { try await body($0) }
        case .discordGateway: try await DiscordScene.withScene(usesGateway: true) { try await body($0) }
        case .slack: try await SlackScene.withScene { try await body($0) }
        case .slackSocketMode: try await SlackScene.withScene(usesSocketMode: true) { try await body($0) }
        case .telegram: try await TelegramScene.withScene { try await body($0) }
        case .whatsapp: try await WhatsAppScene.withScene { try await body($0) }
        }
    }

    /// Plays all scenes at the same time, where waiting is most of what happens.
    static func playAll(_ body: @escaping @Sendable (any PlatformScene) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in allCases { group.addTask { try await name.play(body) } }
            try await group.waitForAll()
        }
    }
}
