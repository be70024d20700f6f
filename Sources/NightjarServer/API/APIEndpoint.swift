import Foundation
import HTTPTypes
import HummingbirdCore
import NightjarEngine

/// The rest of `/api/v1`: agents, triggers, messages, events, reload.
struct APIEndpoint: Sendable {
    let engine: Engine
    let streams: EventStreams
    let reload: @Sendable () async -> ReloadReport

    func agents() -> Response {
        let agents = engine.definitions.agents.values.map(\.summary).sorted { $0.name < $1.name }
        return .json(
            JSONWriter.object { json in
                json.key("agents")
                json.array(agents) { json, agent in
                    json.object { json in
                        json.member("name", agent.name)
                        json.member("description", agent.description)
                        json.member("model", agent.model)
                        json.key("tools")
                        json.array(agent.tools) { $0.string($1) }
                    }
                }
            })
    }

    func triggers() -> Response {
        let triggers = engine.triggerSummaries
        return .json(
            JSONWriter.object { json in
                json.key("triggers")
                json.array(triggers) { json, trigger in
                    json.object { json in
                        json.member("name", trigger.name)
                        json.member("schedule", trigger.schedule)
                        json.member("path", trigger.path)
                        json.member("paused", trigger.isPaused)
                        json.member("next", trigger.next)
                        json.member("last", trigger.last)
                        json.member("firings", trigger.firings)
                        json.member("failures", trigger.failures)
                        json.member("skipped", trigger.skipped)
                    }
                }
            })
    }

    /// Fires a trigger now; the answer does not wait for its handler.
    func runTrigger(_ escapedName: String) throws -> Response {
        let name = escapedName.removingPercentEncoding ?? escapedName
        guard let triggers = engine.triggers, let firing = try? triggers.runNow(name) else {
            if let path = engine.path(ofRequestTrigger: name) {
                throw Problem(.conflict, "fired_by_requests", "The trigger \(name) is fired by requests to \(path) alone.")
            }
            throw Problem(.notFound, "unknown_trigger", "There is no trigger \(name.prefix(64)).")
        }
        switch firing {
        case .started, .queued:
            return .json(
                JSONWriter.object { json in
                    json.member("name", name)
                    json.member("queued", firing == .queued)
                }, status: .accepted)
        case .refused:
            throw Problem(
                .conflict, "trigger_busy", "The trigger \(name) still runs, and its overlap setting leaves no room for another firing.")
        }
    }

    func message(_ id: String) async throws -> Response {
        guard let record = try await engine.message(MessageID(rawValue: id)) else {
            throw Problem(.notFound, "unknown_message", "There is no message \(id.prefix(64)); messages are kept for a day.")
        }
        let isDone = !engine.isOpen(record.message.id)
        let replies = try await engine.replies(to: record.message.id)
        return .json(
            JSONWriter.object { json in
                json.member("id", record.message.id.rawValue)
                json.member("state", Self.state(of: record, isDone: isDone))
                json.member("done", isDone)
                json.member("user", record.message.address.userKey)
                json.member("channel", record.message.address.channel)
                json.member("text", record.message.text)
                json.member("received_at", record.message.receivedAt)
                json.key("replies")
                json.array(replies) { json, reply in json.object { $0.members(of: reply) } }
            })
    }

    /// `accepted` while its handler runs or waits, `working` while tasks or replies of it are on their way, then `handled`.
    private static func state(of record: MessageRecord, isDone: Bool) -> String {
        record.state == .handled && !isDone ? "working" : record.state.rawValue
    }

    /// Every change of a task's state from now on, as events named `task`.
    func events(to request: IncomingRequest) -> Response {
        let watch = engine.orchestrator.events.watch()
        return streams.response(to: request, watch: watch) { send in
            // Headers alone may wait in a proxy; with this the client knows at once that it listens.
            try await send(.keepAlive)
            for await task in watch { try await send(.task(task)) }
        }
    }

    func reloadScripts() async throws -> Response {
        switch await reload() {
        case .loaded(let generation):
            return .json(JSONWriter.object { $0.member("generation", generation) })
        case .failed(let errors):
            throw Problem(
                .unprocessableContent, "script_errors",
                "The scripts have \(errors.count == 1 ? "an error" : "\(errors.count) errors"); what was loaded before goes on.",
                errors: errors)
        }
    }
}
