"""RSS, Atom and WordPress exports: which elements are copy, how words are written in them, and hostile XML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit
from corrigenda.settings import ReadingOptions

TEXT = ReadingOptions(field_format="text")
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><title>Port news</title>
<link>https://a.b/</link><language>en</language>
<!-- corrigenda: ignore house -->
<item><title>Ferry &#8217;s late &amp; slow</title><category>Sea</category><guid>a-1</guid>
<description>It left.</description><c:encoded><![CDATA[It <left> & went]]>]]<![CDATA[.]]></c:encoded></item>
<item><title>Two</title><description/></item></channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Port</title><id>x</id>
<entry><title type="text">One</title><summary type="html">It &lt;b&gt;left&lt;/b&gt;.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It is <em>late</em>.</p></div></content></entry>
<entry><title>Two</title><content type="image/png">iVBORw0</content></entry></feed>
"""
WXR = """<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item><title>Article</title><content:encoded><![CDATA[One is here.

[caption id="1" width="2"]Two is here.[/caption]]]></content:encoded>
<excerpt:encoded><![CDATA[Short.]]></excerpt:encoded>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Menu</title><wp:post_type>nav_menu_item</wp:post_type></item>
<item><title>Gone</title><wp:status>trash</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>
"""


def read(text: str, options: ReadingOptions = TEXT) -> Document:
    return registry.read_bytes(text.encode(), "a.rss", "rss", options=options)


def words(document: Document) -> list[str]:
    return [block.view.text for block in document.blocks]


def test_titles_and_texts_of_a_feed_are_read() -> None:
    document = read(RSS)
    assert words(document) == ["Port news", "Ferry ’s late & slow", "It left.", "It <left> & went]].", "Two"]
    assert [block.kind.value for block in document.blocks][:3] == ["heading", "heading", "prose"]
    labels = [(part.label, part.record) for part in document.embedded]
    assert labels[0] == ("title", 1) and labels[3] == ("item 1, content:encoded", 2)
    assert [one.text for one in document.directives] == ["ignore house"]
    assert document.locate(document.text.index("left")).line == 6


def test_named_elements_are_read_and_no_others() -> None:
    assert words(read(RSS, ReadingOptions(("item.category",), (), "text"))) == ["Sea"]
    with pytest.raises(Unreadable, match="No element of this file is called 'body'"):
        read(RSS, ReadingOptions(("body",)))


def test_what_wordpress_exports_is_read_without_menus_and_the_bin() -> None:
    document = read(WXR)
    assert words(document)[0] == "Article" and "Menu" not in words(document) and "Gone" not in words(document)
    masked = [document.text[span.start : span.end] for span in document.masked]
    assert '[caption id="1" width="2"]' in masked and any(m.startswith("[/caption]") for m in masked)


def corrected(text: str, old: str, new: str, options: ReadingOptions = TEXT) -> str:
    document = read(text, options)
    start = document.text.index(old)
    edit = registry.spelled(document, Edit(start, start + len(old), new))
    data = registry.written(text.encode(), document, [edit]).decode()
    assert data == registry.edited(document, [edit]).text
    assert registry.harmless(document, [edit]) == [edit]
    return data


def test_a_correction_is_written_as_the_element_has_it() -> None:
    assert corrected(RSS, "slow", "<so> & so") == RSS.replace("slow", "&lt;so&gt; &amp; so")
    assert corrected(RSS, "went", "came & <b>") == RSS.replace("went", "came & <b>")
    assert corrected(RSS, "went", "]]>") == RSS.replace("went", "]]]]><![CDATA[>")
    assert words(read(corrected(RSS, "went", "]]>")))[3] == "It <left> & ]]>]]."


def test_html_in_a_feed_keeps_its_places() -> None:
    plain = ReadingOptions()
    document = read(ATOM, plain)
    assert words(document) == ["Port", "One", "It left.", "It is late.", "Two"]
    late = document.blocks[3]
    span = late.view.to_document(6, 10)
    assert document.text[span.start : span.end] == "late"
    assert corrected(ATOM, "left", "left & went", plain) == ATOM.replace("left", "left &amp;amp; went")
    assert corrected(ATOM, "late", "late & slow", plain) == ATOM.replace("late", "late &amp; slow")
    assert corrected(WXR, "Two is", "Two & three are", plain) == WXR.replace("Two is", "Two &amp; three are")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<rss><channel>", "The XML of the file is damaged at line 1"),
        ('<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>', "XML bomb"),
        (
            '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>',
            "is another file, which is not opened",
        ),
        ("<rss>" + "<a>" * 100_000, "more than 500 deep"),
        ('<?xml version="1.0" encoding="utf-16"?><rss/>', "claims to be in utf-16, but it is not"),
    ],
)
def test_hostile_xml_is_refused_in_one_line(text: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told) as caught:
        read(text)
    assert "\n" not in caught.value.message


texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30).filter(str.strip)


@given(texts, texts, st.sampled_from(["plain", "references", "cdata"]), st.sampled_from(["utf-8", "utf-16"]), st.data())
def test_any_words_in_any_spelling(said: str, new: str, how: str, codec: str, data: st.DataObject) -> None:
    if how == "cdata":
        inner = "<![CDATA[" + said.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    else:
        inner = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if how == "references":
        inner = "".join(f"&#{ord(c)};" for c in said)
    head = f'<?xml version="1.0" encoding="{codec}"?>\r\n'
    raw = f"{head}<rss><item><guid>{inner}</guid><title>{inner}</title></item></rss>"
    bytes_ = raw.encode(codec)
    document = registry.read_bytes(bytes_, "a.rss", "rss", options=TEXT)
    assert registry.written(bytes_, document, []) == bytes_
    part = document.embedded[0]
    assert part.view.text == said
    at = data.draw(st.integers(0, len(said) - 1))
    span = part.view.to_document(at, at + 1)
    edit = registry.spelled(document, Edit(span.start, span.end, new))
    after = registry.edited(document, [edit])
    if new != inner[span.start - part.start : span.end - part.start]:
        assert after.embedded[0].view.text == said[:at] + new + said[at + 1 :]
    assert after.text.startswith(document.text[: part.start]) and after.text.endswith(document.text[part.end :])
