import Foundation
import NightjarEngine
import NightjarTesting

/// What vendors send when many people talk, and what they answer.
enum VendorTraffic {
    /// Conversations on each platform.
    private static let channels = 500
    private static let telegramSecret = "bench-secret"
    private static let account = StandInWhatsApp.Account()

    static let secrets = [
        "SLACK_BOT_TOKEN": StandInSlack.botToken, "SLACK_SIGNING_SECRET": StandInSlack.signingSecret, "TG_TOKEN": "1:bench",
        "TG_SECRET": telegramSecret, "WHATSAPP_TOKEN": account.accessToken, "WHATSAPP_APP_SECRET": account.appSecret,
        "WHATSAPP_VERIFY_TOKEN": account.verifyToken, "DISCORD_TOKEN": StandInDiscord.botToken,
    ]

    static func script(_ url: String) -> String {
        """
        platform "slack" { bot_token = secret "SLACK_BOT_TOKEN", signing_secret = secret "SLACK_SIGNING_SECRET", api_url = "\(url)/api" }
        platform "telegram" { bot_token = secret "TG_TOKEN", mode = "webhook", secret_token = secret "TG_SECRET", api_url = "\(url)" }
        platform "whatsapp" {
          phone_number_id = "\(account.phoneNumberID)", access_token = secret "WHATSAPP_TOKEN", app_secret = secret "WHATSAPP_APP_SECRET",
          verify_token = secret "WHATSAPP_VERIFY_TOKEN", api_url = "\(url)",
        }
        platform "discord" {
          application_id = "\(StandInDiscord.applicationID)", bot_token = secret "DISCORD_TOKEN", public_key = "\(StandInDiscord.publicKey)",
          api_url = "\(url)/discord",
        }
        platform "webhook" { path = "/in" }
        command("tell", { description = "Takes a message", run = function(ctx) end })
        local count = 0
        on_message(".", function(ctx)
          count = count + 1
          return count % 100 == 0 and "**" .. count .. "** messages" or ""
        end)

        """
    }

    /// The request that brings the message of that number, platform by platform in turn.
    static func request(_ number: Int) -> [UInt8] {
        let place = number / 5 % channels
        return switch number % 5 {
        case 0: slack(number, place)
        case 1: telegram(number, place)
        case 2: whatsApp(number, place)
        case 3: discord(number, place)
        default: post("/in", #"{"user":"u\#(place)","channel":"c\#(place)","text":"message \#(number)"}"#, [:])
        }
    }

    private static func slack(_ number: Int, _ place: Int) -> [UInt8] {
        let body = """
            {"type":"event_callback","team_id":"\(StandInSlack.team)","event_id":"Ev\(number)","event":{"type":"message","channel_type":"im",\
            "channel":"D\(place)","user":"U\(place)","ts":"\(1_767_225_600 + number).000100","text":"message \(number)"}}
            """
        let request = StandInSlack.signed(body, contentType: "application/json", at: Timestamp(Date.now))
        return post("/webhooks/slack", body, Dictionary(request.headers.map { ($0.name, $0.value) }) { _, last in last })
    }

    private static func telegram(_ number: Int, _ place: Int) -> [UInt8] {
        let body = """
            {"update_id":\(number),"message":{"message_id":\(number),"date":1767225600,"chat":{"id":\(place + 1),"type":"private"},\
            "from":{"id":\(place + 1),"is_bot":false,"first_name":"P"},"text":"message \(number)"}}
            """
        return post("/webhooks/telegram", body, ["x-telegram-bot-api-secret-token": telegramSecret])
    }

    private static func whatsApp(_ number: Int, _ place: Int) -> [UInt8] {
        let body = """
            {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",\
            "metadata":{"display_phone_number":"\(account.number)","phone_number_id":"\(account.phoneNumberID)"},"messages":[{"from":"1650\
            \(place)","id":"wamid.\(number)","timestamp":"1767225600","type":"text","text":{"body":"message \(number)"}}]}}]}]}
            """
        return post("/webhooks/whatsapp", body, StandInWhatsApp.signature(of: Array(body.utf8), account))
    }

    private static func discord(_ number: Int, _ place: Int) -> [UInt8] {
        let body = """
            {"id":"\(number + 1)","application_id":"\(StandInDiscord.applicationID)","type":2,"token":"t\(number)","channel_id":"\(place + 1)",\
            "guild_id":"1","member":{"user":{"id":"\(place + 1)"}},"data":{"name":"tell","type":1,\
            "options":[{"name":"arguments","type":3,"value":"message \(number)"}]}}
            """
        let request = StandInDiscord.signed(body, at: Timestamp(Date.now))
        return post("/webhooks/discord", body, Dictionary(request.headers.map { ($0.name, $0.value) }) { _, last in last })
    }

    private static func post(_ path: String, _ body: String, _ headers: [String: String]) -> [UInt8] {
        let fields = headers.filter { $0.key != "content-type" }.map { "\($0.key): \($0.value)\r\n" }.joined()
        return Array(
            """
            POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\(fields)\
            Content-Length: \(body.utf8.count)\r\n\r\n\(body)
            """.utf8)
    }

    /// Something that each vendor could say to any call.
    static func answer(_ request: StandInRequest) -> StandInAnswer {
        let answer =
            if request.path.hasPrefix("/discord") {
                #"{"id":"1","username":"bench"}"#
            } else if request.path.hasPrefix("/bot") {
                #"{"ok":true,"result":{"message_id":1,"id":1,"is_bot":true,"first_name":"B","username":"bench_bot"}}"#
            } else if request.path.hasPrefix("/api") {
                #"{"ok":true,"ts":"1767225600.000100","channel":"D1","user_id":"\#(StandInSlack.botUser)","team":"bench"}"#
            } else {
                #"{"messaging_product":"whatsapp","messages":[{"id":"wamid.answer"}]}"#
            }
        return StandInAnswer(headers: ["content-type": "application/json"], steps: [.raw(answer)])
    }
}
