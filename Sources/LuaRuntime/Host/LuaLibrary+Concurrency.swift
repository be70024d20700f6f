extension LuaLibrary {
    /// Functions run at once by one `all`: each is a coroutine and a task.
    static let allFunctionsMax = 1000

    /// `all { f, g, … }`: runs functions at once, waits for all, and returns the first result of each.
    ///
    /// When one fails the others are cancelled, and its error is raised after they have ended.
    public static let concurrency = LuaLibrary(functions: [
        .awaiting("all") { call in
            let functions = try functions(of: call)
            return try await withThrowingTaskGroup(of: (Int, LuaValue).self) { group in
                for (index, function) in functions.enumerated() {
                    group.addTask { (index, try await call.invoke(function).first ?? .nil) }
                }
                var results = [LuaValue](repeating: .nil, count: functions.count)
                // Throwing out of the group cancels the others and waits for them.
                for try await (index, value) in group { results[index] = value }
                return results
            }
        }
    ])

    private static func functions(of call: LuaCall) throws -> [LuaFunction] {
        guard let items = call[0].tableValue?.array, call[0].tableValue?.fields.isEmpty == true else {
            throw LuaHostError(code: "bad_argument", message: "all: expected a list of functions")
        }
        guard items.count <= allFunctionsMax else {
            throw LuaHostError(code: "bad_argument", message: "all: more than \(allFunctionsMax) functions")
        }
        return try items.enumerated().map { index, item in
            guard let function = item.functionValue else {
                throw LuaHostError(
                    code: "bad_argument", message: "all: item \(index + 1) is a \(item.typeName), not a function")
            }
            return function
        }
    }
}
