import NightjarEngine
import Testing

@testable import NightjarServer

@Suite struct DateHeaderTests {
    @Test func textChangesWithTheSecond() {
        let header = DateHeader()
        #expect(header.text(at: Timestamp(milliseconds: 1_999)) == "Thu, 01 Jan 1970 00:00:01 GMT")
        #expect(header.text(at: Timestamp(milliseconds: 2_000)) == "Thu, 01 Jan 1970 00:00:02 GMT")
    }
}
