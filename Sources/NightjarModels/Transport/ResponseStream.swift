import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NightjarEngine

/// The body of one answer, read chunk by chunk under the eyes of the watchdog.
struct ResponseStream {
    let response: HTTPClientResponse
    let watchdog: StreamWatchdog
    let exchange: ModelExchange

    private var explainer: FailureExplainer { exchange.endpoint.explainer }

    /// Reads a body that explains a status other than 200.
    func refusal() async throws -> ModelError {
        let body = try await text(startingWith: ByteBuffer(), from: response.body.makeAsyncIterator())
        return explainer.refusal(
            status: Int(response.status.code), headers: response.headers, body: body, now: exchange.transport.clock.now)
    }

    /// Reads an event stream to its end and hands its text on.
    func read(
        _ decoder: some StreamDecoder, onText: @Sendable (String) async throws -> Void
    ) async throws -> ModelResponse {
        var decoder = decoder
        var parser = ServerSentEventParser()
        var iterator = response.body.makeAsyncIterator()
        var bytes = 0
        var hasEvents = false
        while !decoder.isComplete, let chunk = try await nextChunk(&iterator) {
            if bytes == 0, isDocument(chunk) {
                throw unstreamed(try await text(startingWith: chunk, from: iterator))
            }
            bytes += chunk.readableBytes
            guard bytes <= ModelLimits.answerBytesMax else {
                throw explainer.explain(.malformed("it is longer than \(ModelLimits.answerBytesMax >> 20) MiB"))
            }
            for event in try events(&parser, chunk) where !decoder.isComplete {
                hasEvents = true
                if let text = try explained({ () throws(StreamFailure) in try decoder.decode(event) }), !text.isEmpty {
                    try await onText(text)
                }
            }
            watchdog.expectChunk()
        }
        guard hasEvents || isEventStream else {
            throw explainer.explain(.malformed("it is no event stream; check base_url"))
        }
        return try explained { () throws(StreamFailure) in try decoder.response() }
    }

    private var isEventStream: Bool {
        response.headers.first(name: "content-type")?.lowercased().hasPrefix("text/event-stream") == true
    }

    private func nextChunk(_ iterator: inout HTTPClientResponse.Body.AsyncIterator) async throws -> ByteBuffer? {
        let chunk = try await exchange.connected { try await iterator.next() }
        watchdog.pause()
        // A cancelled body ends as if it were complete.
        try Task.checkCancellation()
        return chunk
    }

    private func events(_ parser: inout ServerSentEventParser, _ chunk: ByteBuffer) throws -> [ServerSentEvent] {
        do {
            return try chunk.withUnsafeReadableBytes { try parser.consume($0) }
        } catch let error as ServerSentEventParser.EventTooLarge {
            throw explainer.explain(.malformed("one event is longer than \(error.limit >> 20) MiB"))
        }
    }

    private func explained<Value>(_ step: () throws(StreamFailure) -> Value) throws -> Value {
        do {
            return try step()
        } catch {
            throw explainer.explain(error)
        }
    }

    /// Some servers answer with status 200 and a JSON document: an error, or a whole answer because they cannot stream. No
    /// line of an event stream begins with a brace.
    private func isDocument(_ chunk: ByteBuffer) -> Bool {
        let first = chunk.readableBytesView.first { !" \t\r\n".utf8.contains($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    private func unstreamed(_ body: String) -> ModelError {
        guard let failure = (try? JSONValue(parsing: body)).flatMap(ProviderFailure.init) else {
            return explainer.explain(.malformed("a JSON document came instead of an event stream: \(body)"))
        }
        return explainer.explain(.provider(failure))
    }

    /// The rest of a short body; what is beyond the limit is left unread.
    private func text(
        startingWith first: ByteBuffer, from iterator: consuming HTTPClientResponse.Body.AsyncIterator
    ) async throws -> String {
        var collected = first
        var iterator = iterator
        while collected.readableBytes < ModelLimits.errorBodyBytesMax, let chunk = try await nextChunk(&iterator) {
            collected.writeImmutableBuffer(chunk)
            watchdog.expectChunk()
        }
        return String(decoding: collected.readableBytesView.prefix(ModelLimits.errorBodyBytesMax), as: UTF8.self)
    }
}
