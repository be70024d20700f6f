import ArgumentParser

/// `HOST:PORT`; port 0 takes any free one.
struct ListenAddress: ExpressibleByArgument, CustomStringConvertible, Equatable {
    static let standard = ListenAddress(host: "127.0.0.1", port: 8080)

    var host: String
    var port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// An IPv6 address is written in brackets: `[::1]:8080`.
    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"), let port = Int(argument[argument.index(after: colon)...]),
            (0...65535).contains(port)
        else { return nil }
        let host = argument[..<colon]
        guard !host.isEmpty else { return nil }
        self.init(host: host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : String(host), port: port)
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
