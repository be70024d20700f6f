import NightjarEngine
import NightjarTesting
import Testing

@Suite struct PermissionTests {
    private let settings = EngineSettings(autoAcknowledge: false, admins: ["test:root", "test:ops-*"])

    @Test func `A person sees and cancels their own tasks only`() async throws {
        try await withEngine(.helper(ScriptedModel(otherwise: .hangs), settings: settings)) { engine in
            try await engine.say("/run agent helper secret plan", as: "ann")
            let id = try await engine.tasks()[0].id
            for command in ["status", "cancel", "retry", "result"] {
                try await engine.say("/\(command) task \(id)", as: "bob")
                #expect(engine.platform.texts.last?.contains("there is no task \(id)") == true)
            }
            try await engine.say("/list tasks", as: "bob")
            #expect(engine.platform.texts.last?.contains("secret plan") == false)
            #expect(engine.platform.texts.last?.contains("Running: 0") == true)
            #expect(try await engine.tasks()[0].state == .running)
        }
    }

    @Test func `The same name on another platform is another person`() async throws {
        try await withEngine(.helper(ScriptedModel(otherwise: .hangs), settings: settings)) { engine in
            let other = RecordingPlatform(name: "other")
            engine.engine.install(other)
            try await engine.say("/run agent helper x", as: "root")
            let id = try await engine.tasks()[0].id
            try await engine.say("/cancel task \(id)", as: "root", on: "other")
            #expect(other.texts.last?.contains("there is no task") == true)
        }
    }

    @Test(arguments: ["root", "ops-7"]) func `Admins see and cancel everyone's, and are told`(admin: String) async throws {
        try await withEngine(.helper(ScriptedModel(otherwise: .hangs), settings: settings)) { engine in
            try await engine.say("/run agent helper x", as: "ann")
            let id = try await engine.tasks()[0].id
            try await engine.say("/list tasks", as: admin, in: "#admin")
            #expect(engine.platform.texts.last?.contains(id.rawValue) == true)
            try await engine.say("/cancel task \(id)", as: admin, in: "#admin")
            #expect(try await engine.tasks()[0].state == .cancelled)
            let told = engine.platform.delivered.all.suffix(2).map { "\($0.address.channel): \($0.rendered.plainText)" }
            #expect(Set(told) == ["#ops: 🚫 Task cancelled: \(id) (helper)", "#admin: ✅ The task \(id) is cancelled."])
        }
    }

    @Test func `The person at the terminal is the operator`() async throws {
        try await withEngine(.helper(ScriptedModel(otherwise: .hangs), settings: settings)) { engine in
            engine.engine.install(RecordingPlatform(name: "terminal"))
            try await engine.say("/run agent helper x", as: "ann")
            try await engine.say("/cancel task \(try await engine.tasks()[0].id)", as: "me", on: "terminal")
            #expect(try await engine.tasks()[0].state == .cancelled)
        }
    }

    @Test func `A script's command can be for some people and places`() async throws {
        let runs = Recorder<Void>()
        let deploy = CommandDefinition(name: "deploy", allow: AllowList(users: ["test:ann"], channels: ["#ops"])) { _ in
            runs.add(())
            return .none
        }
        try await withEngine(.helper(ScriptedModel(), commands: [deploy])) { engine in
            try await engine.say("/deploy", as: "bob")
            try await engine.say("/deploy", in: "#random")
            #expect(runs.count == 0)
            #expect(engine.platform.texts.allSatisfy { $0.contains("you may not use /deploy here") })
            try await engine.say("/deploy")
            #expect(runs.count == 1)
        }
    }
}
