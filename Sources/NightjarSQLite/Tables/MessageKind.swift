import NightjarEngine

/// A message's kind as two columns: a word and the name that goes with it.
struct MessageKind {
    let word: String
    let name: String?

    init(word: String, name: String?) {
        self.word = word
        self.name = name
    }

    init(_ kind: InboundMessage.Kind) {
        switch kind {
        case .chat: self.init(word: "chat", name: nil)
        case .agentInput(let agent): self.init(word: "agent", name: agent)
        case .trigger(let name): self.init(word: "trigger", name: name)
        case .request(let trigger): self.init(word: "request", name: trigger)
        }
    }

    var kind: InboundMessage.Kind {
        switch (word, name) {
        case ("agent", let name?): .agentInput(agent: name)
        case ("trigger", let name?): .trigger(name: name)
        case ("request", let name?): .request(trigger: name)
        default: .chat
        }
    }
}
