import HTTPTypes
import HummingbirdCore
import NightjarEngine
import NightjarPlatforms

/// Who may use what needs no signature of its own: the API, and a webhook without a secret.
enum APIAccess {
    /// - Parameter token: `settings.api_token`.
    /// - Throws: ``Problem`` when the request may not pass.
    static func check(_ request: IncomingRequest, at entrance: Entrance, token: Secret?) throws(Problem) {
        if entrance == .localSocket { return }
        if let token, let authorization = request.headers[.authorization] {
            guard request.headers[values: .authorization].count == 1, BearerToken.matches(authorization, token) else {
                throw Problem.notAuthorized("The bearer token is not the right one.")
            }
            return
        }
        guard entrance == .loopback else {
            throw Problem.notAuthorized(
                token == nil
                    ? "This address is not loopback, so the API needs settings.api_token, and the scripts set none."
                    : "Send the token of settings.api_token as a bearer token.")
        }
        try checkIsLocal(request)
    }

    /// Who may send to what asks for no proof: this machine alone.
    /// - Parameter what: names it in the error.
    static func checkMayBeOpen(_ request: IncomingRequest, at entrance: Entrance, what: String) throws(Problem) {
        guard entrance != .network else {
            throw Problem(.forbidden, "webhook_open", "This address is not loopback, so \(what) needs a secret or a token, and it has none.")
        }
        try checkIsLocal(request)
    }

    /// Refuses requests that a page of another host sent through the browser of somebody at this machine.
    static func checkIsLocal(_ request: IncomingRequest) throws(Problem) {
        if let host = request.request.head.authority, !LoopbackNames.containsAuthority(host) {
            throw Problem(.forbidden, "foreign_host", "The Host header names another machine, and only this one may ask.")
        }
        for origin in request.headers[values: .origin] where !LoopbackNames.containsOrigin(origin) {
            throw Problem(.forbidden, "foreign_origin", "The Origin header names another site, and only this machine may ask.")
        }
    }
}
