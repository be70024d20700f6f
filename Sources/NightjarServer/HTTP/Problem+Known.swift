import HTTPTypes
import NIOHTTP1
import NightjarEngine
import NightjarPlatforms

extension Problem {
    static func unknownPath(_ path: String) -> Problem {
        Problem(.notFound, "unknown_path", "There is nothing at \(path.prefix(200)).")
    }

    static func methodNotAllowed(_ method: HTTPRequest.Method, allowed: [HTTPRequest.Method]) -> Problem {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        return Problem(.methodNotAllowed, "wrong_method", "\(method.rawValue) does not work here; use \(names).").with(.allow, names)
    }

    static let bodyTooLarge = Problem(
        .contentTooLarge, "body_too_large", "The body is larger than \(ServerLimits.bodyBytesMax) bytes, which is the most that is taken.")

    static let bodyTooSlow = Problem(
        .requestTimeout, "body_too_slow", "The body did not come to its end in time, so nothing was taken: send the request again.")

    static let tooManyBodies = busy(
        "too_many_bodies", "The engine is receiving as many bodies as it has room for, so this one was not taken: send it again.")

    static let malformedRequest = Problem(
        .badRequest, "bad_http", "That is no HTTP/1.1 request: its first line, a header or the framing of its body is malformed.")

    static func badBody(_ error: JSONFieldsError) -> Problem {
        error.position == nil
            ? Problem(.badRequest, "bad_field", "The body does not fit: \(error).")
            : Problem(.badRequest, "bad_json", "The body is not the JSON that is expected: \(error).")
    }

    static func unknownField(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.question(NearestNames.find(name, in: known)).map { " (\($0))" } ?? ""
        return Problem(
            .badRequest, "unknown_field", "There is no field '\(name.prefix(64))'\(near); those taken here: \(known.joined(separator: ", ")).")
    }

    static func notAuthorized(_ detail: String) -> Problem {
        Problem(.unauthorized, "not_authorized", detail).with(.wwwAuthenticate, "Bearer")
    }

    /// What an error of the engine or its store means for a client. Anything unforeseen is told as little about as possible.
    init(_ error: any Error) {
        switch error {
        case let error as Problem:
            self = error
        case let error as EngineError:
            switch error.code {
            case .unavailable: self = .busy("unavailable", error.message)
            case .overloaded: self = .busy("overloaded", error.message)
            case .refused: self = Problem(.tooManyRequests, "refused", error.message)
            case .notFound: self = Problem(.notFound, "not_found", error.message)
            }
        case is BodyDeadline.Expired:
            self = Problem.bodyTooSlow.with(.connection, "close")
        case is HTTPParserError:
            self = Problem.malformedRequest.with(.connection, "close")
        case let error as StoreError where error.code == .badCursor:
            self = Problem(.badRequest, "bad_cursor", error.message)
        case let error as StoreError:
            self = Problem(
                .serviceUnavailable, error.code.description, "The store does not work now, so nothing was taken: \(error.message)"
            ).with(.retryAfter, "\(ServerLimits.retryAfterStoreSeconds)")
        default:
            self = Problem(.internalServerError, "internal", "Something went wrong here; the log of the engine says what.")
        }
    }

    private static func busy(_ code: String, _ detail: String) -> Problem {
        Problem(.serviceUnavailable, code, detail).with(.retryAfter, "\(ServerLimits.retryAfterBusySeconds)")
    }
}
