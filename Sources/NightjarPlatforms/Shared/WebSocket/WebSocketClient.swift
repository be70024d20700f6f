import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import NightjarEngine

/// Opens WebSocket connections (RFC 6455, version 13, no extensions).
struct WebSocketClient: Sendable {
    let clock: EngineClock
    var limits = WebSocketLimits()
    /// For `wss`; by default the system's certificates are trusted.
    var tls = TLSConfiguration.makeClientConfiguration()

    /// Opens a connection for as long as `body` runs. It is closed in good order when `body` returns, and at once when it throws.
    ///
    /// - Parameters:
    ///   - url: `ws://…` or `wss://…`; may hold a ticket, and is in no error.
    ///   - headers: sent with the request, beside WebSocket's own.
    /// - Throws: ``WebSocketError`` when there is no connection; `CancellationError`; what `body` throws.
    func withConnection<Result: Sendable>(
        to url: String, headers: HTTPHeaders = [:], _ body: @Sendable (WebSocketConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await open(try WebSocketAddress(url), headers)
        return try await channel.executeThenClose { inbound, outbound in
            let connection = WebSocketConnection(inbound, outbound, channel.channel)
            return try await withThrowingTaskGroup(of: Void.self) { group in
                if let period = limits.pingPeriod {
                    group.addTask { await connection.keepAlive(every: period, clock: clock) }
                }
                defer { group.cancelAll() }
                do {
                    let result = try await body(connection)
                    await connection.finish(within: limits.closeTimeout, clock: clock)
                    return result
                } catch {
                    connection.close(code: WebSocketClosure.goingAway)
                    throw error
                }
            }
        }
    }

    private func open(_ address: WebSocketAddress, _ headers: HTTPHeaders) async throws -> WebSocketUpgrade.Channel {
        let security = try address.isSecure ? NIOSSLContext(configuration: tls) : nil
        let upgrade = WebSocketUpgrade(address: address, headers: headers, limits: limits)
        let (channel, outcome) = try await connect(to: address) { channel in
            if let security {
                // Certificates are asked for by name, and numbers are no names.
                let name = Self.isNumeric(address.host) ? nil : address.host
                try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: security, serverHostname: name))
            }
            return (channel, try upgrade.install(in: channel))
        }
        do {
            return try await inTime(channel) {
                switch try await outcome.get() {
                case .open(let connection):
                    return connection
                case .refused(let answer):
                    let status = try await answer?.get()
                    throw WebSocketError(
                        .refused(status: status), "\(address.host) answered \(status.map(String.init) ?? "something else") in place of a WebSocket")
                }
            }
        } catch {
            channel.close(promise: nil)
            throw try failure(error, of: address)
        }
    }

    private func connect<Output: Sendable>(
        to address: WebSocketAddress, _ prepare: @escaping @Sendable (any Channel) throws -> Output
    ) async throws -> Output {
        do {
            return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(TimeAmount(limits.handshakeTimeout))
                .connect(host: address.host, port: address.port) { channel in
                    channel.eventLoop.makeCompletedFuture { try prepare(channel) }
                }
        } catch {
            throw try failure(error, of: address)
        }
    }

    /// Waits for the server's consent. The connection is closed, which ends the waiting, when that takes too long or the task is cancelled.
    private func inTime<Output: Sendable>(_ channel: any Channel, _ wait: @Sendable () async throws -> Output) async throws -> Output {
        let deadline = clock.uptime + limits.handshakeTimeout
        return try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [clock] in
                    try await clock.sleep(untilUptime: deadline)
                    channel.close(promise: nil)
                }
                defer { group.cancelAll() }
                do {
                    return try await wait()
                } catch  where clock.uptime >= deadline {
                    throw WebSocketError(.timedOut, "the server did not agree to a WebSocket in time")
                }
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// An error from before the connection was open, as callers see it.
    private func failure(_ error: any Error, of address: WebSocketAddress) throws -> WebSocketError {
        try Task.checkCancellation()
        return switch error {
        case let error as WebSocketError: error
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            WebSocketError(.unreachable, "there is no secure connection to \(address.host): \(error)")
        case ChannelError.connectTimeout: WebSocketError(.timedOut, "\(address.host) did not answer in time")
        default: WebSocketError(.unreachable, "\(address.host) cannot be reached (\(type(of: error)))")
        }
    }

    private static func isNumeric(_ host: String) -> Bool { (try? SocketAddress(ipAddress: host, port: 0)) != nil }
}
