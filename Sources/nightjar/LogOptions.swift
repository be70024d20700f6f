import ArgumentParser
import Logging

/// `--log-level` and `--log-format`.
struct LogOptions: ParsableArguments {
    @Option(help: "trace, debug, info, notice, warning, error or critical.", transform: Self.level)
    var logLevel: Logger.Level = .info

    @Option(help: "text or json.")
    var logFormat: LogFormat = .text

    @Sendable private static func level(_ name: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: name.lowercased()) else {
            throw ValidationError("there is no log level \"\(name)\"")
        }
        return level
    }

    /// Logs go to standard error, so that standard output stays the program's own.
    func makeLogger(level: Logger.Level? = nil) -> Logger {
        let format = logFormat
        var logger = Logger(label: "nightjar") { _ in LineLogHandler(format: format) }
        logger.logLevel = level ?? logLevel
        return logger
    }
}
