import HTTPTypes
import HummingbirdCore
import NightjarEngine
import NightjarPlatforms

/// The generic webhook: verifies, takes the message, and answers as the sender wishes.
struct WebhookEndpoint: Sendable {
    private static let endpoint = RefusalLog.Endpoint.platform(WebhookPlatform.platformName)

    let engine: Engine
    let door: WebhookDoor
    let streams: EventStreams
    let waits: DeadlineTimer

    func receive(
        _ request: inout IncomingRequest, options: WebhookOptions, settings: EngineSettings, at entrance: Entrance
    ) async throws -> Response {
        try door.checkMayBeOpen(request, at: entrance, options, endpoint: Self.endpoint, what: "the webhook")
        let bytes = try await request.body()
        let message = try message(in: request, bytes, options, settings)
        switch try WebhookAnswerMode(request) {
        case .acknowledge: return try await acknowledge(message)
        case .wait(let duration): return try await wait(duration, for: message)
        case .stream: return try await stream(message, to: request)
        }
    }

    // MARK: The door

    private func message(
        in request: IncomingRequest, _ bytes: [UInt8], _ options: WebhookOptions, _ settings: EngineSettings
    ) throws(Problem) -> InboundMessage {
        let deliveryID = try door.verify(request, body: bytes, options, endpoint: Self.endpoint)
        do throws(JSONFieldsError) {
            let body = try WebhookBody(parsing: bytes)
            if let url = body.callbackURL, let refusal = CallbackHosts(settings.callbackHosts).refusal(of: url) {
                throw JSONFieldsError(refusal)
            }
            return InboundMessage(
                address: Address(
                    platform: WebhookPlatform.platformName, channel: body.channel, thread: body.thread, user: body.user),
                externalID: body.id ?? deliveryID, text: body.text, replyRoute: body.callbackURL, receivedAt: engine.clock.now)
        } catch {
            throw Problem.badBody(error)
        }
    }

    // MARK: Answers

    private func acknowledge(_ message: InboundMessage) async throws -> Response {
        switch try await engine.accept(message) {
        case .duplicate(let first):
            let isDone = !engine.isOpen(first.message.id)
            return .replies(try await engine.replies(to: first.message.id), to: first.message.id, isDone: isDone)
        case .conflict(let first): throw conflict(first)
        case .accepted, .slotTaken:
            return .json(JSONWriter.object { $0.member("id", message.id.rawValue) }, status: .accepted)
        }
    }

    private func wait(_ duration: Duration, for message: InboundMessage) async throws -> Response {
        let events = try await MessageEvents(taking: message, by: engine, conflict: conflict)
        var replies = events.earlier
        var isDone = events.watch == nil
        if let watch = events.watch {
            let deadline = waits.schedule(after: duration) { watch.stop() }
            defer { waits.cancel(deadline) }
            for await event in watch {
                // Nothing more comes before the sender has answered.
                if case .asked = event { break }
                if event == .end { isDone = true }
                guard case .reply(let reply) = event, !replies.contains(where: { $0.id == reply.id }) else { continue }
                replies.append(reply)
            }
        }
        return .replies(replies, to: events.id, isDone: isDone)
    }

    private func stream(_ message: InboundMessage, to request: IncomingRequest) async throws -> Response {
        let events = try await MessageEvents(taking: message, by: engine, conflict: conflict)
        return streams.response(to: request, watch: events.watch) { send in
            try await send(.ack(events.id))
            for reply in events.earlier { try await send(.message(reply)) }
            guard let watch = events.watch else { return try await send(.end(events.id)) }
            let known = Set(events.earlier.map(\.id))
            for await event in watch {
                if case .reply(let reply) = event, known.contains(reply.id) { continue }
                if let frame = EventFrame(event, of: events.id) { try await send(frame) }
            }
        }
    }

    private func conflict(_ first: MessageRecord) -> Problem {
        Problem(
            .conflict, "id_conflict",
            "The id \"\(first.message.externalID ?? "")\" came before with another text; send new messages under new ids.")
    }
}

extension Response {
    /// The replies to a message, in order.
    /// - Parameter isDone: nothing follows; otherwise the message's work goes on, and `GET /api/v1/messages/{id}` has the rest later.
    static func replies(_ replies: [OutboxEntry], to id: MessageID, isDone: Bool) -> Response {
        .json(
            JSONWriter.object { json in
                json.member("id", id.rawValue)
                json.member("done", isDone)
                json.key("replies")
                json.array(replies) { json, reply in json.object { $0.members(of: reply) } }
            })
    }
}
