import NIOCore
import NIOPosix
import NightjarTesting
import Testing

@Suite struct StandInListenerTests {
    /// Clients open connections that they may never use, also while the stand-in is on its way out.
    @Test func connectionsThatComeAtTheEndAreServed() async throws {
        for _ in 0..<50 {
            try await StandInProvider.withProvider { standIn in
                let port = try #require(Int(standIn.baseURL.split(separator: ":").last ?? ""))
                for _ in 0..<20 { connect(to: port) }
                try await standIn.wait { $0.acceptedConnections > 0 }
            }
        }
    }

    private func connect(to port: Int) {
        ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port)
            .whenSuccess { $0.close(promise: nil) }
    }
}
