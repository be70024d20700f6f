/// What a command printed on both streams.
struct PrintedOutput: Sendable {
    var output: BoundedOutput
    var errorOutput: BoundedOutput
}
