import LuaRuntime
import NightjarEngine
import Testing

@testable import NightjarScripting

/// The defaults that people read are those that the engine has.
@Suite struct DefaultsTests {
    /// The declared defaults as values, nested tables included.
    private func defaults(of fields: [FieldSchema], _ samples: LuaSamples) async throws -> LuaTable {
        var table = LuaTable()
        for field in fields {
            if case .table(let nested) = field.type {
                table[.string(field.key)] = .table(try await defaults(of: nested, samples))
            } else if let text = field.defaultText {
                table[.string(field.key)] = try await samples.value(text)
            }
        }
        return table
    }

    private func values(of declaration: Declaration) async throws -> FieldValues {
        let optional = Declaration(declaration.kind, form: .part, summary: "", fields: declaration.fields.map(\.optional))
        let table = try await defaults(of: declaration.fields, try await LuaSamples())
        let site = DeclarationSite(index: nil, location: LuaLocation(source: "a.lua", line: 1), kind: declaration.kind)
        let result = SchemaValidator.validate(table, as: optional, at: site)
        #expect(result.problems == [])
        return result.values
    }

    @Test func settings() async throws {
        let values = try await values(of: .settings)
        let engine = EngineSettings()
        #expect(values.integer("max_concurrent") == engine.maxConcurrent)
        #expect(values.integer("max_tasks_per_user") == engine.maxTasksPerUser)
        #expect(values.duration("command_timeout") == engine.commandTimeout)
        #expect(values.boolean("auto_ack") == engine.autoAcknowledge)
        #expect(values.boolean("verbose") == engine.isVerbose)
        #expect(values.duration("handler_timeout") == engine.handlerTimeout)
        #expect(values.integer("max_session_queue") == engine.sessionQueueMax)
        #expect(values.table("retention")?.duration("completed") == engine.retention.completed)
        #expect(values.table("retention")?.duration("failed") == engine.retention.failed)
        #expect(values.table("retention")?.duration("messages") == engine.retention.messages)
    }

    @Test func triggers() async throws {
        let values = try await values(of: .triggerOptions)
        let engine = TriggerOptions()
        #expect(values.choice("overlap", as: TriggerOptions.Overlap.self) == engine.overlap)
        #expect(values.choice("spacing", as: TriggerOptions.Spacing.self) == engine.spacing)
        #expect(values.choice("delivery", as: TriggerOptions.Delivery.self) == engine.delivery)
        #expect(values.duration("jitter") == engine.jitter)
        let misfire = values.table("misfire")
        #expect(misfire?.duration("grace") == engine.misfire.grace)
        #expect(misfire?.choice("coalesce", as: TriggerOptions.Misfire.Coalesce.self) == engine.misfire.coalesce)
        #expect(misfire?.duration("catchup_window") == engine.misfire.catchupWindow)
    }

    @Test func theFormattersKeysAreTheKindsOfReplies() {
        let contents: [ReplyContent] = [.text(""), .success(""), .agents([]), .triggers([])]
        for content in contents { #expect(Declaration.formatter.field(content.kind) != nil) }
    }
}
