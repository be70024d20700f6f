import Foundation
import NightjarEngine
import Synchronization

/// Files: Slack's three steps to send one, and the private addresses of those that people sent.
extension StandInSlackServer {
    static let uploadPath = "/upload/"
    static let filePath = "/files-pri/"

    /// Takes no JSON.
    func announceUpload(_ request: StandInRequest, _ state: inout StandInSlackState) throws(Refusal) -> [String: JSONValue] {
        guard request.headers["content-type"] == "application/x-www-form-urlencoded" else {
            throw Refusal(code: "invalid_arguments")
        }
        guard request.headers["authorization"] == "Bearer \(StandInSlack.botToken)" else { throw Refusal(code: "invalid_auth") }
        var components = URLComponents()
        components.percentEncodedQuery = request.body
        let fields = Dictionary((components.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { $1 }
        guard let name = fields["filename"], !name.isEmpty, let length = fields["length"].flatMap({ Int($0) }), length > 0
        else {
            throw Refusal(code: "invalid_arguments")
        }
        let id = "F\(state.next())"
        state.uploads[id] = (name, length, nil)
        let base = "http://" + (request.headers["host"] ?? "")
        return ["ok": true, "upload_url": .string(base + Self.uploadPath + id), "file_id": .string(id)]
    }

    func takeUpload(_ request: StandInRequest) -> StandInAnswer {
        let id = String(request.path.dropFirst(Self.uploadPath.count))
        return state.withLock { state in
            guard let upload = state.uploads[id], upload.length == request.body.utf8.count else {
                return StandInAnswer(status: 400, steps: [.raw("the length is another one")])
            }
            state.uploads[id]?.content = request.body
            return StandInAnswer(headers: ["content-type": "text/plain"], steps: [.raw("OK - \(upload.length)")])
        }
    }

    static func completeUpload(
        _ arguments: JSONValue, _ state: inout StandInSlackState
    ) throws(Refusal) -> [String: JSONValue] {
        guard let file = arguments["files"]?.array?.first, let id = file["id"]?.string, let upload = state.uploads[id],
            let content = upload.content
        else { throw Refusal(code: "file_not_found") }
        guard let channel = arguments["channel_id"]?.string, channel.wholeMatch(of: /[CDGZ][A-Z0-9]+/) != nil else {
            throw Refusal(code: "invalid_arguments")
        }
        guard state.channels.values.contains(channel) else { throw Refusal(code: "channel_not_found") }
        let thread = arguments["thread_ts"]?.string
        if let thread, state.index(channel, thread) == nil { throw Refusal(code: "thread_not_found") }
        let comment = arguments["initial_comment"]?.string ?? ""
        if let fault = StandInSlackMarkup.fault(in: comment) { state.faults.append(fault) }
        if comment.utf16.count > 4000 { state.faults.append("a comment of \(comment.utf16.count) characters") }
        var message = StandInSlackMessage(
            channel: channel, ts: state.nextTS(), thread: thread, user: StandInSlack.botUser, text: comment)
        message.file = StandInFile(name: upload.name, type: "", content: content)
        state.messages.append(message)
        state.uploads[id] = nil
        return ["files": [["id": .string(id)]]]
    }

    func giveFile(_ request: StandInRequest) -> StandInAnswer {
        guard request.headers["authorization"] == "Bearer \(StandInSlack.botToken)" else {
            // Who may not read it is shown where to log in.
            return StandInAnswer(headers: ["content-type": "text/html"], steps: [.raw("<html>Sign in</html>")])
        }
        guard let file = state.withLock({ $0.files[request.path] }) else {
            return StandInAnswer(status: 404, steps: [.raw("")])
        }
        return StandInAnswer(headers: ["content-type": file.type], steps: [.raw(file.content)])
    }
}
