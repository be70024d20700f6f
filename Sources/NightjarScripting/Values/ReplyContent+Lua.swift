package import LuaRuntime
package import NightjarEngine

extension ReplyContent {
    /// What the formatter function named ``kind`` gets as its argument.
    package var luaArgument: LuaValue {
        switch self {
        case .text(let text), .success(let text): .string(text)
        case .error(let error): LuaValue(error)
        case .taskStarted(let task), .taskCompleted(let task), .taskFailed(let task), .taskCancelled(let task), .status(let task):
            LuaValue(task)
        case .list(let overview): LuaValue(overview)
        case .agents(let agents): .list(agents.map { LuaValue($0) })
        case .triggers(let triggers): .list(triggers.map { LuaValue($0) })
        case .help(let page): LuaValue(page)
        case .file(let file, let comment): .record(["name": .string(file.name), "type": .string(file.type), "text": .string(comment)])
        case .question(let question):
            .record(["id": .string(question.id), "text": .string(question.text), "choices": .list(question.choices.map { .string($0) })])
        }
    }
}
