import NIOHTTP1
import NightjarEngine

/// A request to a platform's API.
struct VendorRequest: Sendable {
    enum Body: Sendable {
        case json(JSONValue)
        case bytes([UInt8], contentType: String)
        case none
    }

    var method: HTTPMethod = .POST
    /// May contain a token (Telegram's does), so it is never shown; ``label`` is.
    var url: String
    /// What it is called in errors and logs: `chat.postMessage`, `sendMessage`.
    var label: String
    var headers: HTTPHeaders = [:]
    var body: Body = .none
    var timeout: Duration = .seconds(15)
    /// The largest answer that is read.
    var answerBytesMax = VendorClient.bodyBytesMax
}
