import Foundation
import NIOCore
import Testing

@testable import NightjarServer

struct NightjarServerErrorTests {
    @Test(arguments: [(EADDRNOTAVAIL, "this machine does not have that address"), (EACCES, "Permission denied")])
    func reasonsAreWords(code: Int32, says: String) {
        let error = IOError(errnoCode: code, reason: "bind(descriptor:ptr:bytes:)")
        #expect(NightjarServerError.reason(error) == says)
        let told = NightjarServerError.cannotListen(host: "1.2.3.4", port: 8099, reason: NightjarServerError.reason(error))
        #expect("\(told)" == "cannot listen on 1.2.3.4:8099: \(says); choose another address with --listen HOST:PORT")
    }
}
