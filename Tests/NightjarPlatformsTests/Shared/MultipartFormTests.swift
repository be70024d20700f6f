import NightjarEngine
import Testing

@testable import NightjarPlatforms

@Suite struct MultipartFormTests {
    @Test func `A form has its fields, then its file`() {
        let file = OutboundFile(name: #"a "b".csv"#, type: "text/csv", content: Array("1,2".utf8))
        let form = MultipartForm(
            fields: [(name: "x", value: "1", type: nil), (name: "y", value: "{}", type: "application/json")], fileField: "f",
            file: file)
        let boundary = String(form.contentType.dropFirst("multipart/form-data; boundary=".count))
        let lines = [
            "--\(boundary)", #"Content-Disposition: form-data; name="x""#, "", "1", "--\(boundary)",
            #"Content-Disposition: form-data; name="y""#, "Content-Type: application/json", "", "{}", "--\(boundary)",
            #"Content-Disposition: form-data; name="f"; filename="a %22b%22.csv""#, "Content-Type: text/csv", "", "1,2",
            "--\(boundary)--", "",
        ]
        #expect(String(decoding: form.bytes, as: UTF8.self) == lines.joined(separator: "\r\n"))
    }

    @Test func `A media type begins no other header`() {
        let file = OutboundFile(name: "a", type: "text/plain\r\nX-Evil: 1", content: [1])
        let form = MultipartForm(fields: [], fileField: "f", file: file)
        #expect(!String(decoding: form.bytes, as: UTF8.self).contains("X-Evil"))
    }

    @Test(arguments: [
        ("https://files.slack.com/x", true), ("https://slack.com/x", true), ("http://files.slack.com/x", false),
        ("https://files.slack.com.evil.example/x", false), ("https://evilslack.com/x", false),
        ("https://me@slack.com/x", false),
        ("https://slack.com:444/x", false), ("http://127.0.0.1:8080/x", true), ("http://127.0.0.1:8081/x", false),
        ("file:///etc/passwd", false),
        ("", false),
    ])
    func `A token goes to the vendor's hosts alone`(url: String, isKnown: Bool) {
        #expect(FileReader.isKnown(url, hosts: ["slack.com"], api: "http://127.0.0.1:8080/api") == isKnown)
    }
}
