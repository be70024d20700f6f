import ArgumentParser

/// `HOST:PORT`; port 0 takes any free one.
struct ListenAddress: CustomStringConvertible, Equatable {
    static let standard = ListenAddress(host: "127.0.0.1", port: 8080)

    var host: String
    var port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// - Throws: `ValidationError` that shows the form.
    @Sendable static func parse(_ argument: String) throws -> ListenAddress {
        guard let address = ListenAddress(argument) else {
            throw ValidationError("write HOST:PORT, such as \(standard) or [::1]:8080, with a port from 0 (any free one) to 65535")
        }
        return address
    }

    /// An IPv6 address is written in brackets: `[::1]:8080`.
    private init?(_ argument: String) {
        guard let colon = argument.lastIndex(of: ":"), let port = Int(argument[argument.index(after: colon)...]),
            (0...65535).contains(port)
        else { return nil }
        let host = argument[..<colon]
        guard !host.isEmpty else { return nil }
        self.init(host: host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : String(host), port: port)
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
