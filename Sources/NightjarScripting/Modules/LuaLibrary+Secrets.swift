package import LuaRuntime
import NightjarEngine

extension LuaLibrary {
    /// `secret "NAME"`: an opaque value; `..` with it gives a secret, and it prints as `••••`.
    package static func secrets(_ resolver: SecretResolver) -> LuaLibrary {
        LuaLibrary(
            functions: [
                .synchronous("secret") { call in
                    guard let name = call[0].stringValue else {
                        throw LuaHostError.badArgument("secret", "expected the name of a secret, got \(call[0].typeName)")
                    }
                    let recorder = (call.context as? ScriptInvocation)?.recorder
                    return [try resolver.secret(name, location: call.location, recorder: recorder).luaValue]
                }
            ],
            objectTypes: [
                LuaObjectType(
                    name: Secret.luaTypeName,
                    metamethods: [
                        .synchronous("__tostring") { _ in [.string(SecretResolver.mask)] }.withoutLocation(),
                        .synchronous("__concat") { [try joined($0[0], $0[1])] }.withoutLocation(),
                    ])
            ])
    }

    private static func joined(_ left: LuaValue, _ right: LuaValue) throws -> LuaValue {
        guard let left = left.outgoingBytes, let right = right.outgoingBytes else {
            let other = Secret(from: left) == nil ? left : right
            throw LuaHostError.badArgument("..", "a secret can be joined with text and numbers, not with a \(other.typeName)")
        }
        return .object(LuaObject(typeName: Secret.luaTypeName, payload: left + right))
    }
}
