import HTTPTypes
import HummingbirdCore
import NightjarEngine
import NightjarPlatforms

/// The paths of `on_webhook`: a request is verified, stored, acknowledged with 202, and then its handler runs.
struct RequestTriggerEndpoint: Sendable {
    let engine: Engine
    let door: WebhookDoor

    func receive(
        _ request: inout IncomingRequest, for trigger: RequestTriggerDefinition, at entrance: Entrance
    ) async throws -> Response {
        guard let options = try? WebhookOptions(trigger) else { throw Problem.unknownPath(request.path) }
        let name = trigger.source.name
        try door.checkMayBeOpen(request, at: entrance, options, endpoint: .trigger(name), what: "on_webhook \"\(name)\"")
        let bytes = try await request.body()
        let deliveryID = try door.verify(request, body: bytes, options, endpoint: .trigger(name))
        let received = TriggerRequest(
            method: request.method.rawValue, path: request.path,
            query: Dictionary(request.query.decoded.map { ($0.name, $0.value) }) { first, _ in first },
            headers: Dictionary(request.headers.map { ($0.name.canonicalName, $0.value) }) { "\($0), \($1)" }, body: bytes)
        let id = try await engine.accept(received, for: trigger, externalID: deliveryID)
        return .json(JSONWriter.object { $0.member("id", id.rawValue) }, status: .accepted)
    }
}
