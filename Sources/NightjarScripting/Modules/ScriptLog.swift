public import Logging
public import LuaRuntime
import NightjarEngine

/// Where `log` and `print` of scripts go.
public struct ScriptLog: Sendable {
    private let logger: Logger
    private let secrets: SecretResolver

    public init(_ logger: Logger, _ secrets: SecretResolver) {
        self.logger = logger
        self.secrets = secrets
    }

    /// A line of `print`, for `LuaVM.Configuration.print`.
    public func printed(_ line: String, _ call: LuaCall) {
        write(.info, line, [:], call.location)
    }

    /// - Parameter fields: become metadata under their own keys; tables are written as JSON.
    func write(_ level: Logger.Level, _ text: String, _ fields: [LuaKey: LuaValue], _ location: LuaLocation?) {
        guard logger.logLevel <= level else { return }
        var metadata: Logger.Metadata = [:]
        for (key, value) in fields {
            metadata[self.text(of: key.value)] = .string(self.text(of: value))
        }
        if let location {
            metadata["script.file"] = .string(location.source)
            metadata["script.line"] = .string("\(location.line)")
        }
        logger.log(level: level, Logger.Message(stringLiteral: secrets.redact(text)), metadata: metadata, source: "script")
    }

    /// A value for people, without secrets.
    func text(of value: LuaValue) -> String {
        switch value {
        case .string(let text): return secrets.redact(text)
        case .bytes(let bytes): return secrets.redact(String(decoding: bytes, as: UTF8.self))
        case .bool(let value): return String(value)
        case .integer(let value): return String(value)
        case .number(let value): return String(value)
        case .table:
            guard let json = try? JSONValue(lua: value) else { return "(a table that is no data)" }
            return secrets.redact(JSONWriter.write(json))
        case .object: return secretText(value)
        default: return value.typeName
        }
    }

    /// A secret with the parts around it, when it was joined with text.
    private func secretText(_ value: LuaValue) -> String {
        guard let secret = Secret(from: value) else { return value.typeName }
        let text = secrets.redact(secret.reveal())
        return text.contains(SecretResolver.mask) ? text : SecretResolver.mask
    }
}
