package import LuaRuntime

extension LuaLibrary {
    /// `env.NAME` and `env("NAME")`: a variable of the environment, or nil.
    package static func environment(_ resolver: SecretResolver) -> LuaLibrary {
        let type = LuaObjectType(
            name: "env",
            metamethods: [
                .synchronous("__index") { [.text(try variable($0[1], resolver))] }.withoutLocation(),
                .synchronous("__call") { [.text(try variable($0[1], resolver))] }.withoutLocation(),
                .synchronous("__newindex") { _ in
                    throw LuaHostError.badArgument("env", "the environment can only be read; state keeps what scripts write")
                }.withoutLocation(),
            ])
        return LuaLibrary(
            constants: ["env": .object(LuaObject(typeName: type.name, payload: []))], objectTypes: [type])
    }

    private static func variable(_ name: LuaValue, _ resolver: SecretResolver) throws -> String? {
        guard let name = name.stringValue else {
            throw LuaHostError.badArgument("env", "expected the name of a variable, got \(name.typeName)")
        }
        return resolver.variable(name)
    }
}
