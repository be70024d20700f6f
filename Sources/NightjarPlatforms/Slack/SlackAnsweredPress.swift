import NightjarEngine

/// A pressed button and what came of it.
struct SlackAnsweredPress: Sendable {
    var press: SlackPress
    var outcome: PlatformEventOutcome
}
