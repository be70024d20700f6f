import Foundation

/// The parts of the program that only its start needed: more than half of an idle engine's memory would be these pages of code.
enum StartupPages {
    /// Takes the program's code out of the process's memory. The pages stay in the system's file cache; what runs again is mapped again
    /// on its first use, without a read. Call it once, when the start is over. Does nothing where the system has no `/proc`.
    ///
    /// Only mappings of code are given back (`madvise(2)`, `MADV_DONTNEED`): nothing ever writes to them, so their files have all that
    /// is in them. What the system says to it does not matter.
    static func release() {
        #if os(Linux)
            // By a handle: what reads a file as a whole stops at the first short read, of which this file has many.
            guard let maps = try? FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd() else { return }
            for line in String(decoding: maps, as: UTF8.self).split(separator: "\n") {
                guard let range = codeRange(inMap: line), let start = UnsafeMutableRawPointer(bitPattern: range.lowerBound) else { continue }
                _ = madvise(start, range.count, MADV_DONTNEED)
            }
        #endif
    }

    /// - Parameter line: of `/proc/self/maps`, proc_pid_maps(5): `55d0a000-55d0c000 r-xp 00002000 08:02 135522 /usr/bin/dbus-daemon`.
    /// - Returns: nil when the mapping is not code from a file.
    static func codeRange(inMap line: some StringProtocol) -> Range<UInt>? {
        let fields = line.split(separator: " ")
        guard fields.count >= 6, fields[1] == "r-xp", fields[5].hasPrefix("/") else { return nil }
        let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        return bounds.count == 2 && bounds[0] < bounds[1] ? bounds[0]..<bounds[1] : nil
    }
}
