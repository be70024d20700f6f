/// One conversation: an agent with one person at one place. History is never shared between two of them.
public struct SessionKey: Hashable, Codable, Sendable, CustomStringConvertible {
    public var agent: String
    public var address: Address

    public init(agent: String, address: Address) {
        self.agent = agent
        self.address = address
    }

    /// A stable text form, the parts length-prefixed so that no two keys share it.
    public var description: String {
        [agent, address.platform, address.channel, address.thread ?? "", address.user]
            .map { "\($0.utf8.count):\($0)" }
            .joined(separator: "/")
    }
}
