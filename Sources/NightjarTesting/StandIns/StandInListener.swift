import NIOCore
import NIOPosix
import Synchronization

/// Listens on this machine and serves each connection in a task of its own.
///
/// The task begins where the connection is prepared, on its event loop. A server channel that is iterated over would drop the connections
/// that wait to be served when the iteration is cancelled, and an asynchronous channel that nobody runs ends the process.
final class StandInListener: Sendable {
    private struct Connections {
        var hasEnded = false
        var count = 0
        var tasks: [Int: Task<Void, Never>] = [:]
    }

    private let connections = Mutex(Connections())

    /// Listens for as long as `body` runs, which is told the port. Connections that are open then are cancelled and waited for.
    ///
    /// - Parameters:
    ///   - port: 0 picks a free one.
    ///   - prepare: called with each connection before anything is read, on its event loop.
    ///   - serve: what a connection does; cancelled when `body` has ended.
    static func withListener<Connection: Sendable, Result: Sendable>(
        port: Int = 0, prepare: @escaping @Sendable (any Channel) throws -> Connection,
        serve: @escaping @Sendable (Connection) async -> Void, _ body: (Int) async throws -> Result
    ) async throws -> Result {
        let listener = StandInListener()
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let connection = try prepare(channel)
                    listener.begin { await serve(connection) }
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        do {
            let result = try await body(server.localAddress?.port ?? port)
            await listener.end(server)
            return result
        } catch {
            await listener.end(server)
            throw error
        }
    }

    private func begin(_ serve: @escaping @Sendable () async -> Void) {
        connections.withLock { connections in
            let number = connections.count
            connections.count += 1
            // It cannot end before it is noted: that takes the lock, too.
            let task = Task {
                await serve()
                self.connections.withLock { _ = $0.tasks.removeValue(forKey: number) }
            }
            connections.tasks[number] = task
            // Accepted while the listener was closed: served, since it must be, but with nothing to do.
            if connections.hasEnded { task.cancel() }
        }
    }

    private func end(_ server: any Channel) async {
        try? await server.close()
        let open = connections.withLock { connections in
            connections.hasEnded = true
            return Array(connections.tasks.values)
        }
        for task in open { task.cancel() }
        for task in open { await task.value }
    }
}
