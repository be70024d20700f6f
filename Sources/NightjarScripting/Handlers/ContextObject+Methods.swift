import LuaRuntime
import NightjarEngine

extension ContextObject {
    static var methodNames: [String] { methods.map(\.name) }

    /// What `ctx:name(…)` does. The object itself is the first argument.
    static let methods: [LuaHostFunction] = [
        .awaiting("reply") { call in
            let context = try timed(call, "reply")
            try await context.reply(try text(call, 1, "ctx:reply"))
            return []
        },
        .awaiting("post") { call in
            let context = try timed(call, "post")
            try await context.post(try text(call, 2, "ctx:post"), to: try text(call, 1, "ctx:post"))
            return []
        },
        .awaiting("read") { call in
            let context = try timed(call, "read")
            return [.bytes(try await context.read(try file(call, of: context)))]
        },
        .awaiting("upload") { call in
            let context = try timed(call, "upload")
            let upload = try ContextUpload(call[1])
            try await context.upload(upload.file, comment: upload.comment)
            return []
        },
        .awaiting("run") { call in
            let context = try timed(call, "run")
            let task = try await context.run(agent: try text(call, 1, "ctx:run"), input: try text(call, 2, "ctx:run"))
            return [result(of: task)]
        },
        .awaiting("start") { call in
            let context = try timed(call, "start")
            return [.string(try await context.start(agent: try text(call, 1, "ctx:start"), input: try text(call, 2, "ctx:start")).rawValue)]
        },
        .awaiting("send") { call in
            try await timed(call, "send").send(try text(call, 1, "ctx:send"))
            return []
        },
        .awaiting("send_when_idle") { call in
            try await timed(call, "send_when_idle").send(try text(call, 1, "ctx:send_when_idle"), whenIdle: true)
            return []
        },
        .synchronous("is_idle") { call in [.bool(try context(of: call, "is_idle").isIdle())] },
        .synchronous("fail") { call in
            _ = try context(of: call, "fail")
            throw LuaHostError(code: HandlerFailure.code, message: call[1].isNil ? "refused" : try text(call, 1, "ctx:fail"))
        },
        .awaiting("ask") { call in
            let context = try timed(call, "ask")
            let choice = try await context.ask(try text(call, 1, "ctx:ask"), choices: try choices(call), timeout: try timeout(call))
            return [choice.map(LuaValue.string) ?? .nil]
        },
    ]

    /// The context of a method that waits or has an effect, which it may while the handler has time.
    private static func timed(_ call: LuaCall, _ method: String) throws -> HandlerContext {
        let context = try context(of: call, method)
        try ScriptInvocation.checkTime(of: context)
        return context
    }

    private static func file(_ call: LuaCall, of context: HandlerContext) throws -> MessageFile {
        let number =
            switch call[1] {
            case .integer(let number): number
            case .table(let table): table["number"].integerValue ?? 0
            default: Int64(0)
            }
        guard number >= 1, number <= context.files.count else {
            throw LuaHostError(
                code: "bad_argument", message: "ctx:read takes one of ctx.files; this message has \(context.files.count) of them")
        }
        return context.files[Int(number) - 1]
    }

    private static func choices(_ call: LuaCall) throws -> [String] {
        guard case .table(let table) = call[2], !table.array.isEmpty else {
            throw LuaHostError(code: "bad_argument", message: "ctx:ask takes a list of choices as argument 2, such as { \"Yes\", \"No\" }")
        }
        return try table.array.map { choice in
            guard let text = choice.stringValue else {
                throw LuaHostError(code: "bad_argument", message: "the choices of ctx:ask are texts, not a \(choice.typeName)")
            }
            return text
        }
    }

    private static func timeout(_ call: LuaCall) throws -> Duration {
        guard !call[3].isNil else { return QuestionLimits.timeout }
        do {
            return try Duration(lua: call[3])
        } catch {
            throw LuaHostError(code: "bad_argument", message: "ctx:ask takes a timeout as argument 3: \(error)")
        }
    }

    private static func text(_ call: LuaCall, _ position: Int, _ function: String) throws -> String {
        switch call[position] {
        case .string(let text): return text
        case .integer(let number): return String(number)
        case .number(let number): return String(number)
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .object(let object) where object.typeName == "secret":
            throw LuaHostError(code: "secret", message: "\(function) does not take secrets: a person would see it")
        case let other:
            throw LuaHostError(
                code: "bad_argument",
                message: "\(function) takes text as argument \(position), not \(other.isNil ? "nothing" : "a " + other.typeName)")
        }
    }

    private static func result(of task: TaskRecord) -> LuaValue {
        let duration = (task.startedAt ?? task.createdAt).durationInSeconds(to: task.finishedAt)
        return .table(
            LuaTable(fields: [
                "id": .string(task.id.rawValue), "text": .string(task.output ?? ""), "duration": .number(duration),
                "usage": ["input": .integer(Int64(task.usage.input)), "output": .integer(Int64(task.usage.output))],
            ]))
    }
}

extension Timestamp {
    fileprivate func durationInSeconds(to end: Timestamp?) -> Double {
        end.map { ($0 - self).seconds } ?? 0
    }
}
