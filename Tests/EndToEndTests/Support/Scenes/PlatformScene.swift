import Foundation
import NightjarEngine
import NightjarTesting

/// A platform with two places where a person talks to the engine, for what has to hold on every platform.
protocol PlatformScene: Sendable {
    /// The platform's name.
    static var name: String { get }

    /// The Lua that declares the platform.
    var declaration: String { get }
    var secrets: [String: String] { get }

    /// What the vendor sends when a person says something: one request, or the several that it makes of it.
    func requests(saying text: String, in place: ScenePlace) -> [SceneRequest]
    /// The same with a file; nil where people cannot send one.
    func request(sending file: StandInFile, saying text: String) -> SceneRequest?
    /// The engine's messages as they look now, in their order.
    func answers(in place: ScenePlace) -> [SceneAnswer]
    /// What the vendor took and nobody wants to see.
    var faults: [String] { get }
    /// The next messages that are sent fail so.
    func failNextSends(_ failures: SceneFailure...)
    /// How often the engine has tried to send a message.
    var sendCount: Int { get }
}

/// Two conversations that have nothing to do with each other.
enum ScenePlace: Int, Sendable, CaseIterable {
    case first, second
}

/// A message of the engine.
struct SceneAnswer: Sendable, Equatable {
    /// As it was sent, markup included.
    var source: String
    /// As a person reads it.
    var text: String
    var file: StandInFile?
}

/// A request of a vendor to the engine.
struct SceneRequest: Sendable {
    var path: String
    var headers: [String: String]
    var body: [UInt8]
    /// Takes the engine's answer, where it is part of the conversation.
    var hear: (@Sendable (String) -> Void)?
    /// Brings it another way than by HTTP, and returns when the engine has acknowledged it.
    var bring: (@Sendable () async throws -> Void)?
}

/// What may go wrong at a vendor.
enum SceneFailure: Sendable, CaseIterable {
    case rateLimit, serverError, silence, halfResponse

    /// How long the rate limit lasts that ``rateLimit`` tells of.
    static let rateLimitSeconds =
        ProcessInfo.processInfo.environment["NIGHTJAR_RATE_LIMIT_SECONDS"].flatMap { Int($0) } ?? 5

    /// What looks the same at every vendor; nil for the rate limit, which each words differently.
    var answer: StandInAnswer? {
        switch self {
        case .rateLimit: nil
        case .serverError: StandInAnswer(status: 500, steps: [.raw("<html>Internal Server Error</html>")])
        case .silence: .stallBeforeFirstByte
        case .halfResponse: StandInAnswer(headers: ["content-type": "application/json"], steps: [.raw(#"{"ok":tr"#), .drop])
        }
    }
}

extension PlatformScene {
    /// Brings what a person says to the engine, and gives the statuses of its answers.
    @discardableResult
    func say(_ text: String, in place: ScenePlace = .first, _ http: HTTPDriver) async throws -> [Int] {
        var statuses: [Int] = []
        for request in requests(saying: text, in: place) { statuses.append(try await http.post(request).status) }
        return statuses
    }

    /// Brings a request to the engine as often as its vendor would.
    /// - Returns: how often that was; nil when it was given up.
    func tell(_ request: SceneRequest, by courier: StandInCourier, _ http: HTTPDriver) async throws -> Int? {
        try await courier.carry { marks in
            var request = request
            for mark in marks { request.headers[mark.name] = mark.value }
            return try await http.post(request).status
        }
    }

    /// Waits for the engine's messages.
    /// - Throws: ``NeverHappened``.
    @discardableResult
    func answers(
        in place: ScenePlace = .first, _ what: String, within limit: Duration = .seconds(60),
        until condition: ([SceneAnswer]) -> Bool
    ) async throws -> [SceneAnswer] {
        try await eventually("\(what) at \(Self.name): \(answers(in: place).suffix(3))", within: limit) {
            let answers = answers(in: place)
            return condition(answers) ? answers : nil
        }
    }
}

extension HTTPDriver {
    func post(_ request: SceneRequest) async throws -> Answer {
        if let bring = request.bring {
            try await bring()
            return Answer(status: 200, body: "")
        }
        let answer = try await post(request.path, bytes: request.body, headers: request.headers)
        if answer.status == 200 { request.hear?(answer.body) }
        return answer
    }
}
