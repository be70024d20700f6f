import Foundation

/// Sends the same kind of request over some keep-alive connections, as fast as the answers come or at a fixed rate: one thread, one
/// `poll`, so that the measured process has the rest of the machine.
///
/// At a fixed rate a latency counts from the moment when the request was due: what waits for a free connection has waited for the server.
struct LoadClient {
    struct Outcome {
        var requests = 0
        var failures = 0
        var seconds = 0.0
        /// In milliseconds.
        var latencies: [Double] = []
        /// The last answer with its head, where it is kept.
        var answer: [UInt8] = []

        var perSecond: Double { Double(requests) / seconds }
    }

    struct Refused: Error {}

    private struct Connection {
        var descriptor: Int32
        /// What has come of an answer that did not come in one piece.
        var received: [UInt8] = []
        var sent = ContinuousClock.now
        var isBusy = false
    }

    private struct Progress {
        var outcome = Outcome()
        var number = 0
        /// Read into again and again: what the client does not use of the processor, the measured process has.
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
    }

    let port: Int
    let connections: Int
    /// Requests per second; nil sends as fast as answers come.
    var perSecond: Double?
    var keepsAnswer = false
    /// The whole request with its head, by number.
    let request: (Int) -> [UInt8]

    func run(seconds: Double) throws -> Outcome { try run { $0.seconds >= seconds } }

    func run(requests: Int) throws -> Outcome { try run { $0.requests >= requests } }

    private func run(until isOver: (Outcome) -> Bool) throws -> Outcome {
        var open = try (0..<connections).map { _ in Connection(descriptor: try connect()) }
        defer { for connection in open { close(connection.descriptor) } }
        var polled = open.map { pollfd(descriptor: $0.descriptor) }
        var progress = Progress()
        let start = ContinuousClock.now
        while !isOver(progress.outcome) {
            sendDue(&open, &progress, since: start)
            // At a fixed rate something is due within moments.
            poll(&polled, nfds_t(polled.count), perSecond == nil ? 1000 : 1)
            for index in open.indices where polled[index].revents != 0 { try receive(&open[index], &progress) }
            progress.outcome.seconds = start.duration(to: .now).inSeconds
        }
        return progress.outcome
    }

    private func sendDue(_ open: inout [Connection], _ progress: inout Progress, since start: ContinuousClock.Instant) {
        for index in open.indices where !open[index].isBusy {
            var due = ContinuousClock.now
            if let perSecond {
                let next = start.advanced(by: .seconds(Double(progress.number) / perSecond))
                guard next <= due else { return }
                due = next
            }
            send(&open[index], due, &progress)
        }
    }

    private func connect() throws -> Int32 {
        let descriptor = socket(AF_INET, streamType, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Refused() }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }

    private func send(_ connection: inout Connection, _ due: ContinuousClock.Instant, _ progress: inout Progress) {
        progress.number += 1
        let bytes = request(progress.number)
        connection.sent = perSecond == nil ? .now : due
        connection.isBusy = true
        _ = bytes.withUnsafeBytes { write(connection.descriptor, $0.baseAddress, $0.count) }
    }

    private func receive(_ connection: inout Connection, _ progress: inout Progress) throws {
        let count = read(connection.descriptor, &progress.buffer, progress.buffer.count)
        guard count > 0 else { throw Refused() }
        let isWhole: Bool
        // HTTP/1.1 2xx
        let status: UInt8
        if connection.received.isEmpty, Self.isWhole(progress.buffer[..<count]) {
            (isWhole, status) = (true, progress.buffer[9])
        } else {
            connection.received += progress.buffer[..<count]
            isWhole = Self.isWhole(connection.received[...])
            status = isWhole ? connection.received[9] : 0
        }
        guard isWhole else { return }
        if keepsAnswer { progress.outcome.answer = connection.received.isEmpty ? Array(progress.buffer[..<count]) : connection.received }
        progress.outcome.requests += 1
        if status != UInt8(ascii: "2") { progress.outcome.failures += 1 }
        progress.outcome.latencies.append(connection.sent.duration(to: .now).inSeconds * 1000)
        connection.received.removeAll(keepingCapacity: true)
        connection.isBusy = false
    }

    private static let lengthField = Array("\r\ncontent-length: ".utf8)

    /// Whether the head and as much body as it announces are there.
    private static func isWhole(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var length = 0
            var index = 0
            while index + 3 < bytes.count {
                guard bytes[index] == 0x0D else {
                    index += 1
                    continue
                }
                if bytes[index + 2] == 0x0D { return bytes.count >= index + 4 + length }
                if let digits = digits(of: bytes, at: index) { length = digits }
                index += 2
            }
            return false
        }
    }

    /// The number of a length field that begins with the line's end at `start`.
    private static func digits(of bytes: UnsafeRawBufferPointer, at start: Int) -> Int? {
        guard start + lengthField.count < bytes.count else { return nil }
        for (offset, byte) in lengthField.enumerated() where bytes[start + offset] | 0x20 != byte | 0x20 { return nil }
        var number = 0
        for byte in bytes[(start + lengthField.count)...] {
            guard byte >= 0x30, byte <= 0x39 else { break }
            number = number * 10 + Int(byte - 0x30)
        }
        return number
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
