/// A promise that a store did not keep, and the line of the suite that found out.
public struct ConformanceFailure: Error, CustomStringConvertible {
    public var description: String

    init(_ message: String, file: StaticString, line: UInt) {
        description = "\(message) (\(file):\(line))"
    }
}

func expect(_ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line) throws {
    guard condition else { throw ConformanceFailure(message(), file: file, line: line) }
}

func expectEqual<Value: Equatable>(
    _ actual: Value, _ expected: Value, _ what: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) throws {
    guard actual == expected else {
        throw ConformanceFailure("\(what()): expected \(expected), got \(actual)", file: file, line: line)
    }
}

func expectValue<Value>(
    _ value: Value?, _ what: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) throws -> Value {
    guard let value else { throw ConformanceFailure("\(what()): expected a value, got none", file: file, line: line) }
    return value
}
