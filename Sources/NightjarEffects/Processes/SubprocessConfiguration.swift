import NightjarEngine
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A script's command in the terms of swift-subprocess. Pure.
enum SubprocessConfiguration {
    /// - Parameter directory: where it runs; nil is the engine's own folder.
    static func make(
        _ command: ProcessCommand, directory: String?, teardown: [TeardownStep]
    ) throws(EffectError) -> Configuration {
        guard let program = command.arguments.first, !program.isEmpty else {
            throw EffectError(code: "not_found", message: "exec: no program given; the first element names it")
        }
        guard command.timeout > .zero else { throw SubprocessFailure.timeout(command) }
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = teardown
        return Configuration(
            executable: executable(program, directory: directory),
            arguments: Arguments(Array(command.arguments.dropFirst())),
            environment: .inherit.updating(
                Dictionary(uniqueKeysWithValues: command.environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
            workingDirectory: directory.map { FilePath($0) },
            platformOptions: options)
    }

    /// A name is looked up in PATH; a path is taken from the command's folder, as a shell there would.
    private static func executable(_ program: String, directory: String?) -> Executable {
        guard program.contains("/") else { return .name(program) }
        let path = FilePath(program)
        guard path.isRelative, let directory else { return .path(path) }
        return .path(FilePath(directory).pushing(path))
    }
}
