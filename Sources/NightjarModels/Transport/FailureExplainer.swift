import NIOHTTP1
import NightjarEngine

/// Turns what went wrong into a ``ModelError`` that a person can act on. Pure; no key survives it.
struct FailureExplainer: Sendable {
    let provider: String
    let origin: String
    /// As the script has it, without its query.
    let baseURL: String
    let model: String
    let hasKey: Bool
    let keyVariable: String?
    /// What to look at when the address is not reached: `base_url of model "x" (nightjar.lua:12)`.
    let addressAdvice: String
    let redactor: Redactor

    /// An answer with a status other than 200.
    func refusal(status: Int, headers: HTTPHeaders, body: String, now: Timestamp) -> ModelError {
        let failure = (try? JSONValue(parsing: body)).flatMap(ProviderFailure.init)
        let advice = RetryAdvice(status: status, headers: headers, now: now)
        return error(
            status: status, said: failure?.message ?? body, isRetryable: advice.isRetryable, retryAfter: advice.retryAfter)
    }

    func explain(_ failure: StreamFailure) -> ModelError {
        switch failure {
        case .provider(let failure):
            guard let status = failure.impliedStatus else {
                let said = redactor.redact(failure.message)
                return ModelError(.provider, "\(provider) reported an error in its answer: \(said)", isRetryable: true)
            }
            return error(
                status: status, said: failure.message, isRetryable: RetryAdvice.isRetryable(status: status), retryAfter: nil)
        case .malformed(let what):
            let message = "\(provider) sent an answer that cannot be read: \(redactor.redact(what))"
            return ModelError(.malformed, message, isRetryable: false)
        case .incomplete:
            return ModelError(.connection, "\(provider) closed the connection in the middle of its answer", isRetryable: true)
        }
    }

    func explain(_ failure: ConnectionFailure) -> ModelError {
        if case .other(let description) = failure { return connectionFailure(description) }
        let reason = redactor.redact(failure.reason)
        return ModelError(.connection, "cannot reach \(origin): \(reason); check \(addressAdvice)", isRetryable: true)
    }

    func connectionFailure(_ description: String) -> ModelError {
        ModelError(
            .connection, "the connection to \(provider) (\(origin)) failed: \(redactor.redact(description))", isRetryable: true)
    }

    func timeout(_ wait: StreamWatchdog.Wait, timeouts: ModelTimeouts) -> ModelError {
        let message =
            switch wait {
            case .connect:
                "\(provider) (\(origin)) could not be reached within \(DurationText.format(timeouts.connect)) (connect time-out)"
            case .firstByte:
                "\(provider) did not begin its answer within \(DurationText.format(timeouts.firstByte)) (first byte time-out)"
            case .betweenChunks:
                "\(provider) stopped in the middle of its answer: "
                    + "no data for \(DurationText.format(timeouts.betweenChunks)) (time-out between chunks)"
            case .whole:
                "\(provider) did not complete its answer within \(DurationText.format(timeouts.whole)) (time-out of the whole answer)"
            }
        return ModelError(.timeout, message, isRetryable: true)
    }

    private func error(status: Int, said: String, isRetryable: Bool, retryAfter: Duration?) -> ModelError {
        let kind: ModelError.Kind =
            switch status {
            case 429: .rateLimited
            case 500...: .provider
            default: .request
            }
        let said = redactor.redact(said)
        let message = "\(provider) \(verdict(status)) (\(status))" + (said.isEmpty ? "" : ": \(said)") + advice(status)
        return ModelError(kind, message, status: status, isRetryable: isRetryable, retryAfter: retryAfter)
    }

    private func verdict(_ status: Int) -> String {
        switch status {
        case 300..<400: "redirected the request"
        case 401 where hasKey: "refused the key"
        case 401: "asks for a key"
        case 402: "asks for payment"
        case 403: "does not permit the request"
        case 404: "does not know the model or the address"
        case 413: "found the request too large"
        case 429: "has had too many requests"
        case 529: "is overloaded"
        case 500...: "failed"
        default: "refused the request"
        }
    }

    private func advice(_ status: Int) -> String {
        switch status {
        case 300..<400: "; set base_url to the final address"
        case 401, 403: "; check the model's api_key" + (keyVariable.map { " (usually \($0))" } ?? "")
        case 404: "; check name = \"\(model)\" and base_url (\(redactor.redact(baseURL)))"
        default: ""
        }
    }
}
