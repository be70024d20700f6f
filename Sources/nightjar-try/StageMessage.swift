/// A message of the engine as a person sees it.
struct StageMessage: Sendable, Equatable {
    /// The platform's name for it.
    var id: String
    var text: String
    /// The titles of its buttons.
    var buttons: [String] = []
    /// How often it has been changed in place.
    var edits = 0
}
