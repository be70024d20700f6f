import NIOCore
import NIOHTTP1
import NightjarEngine

/// One connection to a stand-in provider, from accept to close.
struct StandInConnection: Sendable {
    typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>

    let channel: Channel
    let ledger: StandInLedger
    let fallback: @Sendable (StandInRequest) async -> StandInAnswer

    /// Answers requests until either side closes the connection.
    func serve() async {
        ledger.record {
            $0.acceptedConnections += 1
            $0.openConnections += 1
        }
        await withTaskGroup(of: Void.self) { group in
            // Ends what the other task waits for when the client goes away in the middle of a response.
            group.addTask { try? await channel.channel.closeFuture.get() }
            group.addTask {
                // A connection that breaks is what the stand-in is here to witness, not an error.
                try? await channel.executeThenClose { inbound, outbound in
                    try await answerAll(inbound, outbound)
                }
            }
            await group.next()
            group.cancelAll()
        }
        ledger.record { $0.openConnections -= 1 }
    }

    private func answerAll(
        _ inbound: NIOAsyncChannelInboundStream<HTTPServerRequestPart>,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>
    ) async throws {
        var request: StandInRequest?
        // Whole, since a character may be in two pieces.
        var body = ByteBuffer()
        for try await part in inbound {
            switch part {
            case .head(let head):
                let headers = head.headers.map { ($0.name.lowercased(), $0.value) }
                request = StandInRequest(
                    method: head.method.rawValue, path: head.uri, headers: Dictionary(headers) { "\($0), \($1)" }, body: "")
            case .body(let bytes):
                body.writeImmutableBuffer(bytes)
            case .end:
                guard var complete = request else { continue }
                complete.body = String(buffer: body)
                body.clear()
                ledger.record { $0.requests.append(complete) }
                let isComplete = try await noticingAbandonment { try await answer(complete, outbound) }
                guard isComplete else { return }
                ledger.record { $0.completedResponses += 1 }
            }
        }
    }

    /// - Returns: whether the response was written to its end.
    private func answer(
        _ request: StandInRequest, _ outbound: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>
    ) async throws -> Bool {
        let scripted = ledger.nextAnswer()
        let answer = if let scripted { scripted } else { await fallback(request) }
        // Whoever waits may wait for what the fallback remembers, and the answer may never end.
        ledger.record { _ in }
        var dialect = standInDialect(path: request.path)
        var hasHead = false
        for step in answer.steps {
            switch step {
            case .pause(let duration):
                try await Task.sleep(for: duration)
            case .stall:
                // Cancelled when the connection closes.
                while true { try await Task.sleep(for: .seconds(3600)) }
            case .drop:
                try await channel.channel.close()
                return false
            default:
                if !hasHead {
                    hasHead = true
                    try await outbound.write(.head(head(answer, dialect)))
                    if answer.isStream { try await write(dialect.opening(), outbound) }
                }
                for piece in dialect.render(step) { try await write(piece, outbound) }
            }
        }
        if !hasHead { try await outbound.write(.head(head(answer, dialect))) }
        try await outbound.write(.end(nil))
        return true
    }

    private func noticingAbandonment(_ step: () async throws -> Bool) async throws -> Bool {
        do {
            return try await step()
        } catch {
            ledger.record { $0.abandonedResponses += 1 }
            throw error
        }
    }

    private func write(
        _ text: String, _ outbound: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>
    ) async throws {
        guard !text.isEmpty else { return }
        try await outbound.write(.body(ByteBuffer(string: text)))
    }

    private func head(_ answer: StandInAnswer, _ dialect: any StandInDialect) -> HTTPResponseHead {
        var headers: HTTPHeaders = ["content-type": answer.isStream ? dialect.contentType : "application/json"]
        for (name, value) in answer.headers { headers.replaceOrAdd(name: name, value: value) }
        return HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
    }
}

extension StandInAnswer {
    /// Whether it begins as a stream does. An answer that is raw from its first byte is left as it is.
    fileprivate var isStream: Bool {
        guard status == 200 else { return false }
        return switch steps.first(where: { if case .pause = $0 { false } else { true } }) {
        case .refusal, .raw: false
        default: true
        }
    }
}
