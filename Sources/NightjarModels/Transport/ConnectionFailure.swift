import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Why there is no connection, in the words of people instead of the network library's. Pure.
enum ConnectionFailure: Equatable {
    case refused
    case unknownName(String)
    case unreachable
    /// With what the TLS library says of it.
    case untrusted(String)
    /// Something there answers, but not in TLS.
    case noTLS
    /// It was there and broke, or nobody here knows the error.
    case other(String)

    init(_ error: any Error) {
        switch error {
        case let error as NIOConnectionError:
            // A name may stand for several addresses; what the last of them said is as good as any.
            self = error.connectionErrors.last.map { Self($0.error) } ?? .unknownName(error.host)
        case let error as SocketAddressError.UnknownHost:
            self = .unknownName(error.host)
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            self = .refused
        case let error as IOError where [EHOSTUNREACH, ENETUNREACH, ENETDOWN].contains(error.errnoCode):
            self = .unreachable
        case let error as IOError:
            self = .other(String(cString: strerror(error.errnoCode)))
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            let description = "\(error)"
            self = description.contains("WRONG_VERSION_NUMBER") ? .noTLS : .untrusted(Self.words(description))
        default:
            self = .other("\(error)")
        }
    }

    /// BoringSSL's own words for the cause, such as `CERTIFICATE_VERIFY_FAILED`, out of all the places it went through.
    private static func words(_ description: String) -> String {
        let code = description.matches(of: /[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+/).last.map { String($0.output) }
        return code.map { $0.lowercased().replacing("_", with: " ") } ?? description
    }

    var reason: String {
        switch self {
        case .refused: "nothing listens there (connection refused)"
        case .unknownName(let host): "the name \(host) is not known (DNS)"
        case .unreachable: "there is no way to it from this machine (network unreachable)"
        case .untrusted(let why): "no trusted encryption with it (TLS: \(why))"
        case .noTLS: "it does not speak TLS; is it an http:// address?"
        case .other(let description): description
        }
    }
}
