public import Foundation
import Synchronization
public import LuaRuntime
public import NightjarEngine

/// Finds the secrets that scripts name, in the environment or in a folder of files, and keeps them out of what people read.
///
/// One serves a whole process: ``redact(_:)`` knows every secret that was ever handed out.
public final class SecretResolver: Sendable {
    /// What becomes of a secret that is nowhere to be found.
    public enum Mode: Sendable {
        /// It is an error: of the load, which goes on with a placeholder so that all that are missing are named, or of the handler that asks.
        case required
        /// It is noted in ``SecretResolver/missing``, and a placeholder takes its place: `nightjar check` runs on machines without secrets.
        case placeholder
        /// While scripts load, a placeholder takes its place, and the load fails unless only declarations hold it that nothing in a
        /// terminal uses: `nightjar chat` runs no platforms and no server.
        case requiredInTerminal
    }

    /// Declarations that need a platform's traffic or a server to act.
    private static let unusedInTerminal: Set<String> = ["platform", "on_webhook", "settings"]

    /// A secret that was not found, and the code that wanted it.
    public struct Missing: Sendable, Hashable {
        public let name: String
        public let location: LuaLocation?
        /// What to do about it.
        public let message: String
    }

    private struct State {
        var known: Set<String> = []
        var missing: [Missing] = []
    }

    /// Where container platforms mount secrets.
    public static let defaultFolder = "/run/secrets"
    /// The environment variable that names another folder.
    public static let folderVariable = "NIGHTJAR_SECRETS_DIR"
    /// A secret is a key or a certificate; a larger file is the wrong file.
    static let fileBytesMax = 64 << 10
    /// Shorter texts are not searched for: replacing every `a` hides nothing and ruins the text.
    static let redactedLengthMin = 4

    private let mode: Mode
    private let environment: [String: String]
    private let folder: String
    private let state = Mutex(State())

    public init(mode: Mode = .required, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.mode = mode
        self.environment = environment
        folder = environment[SecretResolver.folderVariable] ?? SecretResolver.defaultFolder
    }

    /// A variable of the environment as it was when the process started.
    public func variable(_ name: String) -> String? { environment[name] }

    /// The secrets that were not found, in the order they were asked for, each place once.
    public var missing: [Missing] { state.withLock(\.missing) }

    /// The secret with this name: the environment's variable, else the content of the folder's file without its last line break.
    ///
    /// - Throws: `LuaHostError` `missing_secret`, unless placeholders were asked for; `bad_argument` for an impossible name.
    public func secret(_ name: String, location: LuaLocation? = nil) throws(LuaHostError) -> Secret {
        try secret(name, location: location, recorder: nil)
    }

    /// - Parameter recorder: of the load that asks, which is told what is missing; nil when a handler asks.
    func secret(_ name: String, location: LuaLocation?, recorder: LoadRecorder?) throws(LuaHostError) -> Secret {
        guard !name.isEmpty, name.utf8.allSatisfy(SecretResolver.isNameByte), !name.hasPrefix(".") else {
            throw .badArgument("secret", "a name has letters, digits, '_', '-' and '.', such as \"SLACK_BOT_TOKEN\"")
        }
        let variable = environment[name]
        if let text = try variable == nil ? fileContent(name) : variable, !text.isEmpty {
            _ = state.withLock { $0.known.insert(text) }
            return Secret(text)
        }
        let missing = Missing(name: name, location: location, message: explanation(of: name))
        guard mode == .placeholder || recorder != nil else {
            throw LuaHostError(code: "missing_secret", message: missing.message, details: ["name": .string(name)])
        }
        recorder?.note(missing)
        state.withLock { if !$0.missing.contains(missing) { $0.missing.append(missing) } }
        return Secret(Self.placeholder(name))
    }

    /// What stands for a missing secret.
    static func placeholder(_ name: String) -> String { "missing-\(name)" }

    /// Whether scripts can do without a secret for which a placeholder stands.
    /// - Parameter kinds: the declarations that hold it: `platform`, `model`, …
    func canMiss(heldBy kinds: Set<String>) -> Bool {
        switch mode {
        case .required: false
        case .placeholder: true
        case .requiredInTerminal: !kinds.isEmpty && kinds.isSubset(of: Self.unusedInTerminal)
        }
    }

    /// A text without the secrets it may contain.
    public func redact(_ text: String) -> String {
        // The longest first, since one may contain another.
        let known = state.withLock(\.known).filter { $0.utf8.count >= SecretResolver.redactedLengthMin }
            .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
        return known.reduce(text) { text, secret in
            let encoded = PercentEncoding.encode(secret)
            let text = text.replacing(secret, with: SecretResolver.mask)
            return encoded == secret ? text : text.replacing(encoded, with: SecretResolver.mask)
        }
    }

    static let mask = Secret("").description

    private func explanation(of name: String) -> String {
        "the secret \"\(name)\" is not set: start Nightjar with the environment variable \(name), or put the secret into the file \(folder)/\(name)"
    }

    private func fileContent(_ name: String) throws(LuaHostError) -> String? {
        let path = "\(folder)/\(name)"
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: SecretResolver.fileBytesMax + 1) else { return nil }
        guard data.count <= SecretResolver.fileBytesMax, var text = String(data: data, encoding: .utf8) else {
            throw LuaHostError(
                code: "missing_secret", message: "the file \(path) is no secret: it must be text of at most \(SecretResolver.fileBytesMax) bytes")
        }
        if text.last?.isNewline == true { text.removeLast() }
        return text
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
