import Foundation
import Logging
import NightjarEngine

/// Writes each log message as one line on standard error: text for people, JSON for machines.
struct LineLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata = Logger.Metadata()
    let format: LogFormat

    init(format: LogFormat) {
        self.format = format
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let time = Timestamp(Date()).iso8601
        let line =
            switch format {
            case .text: text(event, metadata, time)
            case .json: json(event, metadata, time)
            }
        StandardError.write(line + "\n")
    }

    private func text(_ event: LogEvent, _ metadata: Logger.Metadata, _ time: String) -> String {
        let pairs = metadata.filter { "\($0.value)" != "" }.sorted { $0.key < $1.key }
        let fields = pairs.map { " \($0.key)=\(quoted("\($0.value)"))" }.joined()
        return "\(time) \(event.level.rawValue.uppercased()) \(event.message)\(fields)"
    }

    private func quoted(_ value: String) -> String {
        value.contains { $0.isWhitespace || $0 == "\"" } ? JSONValue.string(value).text : value
    }

    private func json(_ event: LogEvent, _ metadata: Logger.Metadata, _ time: String) -> String {
        var object: [String: JSONValue] = [
            "time": .string(time), "level": .string(event.level.rawValue), "message": .string("\(event.message)"),
        ]
        for (key, value) in metadata { object[key] = .string("\(value)") }
        return JSONValue.object(object).text
    }
}
