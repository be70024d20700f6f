import Foundation

/// Words for errors of the file system.
package enum FileFailure {
    /// What the system says, such as "Permission denied": Foundation's own sentences hide it and say less.
    package static func reason(_ error: any Error) -> String {
        let error = error as NSError
        let cause = (error.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? error
        guard cause.domain == NSPOSIXErrorDomain, let code = Int32(exactly: cause.code) else { return error.localizedDescription }
        return String(cString: strerror(code))
    }
}
