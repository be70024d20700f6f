import Logging
public import NightjarEngine

/// Slack: events, slash commands and buttons over HTTP at `/webhooks/slack` or by Socket Mode, answers by the Web API.
public struct SlackPlatform: ReceivingPlatform, ConnectedPlatform {
    public static let platformName = "slack"

    public let name = platformName
    public let layout: any TextLayout = DialectLayout(platform: platformName)
    public let capabilities: PlatformCapabilities
    let options: SlackOptions
    let decoder: SlackDecoder
    let api: SlackAPI
    let clock: EngineClock
    let logger: Logger
    let pacer: SendPacer
    let memory = SlackMemory()
    /// Outbox entries whose comment is there, and their file is not yet.
    let placedComments = RecentKeys(max: SlackLimits.remembered)
    /// Buttons that were pressed, for ``run(_:)`` to take away.
    let answered: AsyncStream<SlackAnsweredPress>
    let presses: AsyncStream<SlackAnsweredPress>.Continuation

    init(_ options: SlackOptions, _ context: PlatformContext) {
        self.options = options
        decoder = SlackDecoder(options: options)
        api = SlackAPI(http: context.http, options: options)
        clock = context.clock
        logger = context.logger
        pacer = SendPacer(interval: SlackLimits.postInterval, clock: context.clock)
        capabilities = PlatformCapabilities(
            prefixes: ["/"] + options.prefixes, showsActivity: true, buttonsMax: SlackLimits.buttonsMax, fileBytesMax: FileLimits.uploadBytesMax,
            partsMax: options.messagesMax)
        (answered, presses) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(SlackLimits.pressesMax))
    }
}
