/// Keeps a Lua value alive in its VM.
///
/// It belongs to one VM: using it with another throws. When it goes away, on whatever thread, the
/// Lua value is let go by the VM's own thread the next time that runs.
public final class LuaReference: Sendable {
    let number: Int32
    let registry: LuaRegistry

    init(number: Int32, registry: LuaRegistry) {
        self.number = number
        self.registry = registry
    }

    deinit { registry.release(number) }
}

extension LuaReference: Hashable {
    public static func == (left: LuaReference, right: LuaReference) -> Bool { left === right }
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
