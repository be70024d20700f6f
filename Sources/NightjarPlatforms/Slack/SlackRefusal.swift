import NightjarEngine

/// Why a request is not taken.
struct SlackRefusal: Error, Equatable {
    var status: Int
    /// A stable word for programs.
    var code: String
    /// For the operator of this engine.
    var reason: String

    static func notGenuine(_ reason: String) -> SlackRefusal { SlackRefusal(status: 401, code: "not_genuine", reason: reason) }
    static func unreadable(_ reason: String) -> SlackRefusal { SlackRefusal(status: 400, code: "bad_request", reason: reason) }

    var reception: PlatformReception { .refused(status: status, code: code, reason: reason) }
}
