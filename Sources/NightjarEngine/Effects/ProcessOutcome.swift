/// How a command ended.
public struct ProcessOutcome: Sendable, Equatable {
    public enum Status: Sendable, Equatable {
        case exited(Int)
        case signalled(Int)
    }

    public var status: Status
    /// Each at most ``EffectLimits/outputBytesMax`` bytes; what is beyond is dropped and noted at the end.
    public var output: [UInt8]
    public var errorOutput: [UInt8]

    public init(status: Status, output: [UInt8], errorOutput: [UInt8]) {
        self.status = status
        self.output = output
        self.errorOutput = errorOutput
    }
}
