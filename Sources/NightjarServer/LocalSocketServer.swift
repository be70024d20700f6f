import Foundation
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import NightjarEngine
import ServiceLifecycle

/// Serves the API on a Unix domain socket, to whoever the file's permissions let in: its owner.
struct LocalSocketServer {
    let path: String
    let handler: RequestHandler
    let bodyTimeout: Duration
    let logger: Logger

    /// Serves until the task is cancelled or the process shuts down gracefully, and removes the socket then. A socket that is
    /// left over from a process that was killed is replaced.
    ///
    /// Where there can be no socket, in a folder that is read-only or very deep, say, it warns and serves nothing: what goes over the
    /// port does not depend on it.
    func run() async throws {
        do {
            try await serve()
        } catch let error as NightjarServerError {
            logger.warning(
                "nightjar reload cannot reach this engine; SIGHUP and POST /api/v1/reload can", metadata: ["error": "\(error)"])
            try await gracefulShutdown()
        }
    }

    private func serve() async throws {
        guard path.utf8.count <= ServerLimits.socketPathBytesMax else { throw NightjarServerError.socketPathTooLong(path) }
        defer { unlink(path) }
        do {
            try FileManager.default.createDirectory(
                at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            let server = try HTTPServerBuilder.nightjar(bodyTimeout: bodyTimeout).buildServer(
                configuration: ServerConfiguration(address: .unixDomainSocket(path: path)),
                eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: .quiet, responder: handler.handle
            ) { [path] _ in
                chmod(path, S_IRUSR | S_IWUSR)
            }
            try await server.run()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw NightjarServerError.cannotOpenSocket(path: path, reason: NightjarServerError.reason(error))
        }
    }
}
