"""DocBook, DITA, and XML that its root element tells: what is read, what is masked, what a correction changes."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import RegionKind
from tests.conftest import Corrigenda
from tests.documents.markup.holding import corrected, files, harmless, hold, in_time, judged, read, shown

DOCBOOK = """\
<?xml version="1.0" encoding="utf-8"?>
<article xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="en">
  <info>
    <title>The storm of <emphasis>Tarn</emphasis></title>
    <author><personname>Anna Lind teh</personname></author>
    <abstract><para>A short summary of it.</para></abstract>
  </info>
  <!-- corrigenda: ignore names -->
  <section xml:id="teh">
    <title>Ferries &amp; boats</title>
    <para>Ferries were <emphasis>cancelled</emphasis> after a storm<footnote><para>A note with
      words.</para></footnote>, <link xlink:href="https://example.org" xmlns:xlink="http://www.w3.org/1999/xlink">the
      council</link> said.<indexterm><primary>teh</primary></indexterm> See <code>teh</code>, <xref linkend="teh"/> and
      <quote>quoted</quote> caf&#233;&nbsp;<![CDATA[a < b & c]]>.</para>
    <itemizedlist><listitem><para>warm clothes</para></listitem><listitem><simpara>a torch</simpara></listitem></itemizedlist>
    <programlisting>teh = 1</programlisting>
    <note><para>Bring a coat.</para></note>
    <blockquote><attribution>The mayor</attribution><para>Nobody was hurt.</para></blockquote>
    <figure><title>A boat</title><mediaobject><imageobject><imagedata fileref="teh.png"/></imageobject>
      <textobject><phrase>A boat on the beach</phrase></textobject></mediaobject></figure>
    <table><title>Boats by island</title><tgroup cols="2"><tbody><row><entry>Tarn</entry><entry>two</entry></row></tbody></tgroup></table>
    <para>Before <informalequation><mathphrase>teh</mathphrase></informalequation> it.</para>
  </section>
</article>
"""  # noqa: E501

DITA = """\
<?xml version="1.0"?>
<!DOCTYPE task PUBLIC "-//OASIS//DTD DITA Task//EN" "task.dtd">
<task id="teh" xml:lang="en-GB">
  <title>Boarding the <i>Tarn</i></title>
  <shortdesc>A short summary of it.</shortdesc>
  <prolog><author>teh</author></prolog>
  <taskbody>
    <context><p>Ferries wait, see
      <xref href="teh.dita">the list</xref><fn>A note.</fn> and <codeph>teh</codeph>.</p></context>
    <steps><step><cmd>Press <uicontrol>Teh</uicontrol>.</cmd><info>It opens.</info></step></steps>
    <result>You are on board.<codeblock>teh = 1</codeblock>And so on.</result>
  </taskbody>
</task>
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_a_reader_of_docbook_sees(newline: str) -> None:
    document = read(DOCBOOK, "docbook", newline=newline)
    assert shown(document) == [
        ("heading", "The storm of Tarn"),
        ("prose", "A short summary of it."),
        ("heading", "Ferries & boats"),
        (
            "prose",
            "Ferries were cancelled after a storm, the council said. See teh, \ufffc and “quoted” café\u00a0a < b & c.",
        ),
        ("prose", "A note with words."),
        ("list", "warm clothes"),
        ("list", "a torch"),
        ("prose", "Bring a coat."),
        ("quotation", "The mayor"),
        ("quotation", "Nobody was hurt."),
        ("caption", "A boat"),
        ("caption", "A boat on the beach"),
        ("caption", "Boats by island"),
        ("table", "Tarn"),
        ("table", "two"),
        ("prose", "Before it."),
    ]
    assert not re.search("(?i)teh|Lind|https", judged(document))
    assert [directive.text for directive in document.directives] == ["ignore names"]
    assert document.language == "en"
    assert document.regions_of(RegionKind.EMPHASIS)


def test_what_a_reader_of_dita_sees() -> None:
    document = read(DITA, "dita")
    assert shown(document) == [
        ("heading", "Boarding the Tarn"),
        ("prose", "A short summary of it."),
        ("prose", "Ferries wait, see the list and teh."),
        ("prose", "A note."),
        ("prose", "Press Teh."),
        ("prose", "It opens."),
        ("prose", "You are on board."),
        ("prose", "And so on."),
    ]
    assert not re.search("(?i)teh", judged(document)) and document.language == "en-GB"


