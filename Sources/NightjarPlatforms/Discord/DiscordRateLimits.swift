import NIOHTTP1
import NightjarEngine
import Synchronization

/// Discord's rate limits (https://docs.discord.com/developers/topics/rate-limits): a number of requests in a second over all routes, a
/// bucket for each route and channel as the answers tell, and pauses where one said 429.
final class DiscordRateLimits: Sendable {
    private struct Bucket {
        var remaining = 1
        var resetsAt: Duration = .zero
    }

    private struct State {
        /// The bucket's name by route; a route without one is its own.
        var names: [String: String] = [:]
        var buckets: [String: Bucket] = [:]
        var pausedUntil: Duration = .zero
        /// When requests were refused, in the clock's uptime, oldest first.
        var refusals: [Duration] = []
    }

    private let clock: EngineClock
    private let window: SendWindow
    private let state = Mutex(State())

    init(clock: EngineClock) {
        self.clock = clock
        window = SendWindow(count: DiscordLimits.requestsPerSecond, per: .seconds(1), clock: clock)
    }

    /// Waits until a request of the route may be sent.
    /// - Parameters:
    ///   - route: the method and the path with its channel: what Discord counts by.
    ///   - isGlobal: interactions' tokens are not counted among the bot's own requests.
    ///   - longest: how long to wait at most.
    /// - Throws: `CancellationError`; ``DeliveryError`` when it would take longer than `longest`.
    func turn(for route: String, isGlobal: Bool, longest: Duration?) async throws {
        while true {
            let wait = take(route)
            if wait <= .zero { break }
            if let longest, wait > longest {
                throw DeliveryError("Discord takes no more here for now", isRetryable: true, retryAfter: wait)
            }
            try await clock.sleep(for: wait)
        }
        if isGlobal { try await window.turn() }
    }

    /// Takes one of the bucket's requests if there is one.
    /// - Returns: how long to wait before asking again; zero when it was taken.
    private func take(_ route: String) -> Duration {
        let now = clock.uptime
        return state.withLock { state in
            if state.pausedUntil > now { return state.pausedUntil - now }
            let name = state.names[route] ?? route
            guard var bucket = state.buckets[name], bucket.resetsAt > now else { return .zero }
            guard bucket.remaining > 0 else { return bucket.resetsAt - now }
            bucket.remaining -= 1
            state.buckets[name] = bucket
            return .zero
        }
    }

    /// Reads what an answer tells of its bucket.
    func note(_ headers: HTTPHeaders, of route: String) {
        guard let remaining = headers.first(name: "x-ratelimit-remaining").flatMap({ Int($0) }),
            let seconds = headers.first(name: "x-ratelimit-reset-after").flatMap({ Double($0) }), seconds >= 0, seconds.isFinite
        else { return }
        let resetsAt = clock.uptime + .seconds(min(seconds, VendorResponse.retryAfterSecondsMax))
        // The same limit of two channels has one name, and is counted apart.
        let name = headers.first(name: "x-ratelimit-bucket").map { "\($0) \(Self.place(route))" } ?? route
        state.withLock { state in
            forget(&state)
            state.names[route] = name
            // Answers may overtake each other: within one period the count only falls.
            if let known = state.buckets[name], known.resetsAt > clock.uptime, known.remaining < remaining,
                resetsAt - known.resetsAt < .milliseconds(500)
            {
                return
            }
            state.buckets[name] = Bucket(remaining: remaining, resetsAt: resetsAt)
        }
    }

    /// A 429: nothing more of the route, or nothing at all, before `pause` has passed.
    func pause(_ pause: Duration, of route: String, isGlobal: Bool) {
        let until = clock.uptime + pause
        state.withLock { state in
            if isGlobal { state.pausedUntil = max(state.pausedUntil, until) }
            state.buckets[state.names[route] ?? route] = Bucket(remaining: 0, resetsAt: until)
        }
    }

    /// A request was refused in a way that Discord counts against the address.
    /// - Returns: whether it was the last one for a while.
    func noteRefusal(ofToken: Bool) -> Bool {
        let now = clock.uptime
        return state.withLock { state in
            state.refusals.removeAll { $0 + DiscordLimits.refusalsPeriod <= now }
            state.refusals.append(now)
            if ofToken { state.pausedUntil = max(state.pausedUntil, now + DiscordLimits.refusedTokenPause) }
            guard state.refusals.count >= DiscordLimits.refusalsMax, let first = state.refusals.first else { return false }
            state.pausedUntil = max(state.pausedUntil, first + DiscordLimits.refusalsPeriod)
            return true
        }
    }

    private func forget(_ state: inout State) {
        guard state.names.count >= DiscordLimits.remembered else { return }
        let now = clock.uptime
        state.buckets = state.buckets.filter { $0.value.resetsAt > now }
        state.names = state.names.filter { state.buckets[$0.value] != nil }
    }

    /// The channel or webhook of a route.
    private static func place(_ route: String) -> Substring {
        let parts = route.split(separator: "/")
        return parts.count > 2 ? parts[2] : ""
    }
}
