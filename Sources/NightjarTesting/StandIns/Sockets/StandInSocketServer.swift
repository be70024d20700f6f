public import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket

/// A WebSocket server on this machine, for tests: each connection is served as its owner says.
public struct StandInSocketServer: Sendable {
    /// Without the scheme: `127.0.0.1:PORT`.
    public let authority: String
    /// The connections that were opened, in order.
    public let sockets: Recorder<StandInSocket>

    /// `ws://127.0.0.1:PORT`.
    public var url: String { "ws://\(authority)" }

    /// Runs a server for as long as `body` runs.
    ///
    /// - Parameters:
    ///   - prepare: called with each connection before anything is read; for TLS. On its event loop.
    ///   - answer: whether there is a WebSocket at this target (path and query).
    ///   - serve: what a connection does; it is closed when this returns.
    public static func withServer<Result: Sendable>(
        prepare: @escaping @Sendable (any Channel) throws -> Void = { _ in },
        answer: @escaping @Sendable (_ target: String) -> StandInSocketAnswer = { _ in .agree() },
        serve: @escaping @Sendable (StandInSocket) async throws -> Void,
        _ body: (StandInSocketServer) async throws -> Result
    ) async throws -> Result {
        let sockets = Recorder<StandInSocket>()
        return try await StandInListener.withListener { channel in
            try prepare(channel)
            return (channel, try StandInSocketUpgrade(answer: answer).install(in: channel))
        } serve: { channel, upgrade in
            await Self.serve(channel, upgrade, serve, sockets)
        } _: {
            try await body(StandInSocketServer(authority: "127.0.0.1:\($0)", sockets: sockets))
        }
    }

    private static func serve(
        _ accepted: any Channel, _ upgrade: EventLoopFuture<StandInSocketUpgrade.Outcome>,
        _ serve: @escaping @Sendable (StandInSocket) async throws -> Void, _ sockets: Recorder<StandInSocket>
    ) async {
        // A connection that breaks is what the server is here to witness, not an error.
        let upgraded = try? await withTaskCancellationHandler {
            try await upgrade.get()
        } onCancel: {
            accepted.close(promise: nil)
        }
        guard let (channel, target) = upgraded else { return }
        try? await channel.executeThenClose { inbound, outbound in
            let socket = StandInSocket(target: target, outbound: outbound, channel: channel.channel)
            sockets.add(socket)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await socket.read(inbound) }
                group.addTask { try await serve(socket) }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
    }
}
