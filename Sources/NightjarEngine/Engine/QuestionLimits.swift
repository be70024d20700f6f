/// Bounds of `ctx:ask`.
public enum QuestionLimits {
    /// How long a question without a timeout waits: until the end of a working day.
    public static let timeout = Duration.seconds(8 * 3600)
    /// A week: longer than a long weekend, shorter than a handler can usefully stand still.
    public static let timeoutMax = Duration.seconds(7 * 24 * 3600)
    /// More choices are no question but a form.
    public static let choicesMax = 10
    /// A choice in characters: what fits on Slack's buttons.
    public static let choiceLengthMax = 75
}
