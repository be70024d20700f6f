import Foundation
import NIOCore
import NightjarEngine

/// Why the server cannot begin to serve.
public enum NightjarServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Somebody else listens there.
    case portInUse(host: String, port: Int)
    case cannotListen(host: String, port: Int, reason: String)
    /// The path of the local socket is longer than systems allow.
    case socketPathTooLong(String)
    case cannotOpenSocket(path: String, reason: String)

    public var description: String {
        switch self {
        case .portInUse(let host, let port):
            "port \(port) on \(host) is in use; stop the program that has it, or choose another with --listen HOST:PORT"
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host):\(port): \(reason); choose another address with --listen HOST:PORT"
        case .socketPathTooLong(let path):
            "the path of the local socket has more than \(ServerLimits.socketPathBytesMax) bytes, which systems do not take: \(path)"
        case .cannotOpenSocket(let path, let reason):
            "cannot open the local socket \(path): \(reason)"
        }
    }
}

extension NightjarServerError {
    /// What went wrong in the words of people instead of the network library's.
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as IOError where error.errnoCode == EADDRNOTAVAIL: "this machine does not have that address"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case let error as SocketAddressError.UnknownHost: "the name \(error.host) is not known"
        case is CocoaError: FileFailure.reason(error)
        default: "\(error)"
        }
    }
}
