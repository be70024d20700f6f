import Foundation

/// A project in a scratch folder, and the engine that runs it from outside.
final class BenchProject {
    let folder: String
    private let process = Process()
    private(set) var port = 0
    private var started = ContinuousClock.now
    /// From the start of the process to its first words.
    private(set) var startSeconds = 0.0

    /// Since the start of the process.
    var secondsAlive: Double { started.duration(to: .now).inSeconds }

    struct NotListening: Error {}

    init(_ files: [String: String]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("nightjar-bench-\(UUID())").path
        for (name, text) in files {
            let file = URL(fileURLWithPath: folder).appendingPathComponent(name)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Starts `nightjar run` and waits until it says where it listens.
    func start(_ nightjar: String, store: String? = nil) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: nightjar)
        process.arguments = ["run", folder, "--listen", "127.0.0.1:0", "--log-level", "error"] + (store.map { ["--store", $0] } ?? [])
        process.standardOutput = output
        started = ContinuousClock.now
        try process.run()
        var said = ""
        while !said.contains("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw NotListening() }
            said += String(decoding: data, as: UTF8.self)
        }
        startSeconds = secondsAlive
        guard let line = said.split(separator: "\n").first, let colon = line.lastIndex(of: ":"),
            let port = Int(line[line.index(after: colon)...])
        else { throw NotListening() }
        self.port = port
    }

    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// Processor time used so far, in seconds; 0 where the system has no /proc.
    var cpuSeconds: Double {
        guard let stat = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8),
            let fields = stat.split(separator: ")").last?.split(separator: " "), fields.count > 12,
            let user = Double(fields[11]), let system = Double(fields[12])
        else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Resident memory in MB; 0 where the system has no /proc.
    var residentMegabytes: Double {
        guard let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = line.split(separator: " ").compactMap({ Double($0) }).first
        else { return 0 }
        return kilobytes / 1024
    }
}
