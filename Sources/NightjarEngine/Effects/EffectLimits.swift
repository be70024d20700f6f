/// Bounds on what scripts may take in from outside, so that one answer cannot fill the memory.
public enum EffectLimits {
    /// An HTTP response's body.
    public static let responseBytesMax = 8 << 20
    /// What a command may print, per stream.
    public static let outputBytesMax = 1 << 20
}
