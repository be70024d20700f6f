import Logging
import NIOHTTP1
import NightjarEngine

/// A Discord application: slash commands and buttons at `/webhooks/discord` or over the Gateway, messages over the Gateway, answers by the
/// HTTP API (https://docs.discord.com/developers).
struct DiscordPlatform: Platform {
    static let platformName = "discord"

    let name = platformName
    let layout: any TextLayout = DialectLayout(platform: platformName)
    let capabilities: PlatformCapabilities
    let options: DiscordOptions
    let decoder: DiscordDecoder
    let api: DiscordAPI
    let clock: EngineClock
    let logger: Logger
    let memory = DiscordMemory()
    private let activity: SendWindow

    init(_ options: DiscordOptions, _ context: PlatformContext) {
        self.options = options
        decoder = DiscordDecoder(options: options)
        api = DiscordAPI(options: options, context)
        clock = context.clock
        logger = context.logger
        capabilities = PlatformCapabilities(
            prefixes: ["/"] + options.prefixes, showsActivity: true, awaitsAnswers: true, buttonsMax: DiscordLimits.buttonsMax,
            keyLifetime: DiscordLimits.nonceLifetime, fileBytesMax: DiscordLimits.fileBytesMax)
        activity = SendWindow(count: 1, per: DiscordLimits.activityPeriod, clock: context.clock)
    }

    func showActivity(at address: Address, replyRoute: String?) async {
        // An interaction that is not answered yet says so by itself.
        guard DiscordRoute(replyRoute).token == nil, DiscordDecoder.isID(address.channel), activity.turnNow(for: address.channel) else { return }
        do {
            try await api.perform(
                DiscordAPI.Call(
                    method: .POST, path: "/channels/\(address.channel)/typing", label: "an activity",
                    waitMax: DiscordLimits.draftWaitMax))
        } catch {
            logger.debug("an activity could not be shown", metadata: ["platform": "\(name)", "error": "\(error)"])
        }
    }
}
