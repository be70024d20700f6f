import Testing

@testable import nightjar

@Suite struct StartupPagesTests {
    @Test(
        arguments: [
            (
                "7ff570e00000-7ff5713d3000 r-xp 000a4000 fe:00 2268                       /usr/lib/libswiftCore.so",
                0x7ff5_70e0_0000..<0x7ff5_713d_3000
            ),
            ("1000-2000 r-xp 00000000 08:02 135522 /a path/with spaces", 0x1000..<0x2000),
            // What is written to, private memory, and code of no file stay.
            ("1000-2000 rw-p 00000000 08:02 135522 /usr/bin/nightjar", nil),
            ("1000-2000 r--p 00000000 08:02 135522 /usr/bin/nightjar", nil),
            ("1000-2000 rwxp 00000000 08:02 135522 /usr/bin/nightjar", nil),
            ("1000-2000 r-xp 00000000 00:00 0", nil),
            ("1000-2000 r-xp 00000000 00:00 0 [vdso]", nil),
            ("2000-1000 r-xp 00000000 08:02 135522 /usr/bin/nightjar", nil),
            ("nonsense", nil),
        ] as [(String, Range<UInt>?)])
    func `Only code that a file holds is given back`(line: String, range: Range<UInt>?) {
        #expect(StartupPages.codeRange(inMap: line) == range)
    }
}
