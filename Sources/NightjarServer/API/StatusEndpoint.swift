import HTTPTypes
import HummingbirdCore
import NIOCore
import NightjarEngine

/// What supervisors and monitors ask.
struct StatusEndpoint: Sendable {
    let engine: Engine
    let metrics: PrometheusMetrics
    let health: @Sendable () -> HealthReport

    /// Alive, with the scripts' state; a broken script is no reason to restart a process that runs the last good ones.
    func healthy() -> Response {
        let report = health()
        return .json(
            JSONWriter.object { json in
                json.member("status", report.reloadError == nil ? "ok" : "degraded")
                json.member("generation", report.generation)
                if let error = report.reloadError { json.member("error", error) }
            })
    }

    func ready() throws(Problem) -> Response {
        guard engine.isReady else {
            throw Problem(EngineError(.unavailable, "The engine is starting or shutting down."))
        }
        return .json(JSONWriter.object { $0.member("status", "ready") })
    }

    func exposition() async -> Response {
        // A store that cannot be read must not hide everything else.
        if let counts = try? await engine.overview(user: nil, at: engine.clock.now).counts {
            engine.metrics.observe(pending: counts[.pending, default: 0], running: counts[.running, default: 0])
        }
        engine.metrics.observe(breakers: engine.orchestrator.breakerPhases)
        return Response(
            status: .ok, headers: [.contentType: PrometheusMetrics.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.exposition())))
    }
}
