import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The real engine, as a process of its own.
enum TriedEngine {
    /// Starting takes a moment; a busy machine needs more.
    private static let startMax = Duration.seconds(30)
    /// What the engine gets to end by itself.
    private static let grace = Duration.seconds(10)
    /// As much of its log as helps to see what went wrong.
    private static let logLinesMax = 20

    /// Runs the project for as long as `body` runs.
    /// - Throws: ``TryFailure``, with the end of the log, when it does not start or ends early; what `body` throws.
    static func run(
        _ nightjar: String, _ project: TryProject, secrets: [String: String], _ body: @escaping @Sendable (EngineDoor) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await launch(nightjar, project, secrets)
                throw TryFailure("the engine ended early\(logEnd(project))")
            }
            group.addTask { try await body(try await door(of: project)) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// The end of the log, to be added to an error.
    static func logEnd(_ project: TryProject) -> String {
        let lines = text(project.log).split(separator: "\n").suffix(logLinesMax)
        return lines.isEmpty ? "" : "; its log ends:\n" + lines.joined(separator: "\n")
    }

    private static func launch(_ nightjar: String, _ project: TryProject, _ secrets: [String: String]) async throws {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: grace)]
        let variables = secrets.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) }
        _ = try await Subprocess.run(
            .path(FilePath(nightjar)), arguments: ["run", project.folder, "--listen", "127.0.0.1:0", "--store", "memory"],
            environment: .inherit.updating(Dictionary(uniqueKeysWithValues: variables)), platformOptions: options, input: .none,
            output: .fileDescriptor(try open(project.output), closeAfterSpawningProcess: true),
            error: .fileDescriptor(try open(project.log), closeAfterSpawningProcess: true))
    }

    private static func open(_ path: String) throws -> FileDescriptor {
        try FileDescriptor.open(FilePath(path), .writeOnly, options: [.create, .append], permissions: [.ownerReadWrite])
    }

    private static func door(of project: TryProject) async throws -> EngineDoor {
        let deadline = ContinuousClock.now + startMax
        while ContinuousClock.now < deadline {
            if let address = text(project.output).firstMatch(of: /listens on (http:\/\/\S+)/)?.output.1 {
                return EngineDoor(baseURL: String(address))
            }
            // Another process tells nobody when it has come that far, so it has to be asked.
            try await Task.sleep(for: .milliseconds(20))
        }
        throw TryFailure("the engine does not listen after \(startMax)\(logEnd(project))")
    }

    private static func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
}
