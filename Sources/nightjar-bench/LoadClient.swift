import Foundation

/// Sends the same kind of request over some keep-alive connections as fast as the answers come: one thread, one `poll`, so that the
/// measured process has the rest of the machine.
struct LoadClient {
    struct Outcome {
        var requests = 0
        var failures = 0
        var seconds = 0.0
        /// In milliseconds.
        var latencies: [Double] = []

        var perSecond: Double { Double(requests) / seconds }
    }

    struct Refused: Error {}

    private struct Connection {
        var descriptor: Int32
        var received: [UInt8] = []
        var sent = ContinuousClock.now
    }

    let port: Int
    let connections: Int
    /// The whole request with its head, by number.
    let request: (Int) -> [UInt8]

    func run(seconds: Double) throws -> Outcome {
        var open = try (0..<connections).map { _ in Connection(descriptor: try connect()) }
        defer { for connection in open { close(connection.descriptor) } }
        var outcome = Outcome()
        var number = 0
        for index in open.indices { send(&open[index], &number) }
        let start = ContinuousClock.now
        while outcome.seconds < seconds {
            var polled = open.map { pollfd(descriptor: $0.descriptor) }
            poll(&polled, nfds_t(polled.count), 1000)
            for index in open.indices where polled[index].revents != 0 {
                try receive(&open[index], &outcome, &number)
            }
            outcome.seconds = start.duration(to: .now).inSeconds
        }
        return outcome
    }

    private func connect() throws -> Int32 {
        let descriptor = socket(AF_INET, streamType, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard result == 0 else { throw Refused() }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }

    private func send(_ connection: inout Connection, _ number: inout Int) {
        number += 1
        let bytes = request(number)
        connection.sent = .now
        _ = bytes.withUnsafeBytes { write(connection.descriptor, $0.baseAddress, $0.count) }
    }

    private func receive(_ connection: inout Connection, _ outcome: inout Outcome, _ number: inout Int) throws {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let count = read(connection.descriptor, &buffer, buffer.count)
        guard count > 0 else { throw Refused() }
        connection.received += buffer[..<count]
        guard let length = Self.answerLength(connection.received), connection.received.count >= length else { return }
        outcome.requests += 1
        // HTTP/1.1 2xx
        if connection.received[9] != UInt8(ascii: "2") { outcome.failures += 1 }
        outcome.latencies.append(connection.sent.duration(to: .now).inSeconds * 1000)
        connection.received.removeAll(keepingCapacity: true)
        send(&connection, &number)
    }

    /// Head and body; nil while the head is not complete.
    private static func answerLength(_ bytes: [UInt8]) -> Int? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
        guard let field = head.firstRange(of: "content-length: ") else { return end.upperBound }
        let digits = head[field.upperBound...].prefix { $0.isNumber }
        return end.upperBound + (Int(digits) ?? 0)
    }

    private var streamType: Int32 {
        #if os(Linux)
            Int32(SOCK_STREAM.rawValue)
        #else
            SOCK_STREAM
        #endif
    }
}

extension pollfd {
    fileprivate init(descriptor: Int32) {
        self.init(fd: descriptor, events: Int16(POLLIN), revents: 0)
    }
}
