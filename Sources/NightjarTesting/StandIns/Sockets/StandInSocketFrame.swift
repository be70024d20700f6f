/// A frame as a ``StandInSocketServer`` received it.
public enum StandInSocketFrame: Sendable, Equatable {
    case text(String)
    case ping([UInt8])
    case pong([UInt8])
    /// 1005 when it had no code.
    case close(UInt16)
    case other([UInt8])
}
