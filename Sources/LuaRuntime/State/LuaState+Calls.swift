import CLuaBridge

extension LuaState {
    /// Compiles text and runs it on the main coroutine, where nothing can wait.
    ///
    /// - Parameter name: what messages call the chunk.
    /// - Returns: what the chunk returns.
    @discardableResult
    public func evaluate(_ source: String, name: String) throws(LuaError) -> [LuaValue] {
        try evaluate(source, name: name, flags: 0)
    }

    /// Compiles text without running it.
    public func load(_ source: String, name: String) throws(LuaError) -> LuaFunction {
        let values = try evaluate(source, name: name, flags: UInt32(NJ_LOAD_ONLY))
        guard case .function(let function)? = values.first else { throw .outOfMemory }
        return function
    }

    func evaluate(_ source: String, name: String, flags: UInt32) throws(LuaError) -> [LuaValue] {
        releaseReferences()
        beginEncoding()
        let chunk = flags & UInt32(NJ_LOAD_PRELUDE) == 0 ? "@" + name : "=[native] " + name
        var text = source
        let status = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { nj_evaluate(vm, $0.baseAddress, $0.count, chunk, flags) }
        }
        guard status == NJ_OK else { throw takeError(status) }
        return takeResults()
    }

    /// Calls a function that cannot wait.
    ///
    /// May be used inside a reentrant host function; the limits are then those of the outer operation.
    public func call(
        _ function: LuaFunction, _ arguments: [LuaValue] = [], results: LuaResults = .values
    ) throws(LuaError) -> [LuaValue] {
        try perform(function, arguments, results)
        return takeResults()
    }

    /// As ``call(_:_:results:)``, into a buffer whose old elements are replaced: it allocates nothing.
    public func call(
        _ function: LuaFunction, _ arguments: [LuaValue], into results: inout [LuaValue]
    ) throws(LuaError) {
        try perform(function, arguments, .values)
        replaceResults(&results)
    }

    @inline(__always)
    private func perform(
        _ function: LuaFunction, _ arguments: [LuaValue], _ results: LuaResults
    ) throws(LuaError) {
        try prepare(function, arguments)
        let status = nj_call(vm, function.reference.number, NJ_WAIT_FORBIDDEN, results == .references)
        if status != NJ_OK { throw takeError(status) }
    }

    @inline(__always)
    private func prepare(_ function: LuaFunction, _ arguments: [LuaValue]) throws(LuaError) {
        guard function.reference.registry === registry else { throw .foreign }
        releaseReferences()
        beginEncoding()
        try encode(arguments)
    }

    /// Calls a function as a coroutine, which may wait.
    public func start(
        _ function: LuaFunction, _ arguments: [LuaValue] = [], waiting: LuaWaiting = .allowed,
        results: LuaResults = .values
    ) -> LuaOutcome {
        do {
            try prepare(function, arguments)
        } catch {
            return .failed(error)
        }
        return outcome(nj_start(vm, function.reference.number, waiting.bridged, results == .references))
    }

    /// Goes on with a parked coroutine: the host function it waits for returns the values, or raises the error.
    public func resume(
        _ coroutine: Int32, with reply: Result<[LuaValue], any Error>, waiting: LuaWaiting = .allowed
    ) -> LuaOutcome {
        releaseReferences()
        let raises = encodeReply(reply)
        return outcome(nj_resume(vm, coroutine, waiting.bridged, raises))
    }

    /// Gives up a parked coroutine without running it again.
    public func abandon(_ coroutine: Int32) { nj_abandon(vm, coroutine) }

    @inline(__always)
    private func outcome(_ status: nj_status) -> LuaOutcome {
        if status == NJ_OK { return .finished(takeResults()) }
        if status == NJ_PENDING {
            let (coroutine, function) = (io.pointee.coroutine, io.pointee.function)
            return .pending(LuaPending(coroutine: coroutine, function: function, call: takeCall()))
        }
        return .failed(takeError(status))
    }
}

extension LuaWaiting {
    var bridged: nj_waiting {
        switch self {
        case .allowed: NJ_WAIT_ALLOWED
        case .forbidden: NJ_WAIT_FORBIDDEN
        case .cancelled: NJ_WAIT_CANCELLED
        }
    }
}
