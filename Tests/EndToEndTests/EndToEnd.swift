import Testing

/// The program as its users meet it: real processes, real ports, real files. One after the other, since each is a whole engine.
@Suite(.serialized) enum EndToEnd {}
