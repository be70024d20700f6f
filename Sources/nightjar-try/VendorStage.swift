/// A platform's stand-in, as this program shows it: a type of a few lines for each vendor, listed in ``Try/stages``.
protocol VendorStage: Sendable {
    /// The platform's name in scripts, and on the command line.
    static var name: String { get }

    /// Runs the stand-in for as long as `body` runs.
    static func withStage(_ body: @Sendable (Self) async throws -> Void) async throws

    /// A `platform "…" { … }` declaration that sends the engine to the stand-in.
    var declaration: String { get }
    /// The secrets that the declaration names.
    var secrets: [String: String] { get }

    /// What the person sees now.
    var view: StageView { get }

    /// The person says something, a command too.
    func say(_ text: String, to engine: EngineDoor) async throws
    /// The person presses the button with this title.
    func press(_ button: String, of message: StageMessage, to engine: EngineDoor) async throws
}
