import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1

/// An error as a client is told it: problem details (RFC 9457), with a stable `code` for programs.
struct Problem: Error, Equatable {
    var status: HTTPResponse.Status
    /// A stable word: `unknown_path`, `bad_json`, `not_authorized`, …
    var code: String
    /// What happened and what to do next, in a sentence.
    var detail: String
    /// All faults, when there are several.
    var errors: [String] = []
    var headers = HTTPFields()

    init(_ status: HTTPResponse.Status, _ code: String, _ detail: String, errors: [String] = []) {
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors
    }

    func with(_ name: HTTPField.Name, _ value: String) -> Problem {
        var problem = self
        problem.headers[name] = value
        return problem
    }

    static let contentType = "application/problem+json"

    var response: Response {
        var headers = headers
        headers[.contentType] = Self.contentType
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// Platforms give their statuses as numbers alone.
    private var title: String {
        status.reasonPhrase.isEmpty ? HTTPResponseStatus(statusCode: status.code).reasonPhrase : status.reasonPhrase
    }

    var body: ByteBuffer {
        JSONWriter.object { json in
            json.member("type", "about:blank")
            json.member("title", title)
            json.member("status", status.code)
            json.member("detail", detail)
            json.member("code", code)
            if !errors.isEmpty {
                json.key("errors")
                json.array(errors) { $0.string($1) }
            }
        }
    }
}
