import NightjarEngine

let start = Timestamp(milliseconds: 1_750_000_000_000)

func makeTask(user: String = "ann", origin: String? = nil) -> TaskRecord {
    TaskRecord(
        agent: "helper", input: "do it", address: Address(platform: "webhook", channel: "#ops", user: user), origin: origin,
        createdAt: start)
}

func makeReply(_ text: String = "done", origin: String? = nil) -> OutboxEntry {
    OutboxEntry(
        address: Address(platform: "webhook", channel: "#ops", user: "ann"), content: .text(text), origin: origin,
        createdAt: start)
}

func makeMessage(_ text: String = "hello", externalID: String? = nil) -> InboundMessage {
    InboundMessage(
        address: Address(platform: "webhook", channel: "#ops", user: "ann"), externalID: externalID, text: text,
        receivedAt: start)
}

extension Store {
    func fails(with code: StoreError.Code, _ body: (Self) async throws -> Void) async -> Bool {
        do {
            try await body(self)
            return false
        } catch {
            return (error as? StoreError)?.code == code
        }
    }
}
