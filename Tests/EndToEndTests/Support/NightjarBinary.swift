import Foundation

/// The program under test.
enum NightjarBinary {
    /// The one that was built with the tests, or the one that `NIGHTJAR_BINARY` names.
    static let path = ProcessInfo.processInfo.environment["NIGHTJAR_BINARY"] ?? besideTheTests("nightjar")
    /// The one that shows it with a stand-in.
    static let tryPath = besideTheTests("nightjar-try")

    private static func besideTheTests(_ name: String) -> String {
        let arguments = CommandLine.arguments
        // macOS runs a test bundle with a helper, which is told where the bundle is; elsewhere the bundle is the program itself.
        if let option = arguments.firstIndex(of: "--test-bundle-path"), option + 1 < arguments.count {
            let bundle = URL(fileURLWithPath: arguments[option + 1]).path
            if let end = bundle.range(of: ".xctest") {
                return URL(fileURLWithPath: String(bundle[..<end.upperBound])).deletingLastPathComponent().appending(path: name).path
            }
        }
        return URL(fileURLWithPath: arguments[0]).deletingLastPathComponent().appending(path: name).path
    }
}
