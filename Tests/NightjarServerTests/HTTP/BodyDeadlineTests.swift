import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import NightjarServer

@Suite struct BodyDeadlineTests {
    private let head = HTTPRequestPart.head(HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/"))
    private let piece = HTTPRequestPart.body(ByteBuffer(string: "x"))
    private let end = HTTPRequestPart.end(nil)

    /// A connection whose bodies may take ten seconds.
    private func connection() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: BodyDeadline(.seconds(10)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
        return channel
    }

    /// Lets parts come with one read.
    private func receive(_ parts: HTTPRequestPart..., on channel: EmbeddedChannel) {
        for part in parts { channel.pipeline.fireChannelRead(part) }
        channel.pipeline.fireChannelReadComplete()
    }

    private func answer(on channel: EmbeddedChannel) throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
    }

    private func hasExpired(_ channel: EmbeddedChannel, after time: TimeAmount) -> Bool {
        channel.embeddedEventLoop.advanceTime(by: time)
        do {
            try channel.throwIfErrorCaught()
            return false
        } catch {
            return error is BodyDeadline.Expired
        }
    }

    @Test func wholeBodyIsNotTimed() throws {
        let channel = try connection()
        receive(head, piece, end, on: channel)
        #expect(!hasExpired(channel, after: .hours(1)))
    }

    @Test func bodyThatStopsExpires() throws {
        let channel = try connection()
        receive(head, piece, on: channel)
        #expect(!hasExpired(channel, after: .seconds(9)))
        #expect(hasExpired(channel, after: .seconds(1)))
    }

    @Test func bodyThatDripsExpiresToo() throws {
        let channel = try connection()
        receive(head, on: channel)
        for _ in 0..<9 {
            #expect(!hasExpired(channel, after: .seconds(1)))
            receive(piece, on: channel)
        }
        #expect(hasExpired(channel, after: .seconds(1)))
    }

    @Test func bodyThatEndsInTimeDoesNotExpireAndTheNextHasItsOwnTime() throws {
        let channel = try connection()
        receive(head, piece, on: channel)
        #expect(!hasExpired(channel, after: .seconds(9)))
        receive(end, on: channel)
        try answer(on: channel)
        receive(head, piece, on: channel)
        #expect(!hasExpired(channel, after: .seconds(9)))
        #expect(hasExpired(channel, after: .seconds(1)))
    }

    @Test func bodyBehindAnUnansweredRequestIsTimedAfterIt() throws {
        let channel = try connection()
        receive(head, end, head, piece, on: channel)
        #expect(!hasExpired(channel, after: .hours(1)))
        try answer(on: channel)
        #expect(!hasExpired(channel, after: .seconds(9)))
        #expect(hasExpired(channel, after: .seconds(1)))
    }

    @Test func closedConnectionDoesNotExpire() throws {
        let channel = try connection()
        receive(head, piece, on: channel)
        try channel.close().wait()
        #expect(!hasExpired(channel, after: .hours(1)))
    }
}
