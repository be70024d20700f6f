public import NightjarEngine

/// The person at the terminal of `nightjar chat`.
public struct TerminalPlatform: Platform {
    public static let platformName = "terminal"

    public let name = platformName
    public let capabilities = PlatformCapabilities(prefixes: ["/"], fileBytesMax: FileLimits.uploadBytesMax)
    private let screen: TerminalScreen

    public init(screen: TerminalScreen) {
        self.screen = screen
    }

    public func deliver(_ message: OutboundMessage) async throws -> String? {
        screen.show(message)
        return nil
    }
}
