import Testing

@testable import NightjarPlatforms

@Suite struct TelegramPlainTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("<b>bold</b> and <code>x</code>", "bold and x"), ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&quot;q&quot; &#65;&#x42;", "\"q\" AB"), ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"), ("<b>not closed", "not closed"),
        ("<a href=\"https://x.org/?a=1&amp;b=2\">link</a>", "link"), ("&amp;lt;", "&lt;"), ("&nosuch; &", "&nosuch; &"),
        ("<", "<"), ("<>", "<>"), ("</b>", ""), ("x <b and <i>y</i>", "x <b and y"), ("&#xD800;&#99999999;", "&#xD800;&#99999999;"),
        ("<b></b>", ""), ("👩‍👩‍👧 <i>שלום</i>", "👩‍👩‍👧 שלום"),
    ])
    func tagsGoAndEntitiesAreWhatTheyStandFor(html: String, text: String) {
        #expect(TelegramPlainText.of(html: html) == text)
    }

    @Test(arguments: [("", true), (" \n", true), ("<b> </b>", true), ("&#32;", true), ("<b>x</b>", false), ("<", false)])
    func blankIsWhatShowsNothing(html: String, isBlank: Bool) {
        #expect(TelegramPlainText.isBlank(html: html) == isBlank)
    }
}
