import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NightjarEngine

/// Sends requests to a platform's API and tells what can be tried again. What an answer means beyond its status is for the platform.
struct VendorClient: Sendable {
    /// The largest answer that is read; none of the platforms comes near.
    static let bodyBytesMax = 4 << 20

    let http: HTTPClient
    /// For the messages of errors: `Slack`.
    let vendor: String

    /// - Returns: the answer, if its status is 2xx or one that the platform explains in the body (4xx but 408, 425 and 429).
    /// - Throws: ``DeliveryError`` when it cannot be reached, is too slow, is out of order or wants to be left in peace for a while.
    ///   It never contains the address, which may contain a token. `CancellationError`.
    func send(_ request: VendorRequest) async throws -> VendorResponse {
        let response = try await execute(request)
        switch response.status {
        case 200..<300, 400...407, 409...424, 426...428, 430..<500:
            return response
        case 429:
            throw DeliveryError(
                "\(vendor) answered \(request.label) with 429: too many requests", isRetryable: true, retryAfter: response.retryAfter)
        case 300..<400:
            throw DeliveryError("\(vendor) answered \(request.label) with a redirect, which is not followed", isRetryable: false)
        default:
            throw DeliveryError(
                "\(vendor) answered \(request.label) with \(response.status)", isRetryable: true, retryAfter: response.retryAfter)
        }
    }

    /// As ``send(_:)``, whatever the status is.
    func execute(_ request: VendorRequest) async throws -> VendorResponse {
        var message = HTTPClientRequest(url: request.url)
        message.method = request.method
        message.headers = request.headers
        message.headers.replaceOrAdd(name: "user-agent", value: "nightjar")
        switch request.body {
        case .json(let value):
            message.headers.replaceOrAdd(name: "content-type", value: "application/json; charset=utf-8")
            message.body = .bytes(ByteBuffer(string: value.text))
        case .bytes(let bytes, let contentType):
            message.headers.replaceOrAdd(name: "content-type", value: contentType)
            message.body = .bytes(ByteBuffer(bytes: bytes))
        case .none:
            break
        }
        do {
            return try await perform(message, request)
        } catch let error as CancellationError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw DeliveryError(
                "\(vendor) did not answer \(request.label): \(Self.reason(error))", isRetryable: true)
        }
    }

    /// The client's own time limit ends with the answer's head, and a body that stops half-way would be waited for without end.
    private func perform(_ message: HTTPClientRequest, _ request: VendorRequest) async throws -> VendorResponse {
        try await withThrowingTaskGroup(of: VendorResponse?.self) { group in
            group.addTask {
                let answer = try await http.execute(message, timeout: TimeAmount(request.timeout))
                let body = try await answer.body.collect(upTo: request.answerBytesMax)
                // A cancelled body ends as if it were complete.
                try Task.checkCancellation()
                return VendorResponse(status: Int(answer.status.code), headers: answer.headers, body: Array(body.readableBytesView))
            }
            group.addTask {
                try await Task.sleep(for: request.timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let response = try await group.next() ?? nil else { throw HTTPClientError.deadlineExceeded }
            return response
        }
    }

    /// Without what the error says of the address.
    /// Why a request got no answer, in words.
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout: "it took too long"
        case let error as HTTPClientError where error == .connectTimeout: "no connection within the time limit"
        case let error as HTTPClientError: error.shortDescription
        case is NIOConnectionError: "the connection was refused"
        case let error as IOError where error.errnoCode == ECONNREFUSED: "the connection was refused"
        default: "the connection broke (\(type(of: error)))"
        }
    }
}
