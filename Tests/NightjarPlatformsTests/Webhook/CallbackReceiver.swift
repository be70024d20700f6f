import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// A local server that takes callbacks and always answers the same.
final class CallbackReceiver: Sendable {
    struct Received: Sendable {
        var body: String
        var idempotencyKey: String?
    }

    let url: String
    private let received: Received.Log

    init(port: Int, received: Received.Log) {
        url = "http://127.0.0.1:\(port)/callback"
        self.received = received
    }

    var requests: [Received] { received.all }
}

extension CallbackReceiver.Received {
    final class Log: Sendable {
        private let requests = Mutex<[CallbackReceiver.Received]>([])
        var all: [CallbackReceiver.Received] { requests.withLock { $0 } }
        func add(_ request: CallbackReceiver.Received) { requests.withLock { $0.append(request) } }
    }
}

/// Runs a receiver while `body` runs.
func withReceiver(
    status: HTTPResponse.Status, headers: HTTPFields = [:], _ body: (CallbackReceiver) async throws -> Void
) async throws {
    let log = CallbackReceiver.Received.Log()
    let (ports, port) = AsyncStream<Int>.makeStream()
    let server = try HTTPServerBuilder.http1().buildServer(
        configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
        eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
        responder: { request, writer, _ in
            let key = request.headers[.named("idempotency-key")]
            let bytes = try await request.body.collect(upTo: 1 << 20)
            log.add(CallbackReceiver.Received(body: String(buffer: bytes), idempotencyKey: key))
            let response = Response(status: status, headers: headers)
            try await writer.writeResponse(response.head)
        },
        onServerRunning: { port.yield($0.localAddress?.port ?? 0) })
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        for await number in ports {
            try await body(CallbackReceiver(port: number, received: log))
            break
        }
        group.cancelAll()
    }
}
