import CLuaBridge

/// Host functions: what is installed, and calls of them.
extension LuaState {
    func install(
        _ libraries: [LuaLibrary], searcher: (@Sendable (String) -> LuaSource?)?,
        searchedFiles: @escaping @Sendable (String) -> [String],
        print: (@Sendable (String, LuaCall) -> Void)?
    ) throws(LuaError) {
        installHooks(searcher: searcher, searchedFiles: searchedFiles, print: print)
        for library in libraries {
            for type in library.objectTypes { try define(type) }
        }
        for library in libraries { try define(library) }
        for source in libraries.flatMap(\.prelude) {
            _ = try evaluate(source.text, name: source.name, flags: UInt32(NJ_LOAD_PRELUDE))
        }
    }

    private func installHooks(
        searcher: (@Sendable (String) -> LuaSource?)?, searchedFiles: @escaping @Sendable (String) -> [String],
        print: (@Sendable (String, LuaCall) -> Void)?
    ) {
        var printNumber: Int32 = -1
        if let print {
            printNumber = register(
                .synchronous("print") { call in
                    if case .string(let line) = call[0] { print(line, call) }
                    if case .bytes(let line) = call[0] { print(String(decoding: line, as: UTF8.self), call) }
                    return []
                })
        }
        var searcherNumber: Int32 = -1
        if let searcher {
            searcherNumber = register(
                .synchronous("require") { call in
                    guard let name = call[0].stringValue else { return [] }
                    guard let source = searcher(name) else { return Self.searched(searchedFiles(name)) }
                    return [.string(source.text), .string("@" + source.name)]
                })
        }
        _ = nj_define_hooks(vm, printNumber, searcherNumber)
    }

    /// One value, the words for the error, where a module would be two.
    private static func searched(_ files: [String]) -> [LuaValue] {
        files.isEmpty ? [] : [.string("there is no \(files.joined(separator: " and no "))")]
    }

    private func define(_ library: LuaLibrary) throws(LuaError) {
        for function in library.functions {
            try check(nj_define_function(vm, library.path, function.name, register(function), function.flags))
        }
        for (name, value) in library.constants {
            beginEncoding()
            try encode([value])
            try check(nj_define_value(vm, library.path, name))
        }
    }

    private func define(_ type: LuaObjectType) throws(LuaError) {
        var number: UInt32 = 0
        try check(nj_define_type(vm, type.name, &number))
        typeNumbers[type.name] = number
        typeNames.append(type.name)
        for function in type.methods + type.metamethods {
            try check(nj_define_method(vm, number, function.name, register(function), function.flags))
        }
    }

    private func register(_ function: LuaHostFunction) -> Int32 {
        functions.append(function)
        return Int32(functions.count - 1)
    }

    private func check(_ status: nj_status) throws(LuaError) {
        if status != NJ_OK { throw takeError(status) }
    }

    /// The host function a parked coroutine waits for.
    func hostFunction(of pending: LuaPending) -> LuaHostFunction { functions[Int(pending.function)] }

    /// Runs a synchronous host function; its arguments are in `out`, its answer goes to `in`.
    func runHostFunction(_ number: Int32) -> Int32 {
        let function = functions[Int(number)]
        let call = takeCall()
        do {
            let results =
                switch function.body {
                case .synchronous(let body): try body(call)
                case .reentrant(let body): try body(call, self)
                case .awaiting: throw LuaHostError(code: "internal", message: "'\(function.name)' has to wait")
                }
            beginEncoding()
            try encode(results)
            return Int32(NJ_HOST_RESULTS)
        } catch {
            encodeError(error)
            return Int32(NJ_HOST_RAISE)
        }
    }
}

extension LuaHostFunction {
    var flags: UInt32 {
        var flags = 0
        if case .awaiting = body { flags |= NJ_FN_AWAITS }
        if passing == .references { flags |= NJ_FN_REFERENCES }
        if capturesLocation { flags |= NJ_FN_CALLER }
        return UInt32(flags)
    }
}
