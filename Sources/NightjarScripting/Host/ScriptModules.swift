import LuaRuntime

/// Everything that scripts find under a global name, apart from the declarations.
enum ScriptModules {
    static func libraries(_ dependencies: ScriptDependencies) -> [LuaLibrary] {
        [
            .http(dependencies.http, dependencies.secrets), .json, .exec(dependencies.processes, dependencies.secrets),
            .state(dependencies.state), .time(dependencies.clock), .sleep(dependencies.clock),
            .log(ScriptLog(dependencies.logger, dependencies.secrets)), .environment(dependencies.secrets),
            .secrets(dependencies.secrets), .tasks, .agents, .triggers,
        ] + LuaLibrary.missingNames
    }
}
