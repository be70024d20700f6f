import LuaRuntime
import NightjarEngine

/// The scripts' `ctx`: an object whose fields are looked up in the running ``HandlerContext``, and whose methods act through it.
///
/// It carries the number of its run and works only there: one that a script kept is of no use to another person's handler.
enum ContextObject {
    static let typeName = "ctx"

    static func value(of context: HandlerContext) -> LuaValue {
        .object(LuaObject(typeName: typeName, id: context.id))
    }

    /// - Parameter methods: the functions of ``methods``, as Lua values of the interpreter; known once it has been made.
    static func type(methods: @escaping @Sendable (String) -> LuaValue?) -> LuaObjectType {
        LuaObjectType(
            name: typeName,
            metamethods: [
                .synchronous("__index") { call in [try field(call, methods)] },
                .synchronous("__newindex") { call in
                    throw LuaHostError(code: "read_only", message: "ctx cannot be written to; keep your own data in a local, or in state")
                },
                .synchronous("__tostring") { _ in [.string("ctx")] },
            ])
    }

    /// The run that the object belongs to.
    /// - Throws: `LuaHostError` when that is not the one that is running.
    static func context(of call: LuaCall, _ function: String) throws -> HandlerContext {
        guard let object = call[0].objectValue, object.typeName == typeName else {
            throw LuaHostError(code: "bad_argument", message: "write ctx:\(function)(…), with a colon")
        }
        let context = try ScriptInvocation.handler(call, "ctx:\(function)")
        guard object.id == context.id else {
            throw LuaHostError(code: "stale_context", message: "this ctx belongs to another run of a handler; use the one this handler was given")
        }
        return context
    }

    private static let fieldNames = [
        "user", "channel", "thread", "platform", "text", "args", "flags", "message_id", "task", "trigger", "event", "request", "files",
    ]

    private static func field(_ call: LuaCall, _ methods: @Sendable (String) -> LuaValue?) throws -> LuaValue {
        guard let name = call[1].stringValue else { return .nil }
        if let method = methods(name) { return method }
        let context = try context(of: call, name)
        switch name {
        case "user": return .string(context.address.user)
        case "channel": return .string(context.address.channel)
        case "thread": return context.address.thread.map(LuaValue.string) ?? .nil
        case "platform": return .string(context.address.platform)
        case "text": return .string(context.text)
        case "args": return .table(LuaTable(array: context.arguments.map(LuaValue.string)))
        case "flags":
            return .table(LuaTable(fields: Dictionary(uniqueKeysWithValues: context.flags.map { (.string($0), .string($1)) })))
        case "message_id": return context.messageID.map { .string($0.rawValue) } ?? .nil
        case "task": return context.task.map { LuaValue(TaskSummary($0, at: context.control.clock.now)) } ?? .nil
        case "trigger": return context.trigger.map { .string($0.name) } ?? .nil
        case "files": return .table(LuaTable(array: context.files.enumerated().map { file($0.element, number: $0.offset + 1) }))
        case "request": return context.request?.luaValue ?? .nil
        case "event":
            guard case .hook(_, let event) = call.context as? ScriptInvocation else { return .nil }
            return event.luaValue
        default:
            let near = NearestNames.question(NearestNames.find(name, in: fieldNames + methodNames))
            throw LuaHostError(code: "unknown_field", message: "ctx has no '\(name)'" + (near.map { " (\($0))" } ?? ""))
        }
    }

    /// A file of the message. The number is how `ctx:read` finds it again.
    private static func file(_ file: MessageFile, number: Int) -> LuaValue {
        .table(
            LuaTable(fields: [
                "number": .integer(Int64(number)), "name": .string(file.name), "type": .string(file.type),
                "size": file.size.map { .integer(Int64($0)) } ?? .nil,
            ]))
    }
}
