import NightjarEngine

extension Query {
    /// The columns platform, channel, thread, user.
    mutating func address() -> Address {
        Address(platform: text(), channel: text(), thread: optionalText(), user: text())
    }

    mutating func bind(_ address: Address) {
        bind(address.platform)
        bind(address.channel)
        bind(address.thread)
        bind(address.user)
    }
}