def test_a_correction_is_written_with_references() -> None:
    document = read(DOCBOOK, "docbook")
    changed = corrected(document, "warm clothes", 'a "warm" <coat> & more')
    assert 'a "warm" &lt;coat&gt; &amp; more</para>' in changed
    ElementTree.fromstring(changed.replace("&nbsp;", "&#160;"))
    assert "Ferries and boats" in corrected(document, "Ferries & boats", "Ferries and boats")
    assert "<![CDATA[a > b & c]]>" in corrected(document, "a < b", "a > b")


def test_what_programs_read_is_not_changed_safely() -> None:
    document = read(DOCBOOK, "docbook")
    assert harmless(document, "warm clothes", "warm, dry clothes")
    assert not harmless(document, "teh = 1", "the = 1")
    assert not harmless(document, "warm clothes", "<b/>")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (DOCBOOK, "docbook"),
        (DITA, "dita"),
        ("<topic><title>A</title></topic>", "dita"),
        ('<topic xmlns="http://docbook.org/ns/docbook"><title>A</title></topic>', "docbook"),
        ("<rss><channel><title>A</title></channel></rss>", "rss"),
        ('<resources><string name="a">The port.</string></resources>', "android"),
    ],
)
def test_the_root_element_says_which_format_it_is(text: str, name: str) -> None:
    data = text.encode()
    document = hold(registry.read_bytes(data, "a.xml", "xml"))
    assert document.format == name
    assert registry.written(data, document, []) == data


@pytest.mark.parametrize("text", ["<pom:project xmlns:pom='a'/>", "", "<a", "no XML", "<a><b></a>"])
def test_other_xml_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        registry.read_bytes(text.encode(), "a.xml", "xml")
    assert "\n" not in refused.value.message and "Traceback" not in refused.value.message


def test_xml_in_folders_is_left_alone(tmp_path: Path, corrigenda: Corrigenda) -> None:
    (tmp_path / "a.xml").write_text(DOCBOOK, "utf-8")
    (tmp_path / "b.dbk").write_text(DOCBOOK, "utf-8")
    done = corrigenda("check", ".", "--format", "json", "--fail-on", "never")
    assert "b.dbk" in done.out and "a.xml" not in done.out
    assert "a.xml" in corrigenda("check", "a.xml", "--format", "json", "--fail-on", "never").out


def test_real_documents_are_read() -> None:
    folders = (Path("/usr/share/doc"), Path("/usr/share/xml"), Path("/usr/share/help"), Path("/usr/share/gtk-doc"))
    paths = [*files("*.docbook", *folders), *files("*.dbk", *folders), *files("*.dita", *folders)]
    for path in paths:
        data = path.read_bytes()
        try:
            document = hold(registry.read_bytes(data, path.name, "docbook" if path.suffix != ".dita" else "dita"))
        except Unreadable as error:
            assert "\n" not in error.message
            continue
        assert registry.written(data, document, []) == data
        assert "</" not in judged(document), path


@given(
    st.lists(
        st.sampled_from(
            "a <para> </para> <emphasis> </emphasis> <footnote> </footnote> <code> </code> <title> </title> "
            "<indexterm> </indexterm> <programlisting> </programlisting> <xref/> <!--b--> <?c?> <![CDATA[d]]> &amp; "
            "&eacute; &x; <quote> </quote>".split()
        ),
        max_size=30,
    )
)
def test_any_text_is_read_or_refused(pieces: list[str]) -> None:
    data = ("<!DOCTYPE article><article>" + " ".join(pieces) + "</article>").encode()
    try:
        document = hold(registry.read_bytes(data, "a.dbk", "docbook"))
    except Unreadable as error:
        assert "\n" not in error.message
        return
    assert registry.written(data, document, []) == data


def test_hostile_texts_cost_what_they_are_long() -> None:
    deep = "<article>" + "<para>" * 300 + "a" + "</para>" * 300 + "</article>"
    texts = {
        "deep": deep,
        "too deep": deep.replace("<para>", "<para>" * 10),
        "notes": "<article><para>" + "<footnote><para>a</para></footnote> b" * 20_000 + "</para></article>",
        "nested notes": "<article>" + "<para>a<footnote>" * 200 + "</footnote></para>" * 200 + "</article>",
        "tags": "<article><para>" + "<emphasis>a</emphasis> " * 50_000 + "</para></article>",
        "codes": "<article><para>" + "<code>a</code> <xref/>" * 30_000 + "</para></article>",
        "references": "<article><para>" + "&amp;" * 100_000 + "</para></article>",
        "bomb": '<!DOCTYPE article [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><article><para>&b;</para></article>',
        "external": '<!DOCTYPE article [<!ENTITY a SYSTEM "file:///etc/passwd">]><article><para>&a;</para></article>',
    }
    in_time("docbook", texts)
