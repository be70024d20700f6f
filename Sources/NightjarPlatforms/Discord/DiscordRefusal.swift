import NightjarEngine

/// Why a request is not taken.
struct DiscordRefusal: Error, Equatable {
    var status: Int
    /// A stable word for programs.
    var code: String
    /// For the operator of this engine.
    var reason: String

    /// Discord sends badly signed requests on purpose, and wants this status for them.
    static func notGenuine(_ reason: String) -> DiscordRefusal {
        DiscordRefusal(status: 401, code: "not_genuine", reason: reason)
    }
    static func unreadable(_ reason: String) -> DiscordRefusal {
        DiscordRefusal(status: 400, code: "bad_request", reason: reason)
    }

    var reception: PlatformReception { .refused(status: status, code: code, reason: reason) }
}
