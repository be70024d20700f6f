import Foundation
import NightjarEngine
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A Python in which the vendors' own packages are installed: `scripts/test` makes one, and names it in `NIGHTJAR_VENDOR_PYTHON`.
enum VendorPython {
    static let path = ProcessInfo.processInfo.environment["NIGHTJAR_VENDOR_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
    static let isThere = path != nil
    private static let outputBytesMax = 1 << 20

    struct Disagreement: Error, CustomStringConvertible {
        var description: String
    }

    /// Runs a script of the folder `Agreement`.
    /// - Throws: ``Disagreement`` with what it said, when it fails.
    static func run(_ script: String, _ arguments: [String], input: JSONValue) async throws {
        let file = URL(fileURLWithPath: #filePath).appending(path: "../../Agreement/\(script)").standardizedFileURL.path
        let result = try await Subprocess.run(
            .path(FilePath(path ?? "python3")), arguments: Arguments([file] + arguments), input: .string(input.text),
            output: .string(limit: outputBytesMax), error: .string(limit: outputBytesMax))
        guard result.terminationStatus == .exited(0) else {
            throw Disagreement(description: "\(script): \(result.standardOutput)\(result.standardError)")
        }
    }
}
