import NightjarEngine

/// Translates tool names to what providers permit (`[a-zA-Z0-9_-]`, at most 64 characters) and back.
///
/// Our names may hold more: `mcp:git/log`. Two names that would look alike on the wire are numbered, in sorted order, so the
/// same set of names always gives the same translation.
struct WireToolNames: Sendable {
    /// OpenAI's limit; Anthropic's is 128.
    private static let charactersMax = 64

    private let toWire: [String: String]
    private let fromWire: [String: String]

    /// - Parameter request: its tools and the calls in its history; a tool that was called may be gone by now.
    init(_ request: ModelRequest) {
        var names = Set(request.tools.map(\.name))
        for case .assistant(_, let calls) in request.messages {
            names.formUnion(calls.map(\.name))
        }
        var toWire: [String: String] = [:]
        var fromWire: [String: String] = [:]
        // Names that are permitted as they are come first, so that none of them has to change.
        for name in names.sorted(by: { (Self.isPermitted($0) ? 0 : 1, $0) < (Self.isPermitted($1) ? 0 : 1, $1) }) {
            let plain = Self.permitted(name)
            var wire = plain
            var number = 2
            while fromWire[wire] != nil {
                let suffix = "_\(number)"
                wire = plain.prefix(Self.charactersMax - suffix.count) + suffix
                number += 1
            }
            toWire[name] = wire
            fromWire[wire] = name
        }
        self.toWire = toWire
        self.fromWire = fromWire
    }

    func wire(_ name: String) -> String {
        toWire[name] ?? Self.permitted(name)
    }

    /// A name that the model made up is returned as it is; the executor tells the model that there is no such tool.
    func name(wire: String) -> String {
        fromWire[wire] ?? wire
    }

    private static func isPermitted(_ name: String) -> Bool {
        permitted(name) == name
    }

    private static func permitted(_ name: String) -> String {
        let characters = name.unicodeScalars.prefix(charactersMax).map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-": Character(scalar)
            default: "_"
            }
        }
        return characters.isEmpty ? "_" : String(characters)
    }
}
