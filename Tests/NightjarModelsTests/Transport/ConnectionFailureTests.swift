import Foundation
import NIOCore
import NIOSSL
import NightjarEngine
import Testing

@testable import NightjarModels

struct ConnectionFailureTests {
    @Test(arguments: [
        (ECONNREFUSED, ConnectionFailure.refused), (EHOSTUNREACH, .unreachable), (ENETUNREACH, .unreachable),
        (ECONNRESET, .other(String(cString: strerror(ECONNRESET)))),
    ])
    func systemErrors(code: CInt, failure: ConnectionFailure) {
        #expect(ConnectionFailure(IOError(errnoCode: code, reason: "connect")) == failure)
    }

    @Test func certificates() {
        #expect(ConnectionFailure(NIOSSLError.unableToValidateCertificate).reason.hasPrefix("no trusted encryption with it (TLS: "))
    }

    @Test func whatNobodyKnowsIsSaidAsItIs() {
        struct Odd: Error, CustomStringConvertible { var description: String { "odd" } }
        #expect(ConnectionFailure(Odd()) == .other("odd"))
    }
}
