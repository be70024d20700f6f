import NightjarEngine
import Synchronization
import Testing

@testable import NightjarModels

struct EchoModelTests {
    @Test(arguments: [
        ("hello brave  new\nworld ", ["hello ", "brave  ", "new\n", "world "]), ("one", ["one"]), ("  two", ["  ", "two"]), ("", []),
    ])
    func wordByWord(input: String, pieces: [String]) async throws {
        let heard = Mutex<[String]>([])
        let response = try await EchoModel().respond(to: ModelRequest(messages: [.user(input)])) { piece in
            heard.withLock { $0.append(piece) }
        }
        #expect(heard.withLock { $0 } == pieces)
        #expect(response.text == input)
        #expect(response.stopReason == .endOfTurn)
    }
}
