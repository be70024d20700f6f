import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NightjarEngine

/// `nightjar reload`
struct Reload: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Reload the scripts of the engine that runs for a project.")

    @Argument(help: "The project's folder, or a single script.")
    var path = "."

    private static let timeout = Duration.seconds(15)
    /// Room for the errors of many files.
    private static let answerBytesMax = 4 << 20

    func run() async throws {
        let project = ProjectPath(path)
        guard let url = URL(httpURLWithSocketPath: project.socketPath, uri: "/api/v1/reload") else {
            throw CommandFailure(.unavailable, "the path \(project.socketPath) is too long for a socket")
        }
        let (status, answer) = try await ask(url, of: project)
        guard status == .ok else { throw CommandFailure(.scriptErrors, answer.problems) }
        print("reloaded: generation \(answer.generation)")
    }

    private func ask(_ url: URL, of project: ProjectPath) async throws -> (HTTPResponseStatus, ReloadAnswer) {
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = .POST
        let asked = request
        var configuration = HTTPClient.Configuration()
        // A socket that nobody listens at will not get better.
        configuration.connectionPool.retryConnectionEstablishment = false
        do {
            return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
                let response = try await client.execute(asked, timeout: .seconds(Int64(Self.timeout.seconds)))
                let body = try await response.body.collect(upTo: Self.answerBytesMax)
                return (response.status, ReloadAnswer(String(buffer: body)))
            }
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            throw CommandFailure(
                .unavailable, "the engine for \(project.shown) has not answered for \(Self.timeout.seconds) s; its log may say why")
        } catch {
            // Asked for only now: an engine whose scripts are gone still answers.
            try project.checkExists()
            throw CommandFailure(.unavailable, "no engine runs for \(project.shown); start it with nightjar run \(path)")
        }
    }
}
