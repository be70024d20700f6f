import NightjarEngine

extension DiscordPlatform: ReceivingPlatform {
    func receive(_ request: PlatformRequest) -> PlatformReception {
        do throws(DiscordRefusal) {
            guard request.method == .post else {
                throw DiscordRefusal(status: 405, code: "method_not_allowed", reason: "Discord posts")
            }
            guard let key = options.publicKey else {
                throw .notGenuine("no public_key is declared for Discord, so nothing is taken over HTTP")
            }
            try DiscordVerifier(key: key).verify(request)
            let reading = try decoder.readInteraction(request.body, receivedAt: request.receivedAt)
            return .taken(reading.events) { outcomes in .json(reading.callback(after: outcomes.first)) }
        } catch {
            return error.reception
        }
    }
}
