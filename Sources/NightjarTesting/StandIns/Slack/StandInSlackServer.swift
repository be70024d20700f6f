import NightjarEngine
import Synchronization

/// Answers the Web API's methods as Slack does, and remembers what came of it.
final class StandInSlackServer: Sendable {
    /// A refusal with Slack's word for it.
    struct Refusal: Error {
        var code: String
    }

    let state = Mutex(StandInSlackState())
    let sockets = StandInSlackSockets()

    /// The code of a refusal that is status 429.
    static let tooMany = "ratelimited"

    /// Where answers to slash commands and buttons go.
    static let responsePath = "/response/"

    func answer(_ request: StandInRequest) -> StandInAnswer {
        if request.path.hasPrefix(Self.uploadPath) { return takeUpload(request) }
        if request.path.hasPrefix(Self.filePath) { return giveFile(request) }
        guard request.path.hasPrefix(StandInSlack.apiPath) else { return respond(request) }
        let method = String(request.path.dropFirst(StandInSlack.apiPath.count + 1))
        return state.withLock { state in
            state.calls.append(StandInSlackCall(method: method, arguments: request.json))
            if var prepared = state.prepared[method], !prepared.isEmpty {
                let answer = prepared.removeFirst()
                state.prepared[method] = prepared
                return answer
            }
            do throws(Refusal) {
                if method == "apps.connections.open" { return Self.json(try openConnection(request)) }
                if method == "files.getUploadURLExternal" { return Self.json(try announceUpload(request, &state)) }
                try Self.check(request)
                return Self.json(try Self.perform(method, request.json, &state).merging(["ok": .bool(true)]) { $1 })
            } catch {
                if error.code == Self.tooMany { return .slackRateLimit(seconds: 1) }
                return Self.json(["ok": .bool(false), "error": .string(error.code)])
            }
        }
    }

    private func openConnection(_ request: StandInRequest) throws(Refusal) -> [String: JSONValue] {
        let authorization = request.headers["authorization"]
        if authorization == "Bearer \(StandInSlack.botToken)" { throw Refusal(code: "not_allowed_token_type") }
        guard authorization == "Bearer \(StandInSlack.appToken)" else { throw Refusal(code: "invalid_auth") }
        return ["ok": true, "url": .string(sockets.address())]
    }

    private static func json(_ members: [String: JSONValue]) -> StandInAnswer {
        StandInAnswer(steps: [.raw(JSONValue.object(members).text)])
    }

    private static func check(_ request: StandInRequest) throws(Refusal) {
        guard request.method == "POST", request.headers["content-type"] == "application/json; charset=utf-8" else {
            throw Refusal(code: "invalid_post_type")
        }
        guard let authorization = request.headers["authorization"] else { throw Refusal(code: "not_authed") }
        guard authorization == "Bearer \(StandInSlack.botToken)" else { throw Refusal(code: "invalid_auth") }
        guard request.json.object != nil else { throw Refusal(code: "invalid_json") }
    }

    private static func perform(
        _ method: String, _ arguments: JSONValue, _ state: inout StandInSlackState
    ) throws(Refusal) -> [String: JSONValue] {
        switch method {
        case "auth.test": ["user": "nightjar", "user_id": .string(StandInSlack.botUser), "team": "stand-in"]
        case "chat.postMessage": try post(arguments, &state)
        case "chat.update": try update(arguments, &state)
        case "chat.delete": try delete(arguments, &state)
        case "chat.startStream": try startStream(arguments, &state)
        case "chat.appendStream": try appendStream(arguments, &state)
        case "chat.stopStream": try stopStream(arguments, &state)
        case "files.completeUploadExternal": try completeUpload(arguments, &state)
        case "assistant.threads.setStatus": try setStatus(arguments, &state)
        default: throw Refusal(code: "unknown_method")
        }
    }

    // MARK: response_url

    private func respond(_ request: StandInRequest) -> StandInAnswer {
        let body = request.json
        return state.withLock { state in
            state.calls.append(StandInSlackCall(method: "response_url", arguments: body))
            guard var url = state.responseURLs[request.path], request.method == "POST" else {
                return StandInAnswer(status: 404, steps: [.raw(#"{"ok":false,"error":"expired_url"}"#)])
            }
            guard url.uses < 5 else { return StandInAnswer(status: 404, steps: [.raw(#"{"ok":false,"error":"used_url"}"#)]) }
            url.uses += 1
            state.responseURLs[request.path] = url
            let text = body["text"]?.string ?? ""
            let blocks = body["blocks"]?.array ?? []
            if let fault = StandInSlackMarkup.fault(in: text) ?? StandInSlackBlocks.fault(in: blocks) {
                state.faults.append(fault)
            }
            if body["replace_original"] == true, let index = state.index(url.channel, url.ts) {
                state.messages[index].text = text
                state.messages[index].blocks = blocks
                state.messages[index].edits += 1
            } else if body["response_type"] == "in_channel" {
                state.messages.append(
                    StandInSlackMessage(
                        channel: url.channel, ts: state.nextTS(), user: StandInSlack.botUser, text: text, blocks: blocks))
            } else {
                state.ephemeral.append(text)
            }
            return StandInAnswer(headers: ["content-type": "text/plain"], steps: [.raw("ok")])
        }
    }
}
