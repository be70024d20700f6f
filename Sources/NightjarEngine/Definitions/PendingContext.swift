import Synchronization

/// The context of a run, made when it is first asked for: most models never ask.
final class PendingContext: Sendable {
    private let callID: String
    private let make: @Sendable (_ callID: String) -> HandlerContext
    private let made = Mutex<HandlerContext?>(nil)

    init(callID: String, make: @escaping @Sendable (_ callID: String) -> HandlerContext) {
        self.callID = callID
        self.make = make
    }

    /// The same one each time, since it counts its calls.
    var context: HandlerContext {
        made.withLock { made in
            if let made { return made }
            let context = make(callID)
            made = context
            return context
        }
    }
}
