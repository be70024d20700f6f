package import LuaRuntime
package import NightjarEngine

extension Secret {
    /// The name of the object type in Lua.
    package static let luaTypeName = "secret"

    /// The secret a script holds; nil for any other value.
    package init?(from value: LuaValue) {
        guard let object = value.objectValue, object.typeName == Secret.luaTypeName else { return nil }
        self.init(String(decoding: object.payload, as: UTF8.self))
    }

    /// The secret as scripts hold it: they can pass it on and lengthen it, not read it.
    package var luaValue: LuaValue {
        .object(LuaObject(typeName: Secret.luaTypeName, payload: Array(reveal().utf8)))
    }
}
