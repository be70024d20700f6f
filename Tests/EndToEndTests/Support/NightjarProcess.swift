import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A `nightjar run` that works for a test, from its start to its end.
struct NightjarProcess: Sendable {
    /// How a process ended.
    enum End: Equatable {
        case exited(Int32)
        case signaled(Int32)
    }

    struct EndedEarly: Error, CustomStringConvertible {
        var description: String
    }

    let pid: Int32
    let project: ScratchProject
    private let logs: URL

    /// What it has printed so far.
    var output: String { text("output") }
    /// What it has logged so far.
    var log: String { text("log") }

    /// Starts the engine and runs `body` when it listens. It is ended, if it has not ended, when `body` returns.
    static func run<Result: Sendable>(
        _ project: ScratchProject, script: String? = nil, options: [String] = [], environment: [String: String?] = [:],
        body: (NightjarProcess, HTTPDriver) async throws -> Result
    ) async throws -> Result {
        try await launch(project, script: script, options: options, environment: environment) { process in
            try await body(process, try await process.listening())
        }
    }

    /// Starts the engine and runs `body` at once.
    ///
    /// - Parameters:
    ///   - script: a file in the project to run in its place.
    ///   - shell: commands that a shell runs first, in the same process.
    static func launch<Result: Sendable>(
        _ project: ScratchProject, script: String? = nil, options: [String] = [], environment: [String: String?] = [:],
        shell: String = "", body: (NightjarProcess) async throws -> Result
    ) async throws -> Result {
        let logs = FileManager.default.temporaryDirectory.appending(path: "nj-log-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: logs) }
        let target = script.map { project.path + "/" + $0 } ?? project.path
        let arguments = ["-c", "\(shell)\nexec \"$0\" \"$@\"", NightjarBinary.path, "run", target, "--listen", "127.0.0.1:0"] + options
        let ended = try await Subprocess.run(
            .path("/bin/sh"), arguments: Arguments(arguments), environment: .forNightjar(environment), input: .none,
            output: .fileDescriptor(try open(logs, "output"), closeAfterSpawningProcess: true),
            error: .fileDescriptor(try open(logs, "log"), closeAfterSpawningProcess: true)
        ) { execution in
            let pid = execution.processIdentifier.value
            // It is reaped only after this, so the id cannot have become another process's.
            defer { kill(pid, SIGKILL) }
            return try await body(NightjarProcess(pid: pid, project: project, logs: logs))
        }
        return ended.closureResult
    }

    private static func open(_ folder: URL, _ name: String) throws -> FileDescriptor {
        try FileDescriptor.open(
            FilePath(folder.appending(path: name).path), .writeOnly, options: [.create, .append], permissions: [.ownerReadWrite])
    }

    private func text(_ name: String) -> String {
        (try? String(contentsOf: logs.appending(path: name), encoding: .utf8)) ?? ""
    }

    // MARK: Its life

    /// Waits until it says where it listens.
    /// - Throws: ``EndedEarly`` when it ends before that.
    func listening() async throws -> HTTPDriver {
        try await eventually("the engine listens: \(log)", within: .seconds(30)) {
            if let address = output.firstMatch(of: /listens on (http:\/\/\S+)/)?.output.1 { return HTTPDriver(baseURL: String(address)) }
            if let end { throw EndedEarly(description: "\(end): \(output)\(log)") }
            return nil
        }
    }

    func send(_ signal: Int32) {
        kill(pid, signal)
    }

    /// Ends it as a power cut would, and waits until it is gone.
    func cutOff() async throws {
        send(SIGKILL)
        _ = try await ended()
    }

    /// Waits for its end.
    func ended(within limit: Duration = .seconds(20)) async throws -> End {
        try await eventually("the engine ends: \(log)", within: limit) { end }
    }

    /// How it has ended, if it has.
    var end: End? {
        var info = siginfo_t()
        // It is left to be reaped by who started it.
        guard waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0, info.si_signo == SIGCHLD else { return nil }
        #if canImport(Glibc)
            let status = info._sifields._sigchld.si_status
        #else
            let status = info.si_status
        #endif
        return info.si_code == CLD_EXITED ? .exited(status) : .signaled(status)
    }
}
