internal import NightjarEngine

/// The WhatsApp Cloud API on this machine, for tests and for trying things out: a real HTTP server that checks what Meta's checks,
/// answers as it does, and remembers the conversations. It also makes the notifications that Meta would send, signed.
public struct StandInWhatsApp: Sendable {
    /// What proves who is who, and which number it is.
    public struct Account: Sendable, Equatable {
        public var phoneNumberID = "106540352242922"
        /// The number itself.
        public var number = "15550783881"
        public var accessToken = "EAAstandin"
        public var appSecret = "standin-app-secret"
        public var verifyToken = "standin-verify-token"
        public var version = "v23.0"

        public init() {}
    }

    public let account: Account
    /// Takes scripted answers, and knows all requests.
    public let provider: StandInProvider
    let memory: StandInWhatsAppMemory

    /// What `api_url` is to be.
    public var baseURL: String { provider.baseURL }
    /// What was sent, to everybody, in order.
    public var messages: [StandInWhatsAppMessage] { memory.messages }
    /// The messages of people that were marked as read with an indicator, in order.
    public var indicators: [String] { memory.indicators }

    /// Runs a stand-in for as long as `body` runs.
    public static func withStandIn<Result: Sendable>(
        _ account: Account = Account(), _ body: (StandInWhatsApp) async throws -> Result
    ) async throws -> Result {
        let memory = StandInWhatsAppMemory()
        let desk = StandInWhatsAppDesk(account: account, memory: memory)
        return try await StandInProvider.withProvider(fallback: desk.answer) { provider in
            try await body(StandInWhatsApp(account: account, provider: provider, memory: memory))
        }
    }

    /// The next requests are answered so, whatever they ask for: a 429, a 500, nothing at all, half an answer.
    public func failNext(_ answers: StandInAnswer...) {
        for answer in answers { provider.script(answer) }
    }

    /// The next messages are answered so, and indicators as ever.
    public func failNextMessages(_ answers: [StandInAnswer]) { memory.prepare(answers) }

    /// An error as the Graph API writes it.
    public static func error(
        _ code: Int, status: Int = 400, details: String = "a detail", headers: [String: String] = [:]
    ) -> StandInAnswer {
        StandInWhatsAppRefusal(status: status, code: code, details: details).answer(headers: headers)
    }

    /// Until they write again, the person gets no free text: error 131047.
    public func closeWindow(of person: String) { memory.closeWindow(of: person) }

    /// After so many messages more, the person gets no others for now: error 131056. Nil lifts the limit.
    public func limit(_ count: Int?, for person: String) { memory.limit(count, for: person) }
}
