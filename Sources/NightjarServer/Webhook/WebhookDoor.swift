import HTTPTypes
import NightjarEngine
import NightjarPlatforms

/// Who may send to the generic webhook and to the paths of `on_webhook`; it tells the operator of those who may not.
struct WebhookDoor: Sendable {
    let refusals: RefusalLog
    let clock: EngineClock

    /// What asks for no proof is for this machine alone. That is known before the body is read.
    /// - Parameter what: names the endpoint in the error.
    func checkMayBeOpen(
        _ request: IncomingRequest, at entrance: Entrance, _ options: WebhookOptions, endpoint: RefusalLog.Endpoint, what: String
    ) throws(Problem) {
        guard options.isOpen else { return }
        do throws(Problem) {
            try APIAccess.checkMayBeOpen(request, at: entrance, what: what)
        } catch {
            refusals.note(endpoint, status: error.status.code, code: error.code, reason: error.detail)
            throw error
        }
    }

    /// - Returns: the sender's name for the delivery.
    func verify(
        _ request: IncomingRequest, body: [UInt8], _ options: WebhookOptions, endpoint: RefusalLog.Endpoint
    ) throws(Problem) -> String? {
        switch WebhookVerifier(options).verify(request.headers, body: body, now: clock.now) {
        case .accepted(let deliveryID): return deliveryID
        case .refused(let reason):
            let problem = Problem(.unauthorized, "not_genuine", "The request is refused: \(reason).")
            refusals.note(endpoint, status: problem.status.code, code: problem.code, reason: reason)
            throw problem
        }
    }
}
