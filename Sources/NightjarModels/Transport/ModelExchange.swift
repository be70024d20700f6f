import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import NightjarEngine

/// One request to a provider and its streamed answer.
///
/// The answer is read by one task while another watches the time; whichever ends first ends both. The next chunk is not asked
/// for before the text of the last was taken, so a slow reader slows the provider down.
struct ModelExchange: Sendable {
    private enum Ending: Sendable {
        case answered(ModelResponse)
        case tooSlow(StreamWatchdog.Wait)
    }

    let endpoint: ModelEndpoint
    let transport: ModelTransport

    /// - Throws: ``ModelError``; `CancellationError` when the calling task is cancelled; whatever `onText` throws.
    func run(
        body: JSONValue, decoder: some StreamDecoder, onText: @Sendable (String) async throws -> Void
    ) async throws -> ModelResponse {
        let started = transport.clock.uptime
        let watchdog = StreamWatchdog(clock: transport.clock, timeouts: endpoint.timeouts)
        // The group has ended both tasks before it returns, so the closure does not outlive this call.
        let ending = try await withoutActuallyEscaping(onText) { onText in
            try await withThrowingTaskGroup(of: Ending.self) { group in
                group.addTask {
                    .answered(try await answer(to: body, decoder: decoder, watchdog: watchdog, onText: onText))
                }
                group.addTask { .tooSlow(try await watchdog.run()) }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw CancellationError() }
                return first
            }
        }
        switch ending {
        case .answered(let response):
            log(response, duration: transport.clock.uptime - started)
            return response
        case .tooSlow(let wait):
            throw endpoint.explainer.timeout(wait, timeouts: endpoint.timeouts)
        }
    }

    private func answer(
        to body: JSONValue, decoder: some StreamDecoder, watchdog: StreamWatchdog,
        onText: @Sendable (String) async throws -> Void
    ) async throws -> ModelResponse {
        let request = request(body, watchdog: watchdog)
        let response = try await connected { try await transport.client.execute(request, deadline: .distantFuture) }
        let stream = ResponseStream(response: response, watchdog: watchdog, exchange: self)
        guard response.status == .ok else {
            throw try await stream.refusal()
        }
        return try await stream.read(decoder, onText: onText)
    }

    private func request(_ body: JSONValue, watchdog: StreamWatchdog) -> HTTPClientRequest {
        let bytes = ByteBuffer(string: body.text)
        var request = HTTPClientRequest(url: endpoint.address.url)
        request.method = .POST
        request.headers = endpoint.headers
        request.body = .stream(
            RequestBody(bytes: bytes) { watchdog.expectFirstByte() }, length: .known(Int64(bytes.readableBytes)))
        return request
    }

    /// Runs one step on the network and names what can go wrong there.
    func connected<Value>(_ step: () async throws -> Value) async throws -> Value {
        do {
            return try await step()
        } catch {
            // A cancelled request fails in several ways, depending on how far it had come.
            try Task.checkCancellation()
            switch error as? HTTPClientError {
            case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
                throw endpoint.explainer.timeout(.connect, timeouts: endpoint.timeouts)
            case let known?:
                throw endpoint.explainer.connectionFailure(known.shortDescription)
            case nil:
                throw endpoint.explainer.explain(ConnectionFailure(error))
            }
        }
    }

    private func log(_ response: ModelResponse, duration: Duration) {
        transport.logger.debug(
            "model answered",
            metadata: [
                "model.provider": "\(endpoint.provider)",
                "model.name": "\(endpoint.model)",
                "model.stop_reason": "\(response.stopReason)",
                "model.tokens.input": "\(response.usage.input)",
                "model.tokens.output": "\(response.usage.output)",
                "duration.ms": "\(duration.wholeMilliseconds)",
            ])
    }
}
