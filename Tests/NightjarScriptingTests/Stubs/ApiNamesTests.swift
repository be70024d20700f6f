import Testing

@testable import NightjarScripting

@Suite struct ApiNamesTests {
    @Test func theGlobalsOfTheApiAreKnown() {
        let expected = [
            "settings", "platform", "model", "tool", "agent", "command", "every", "after", "at", "on_webhook", "on_message", "formatter", "hook",
            "http", "json", "exec", "state", "log", "time", "tasks", "agents", "triggers", "env", "secret", "all", "sleep",
        ]
        #expect(Set(ApiNames.globals) == Set(expected))
        #expect(ApiNames.globals.count == expected.count)
    }

    @Test func namesThatAreNotThereYetSaySo() {
        #expect(ApiNames.suggestion(forGlobal: "cron") == "'cron' is not there yet; use every, after or at")
        for name in ["on_file_change", "policy"] {
            #expect(ApiNames.suggestion(forGlobal: name)?.contains("is not there yet") == true)
        }
    }

    @Test func nearNamesAreSuggested() {
        #expect(ApiNames.suggestion(forGlobal: "agnet") == "did you mean 'agent'?")
        #expect(ApiNames.suggestion(forContext: "send_when_idel") == "did you mean 'send_when_idle'?")
        #expect(ApiNames.suggestion(forGlobal: "zzzzzzz") == nil)
    }

    @Test func noNameIsBothThereAndNotThereYet() {
        #expect(Set(ApiNames.globals).isDisjoint(with: NotThereYet.globals.keys))
    }
}
