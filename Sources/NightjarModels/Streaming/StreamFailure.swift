/// Why a stream gave no answer, before it is told to people.
enum StreamFailure: Error, Equatable {
    /// The provider reported an error in the stream, or instead of it.
    case provider(ProviderFailure)
    /// Bytes that are not what the provider's protocol says; the text says what and where.
    case malformed(String)
    /// The stream ended before the answer did.
    case incomplete
}
