import NIOCore

/// A request's body that tells when it is asked for, which is when the connection stands.
///
/// The client reports the end of connecting in no other way.
struct RequestBody: AsyncSequence, Sendable {
    struct Iterator: AsyncIteratorProtocol {
        fileprivate var bytes: ByteBuffer?
        fileprivate let onConnected: @Sendable () -> Void

        mutating func next() async -> ByteBuffer? {
            guard let bytes else { return nil }
            self.bytes = nil
            onConnected()
            return bytes
        }
    }

    let bytes: ByteBuffer
    let onConnected: @Sendable () -> Void

    func makeAsyncIterator() -> Iterator {
        Iterator(bytes: bytes, onConnected: onConnected)
    }
}
