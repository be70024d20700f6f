import Testing

extension EndToEnd {
    @Suite struct QuarantineTests {
        private static let script = """
            settings { handler_timeout = "20ms" }
            platform "webhook" { path = "/in" }
            command("stuck", { run = function(ctx) (("a"):rep(50)):find((".-"):rep(40) .. "b") end })
            command("fine", { run = function(ctx) return "still here" end })

            """

        @Test(.timeLimit(.minutes(2)))
        func `a process whose scripts got stuck sixteen times ends with 70 and says why, and the next one works`() async throws {
            let project = try ScratchProject(["nightjar.lua": Self.script])
            try await NightjarProcess.run(project) { process, http async throws in
                for _ in 1..<16 {
                    let answer = try await http.say("/stuck")
                    #expect(answer.replies.first?.contains("did not come back from native code") == true, "\(answer.body)")
                }
                #expect(try await http.say("/fine").replies == ["still here"])
                #expect(process.end == nil)
                // The last one has nobody to answer it.
                _ = try? await http.say("/stuck")
                #expect(try await process.ended() == .exited(70))
                #expect(process.log.contains("16 times a script got stuck in native code"), "\(process.log.suffix(2000))")
                #expect(process.log.contains("a supervisor starts a fresh process"))
            }
            try await NightjarProcess.run(project) { _, http async throws in
                #expect(try await http.say("/fine").replies == ["still here"])
            }
        }
    }
}
