import NightjarEngine
@testable import NightjarPlatforms
import NightjarTesting
import Testing

@Suite struct WhatsAppVerifierTests {
    private func get(_ query: [(name: String, value: String)]) throws -> PlatformReception {
        try WhatsAppFixture.receiver().receive(
            PlatformRequest(method: .get, query: query, headers: [], body: [], receivedAt: Timestamp(milliseconds: 0)))
    }

    private static let token = StandInWhatsApp.Account().verifyToken

    @Test func signatureVectorPasses() throws {
        let verifier = WhatsAppVerifier(options: try WhatsAppFixture.options(["app_secret": .string("secret")]))
        let signature = "sha256=0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914"
        let request = PlatformRequest(
            headers: [("x-hub-signature-256", signature)], body: Array("test".utf8), receivedAt: Timestamp(milliseconds: 0))
        #expect(verifier.refusal(of: request) == nil)
    }

    @Test func handshakeIsAnsweredWithTheChallengeAsText() throws {
        let reception = try get([("hub.mode", "subscribe"), ("hub.challenge", "1158201444"), ("hub.verify_token", Self.token)])
        let answer = try #require(reception.answer())
        #expect(answer.status == 200)
        #expect(answer.body == "1158201444")
        #expect(answer.contentType.hasPrefix("text/plain"))
        #expect(reception.events == [])
    }

    @Test(
        arguments: [
            [], [("hub.mode", "subscribe")],
            [("hub.mode", "unsubscribe"), ("hub.challenge", "1"), ("hub.verify_token", token)],
            [("hub.challenge", "1"), ("hub.verify_token", token)],
            [("hub.mode", "subscribe"), ("hub.verify_token", token)],
            [("hub.mode", "subscribe"), ("hub.challenge", ""), ("hub.verify_token", token)],
            [("hub.mode", "subscribe"), ("hub.challenge", String(repeating: "1", count: 257)), ("hub.verify_token", token)],
            [("hub.mode", "subscribe"), ("hub.challenge", "1"), ("hub.verify_token", token.uppercased())],
            [("hub.mode", "subscribe"), ("hub.challenge", "1"), ("hub.verify_token", String(token.dropLast()))],
            [("hub.mode", "subscribe"), ("hub.challenge", "1"), ("hub.verify_token", "")],
            [("hub.mode", "subscribe"), ("hub.challenge", "1"), ("hub.verify_token", token), ("hub.verify_token", token)],
            [("hub.mode", "subscribe"), ("hub.challenge", "1"), ("hub.challenge", "2"), ("hub.verify_token", token)],
        ] as [[(name: String, value: String)]])
    func otherHandshakesAreForbidden(query: [(name: String, value: String)]) throws {
        #expect(try get(query).refusedStatus == 403)
    }

    @Test func refusalTellsNoSecret() throws {
        let reception = try get([("hub.mode", "subscribe"), ("hub.challenge", "1"), ("hub.verify_token", "wrong")])
        guard case .refused(_, let code, let reason) = reception else { return #expect(Bool(false)) }
        #expect(code == "not_genuine")
        #expect(!reason.contains(Self.token))
    }
}
