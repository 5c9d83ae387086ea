"""What a program reads in a line of Markdown, and CommonMark knows nothing of: masked, and not seen as markup."""

import time

import pytest

from corrigenda.documents.formats.markdown import parse
from corrigenda.documents.parts import RegionKind


def masked(text: str, name: str = "a.md") -> list[str]:
    document = parse(text, name)
    return [text[span.start : span.end] for span in document.masked]


def seen(text: str, name: str = "a.md") -> list[str]:
    return [block.view.text for block in parse(text, name).blocks]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("See ![[Old  quay.png]] here.", "![[Old  quay.png]]"),
        ("A name {{ site.title , x }} here.", "{{ site.title , x }}"),
        ('A call {{< figure src="a , b" >}} here.', '{{< figure src="a , b" >}}'),
        ("A tag {% include\n  x.html , y %} here.", "{% include\n  x.html , y %}"),
        ("A note {# not , shown #} here.", "{# not , shown #}"),
        ("A value <%= quay , 2 %> here.", "<%= quay , 2 %>"),
        ("A string ${quay , 2} here.", "${quay , 2}"),
        ("A word{: .note title='a , b' } here.", "{: .note title='a , b' }"),
        ("*A word*{.note} here.", "{.note}"),
        ("A button{ .md-button #go width='2 , 3' } here.", "{ .md-button #go width='2 , 3' }"),
        ("The sum $a_1 , b$ here.", "$a_1 , b$"),
        ("The sum $$x , y$$ here.", "$$x , y$$"),
        (r"The sum \( a , b \) here.", r"\( a , b \)"),
        (r"The sum \[ a , b \] here.", r"\[ a , b \]"),
        ("The sum $quay , mole$ here.", "$quay , mole$"),
        ("The sum\n\\begin{align*}\nquay , mole\n\\end{align*}\nhere.", "\\begin{align*}\nquay , mole\n\\end{align*}"),
        ("A role {term}`quay` here.", "{term}`quay`"),
        ("As he says [@berg , p. 3] here.", "[@berg , p. 3]"),
        ("A <Badge label={'a , b'} on>word</Badge> here.", "<Badge label={'a , b'} on>"),
        ("import {\n  Quay ,\n  Ship\n} from './quay'", "import {\n  Quay ,\n  Ship\n} from './quay'"),
    ],
)
def test_what_a_program_reads_is_masked(text: str, hidden: str) -> None:
    document = parse(text, "a.md")
    start = text.index(hidden)
    assert all(document.is_masked(at, at + 1) for at in range(start, start + len(hidden)))
    assert not document.is_masked(0, 1) or text == hidden


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 or A$6, and US$ 7 in all.",
        "He paid $5 million in cash, and she US$ 7.",
        r"A word \(see the old quay below\) here.",
        r"A word \[and so on\] here.",
        "A set {the quay , the mole} here.",
        "He wrote [[1](https://example.org/quay)",
        "The [@] key, and a < b.",
    ],
)
def test_copy_is_read(text: str) -> None:
    assert not any("quay" in stretch.split("/") or " " in stretch for stretch in masked(text))


def test_expressions_are_those_of_mdx() -> None:
    text = "A set {the , mole} here, <Tabs items={['a , b']}>and here</Tabs>, <>x</> {/* no , copy */}."
    assert seen(text, "a.mdx") == ["A set here, and here, x."]
    assert "{the , mole}" in seen(text, "a.md")[0]
    nested = "He {ok ? `a } , b` : {c: '} ,'}} left."
    assert seen(nested, "a.mdx") == ["He left."]


def test_code_spans_come_first() -> None:
    text = "Write `{{ a` and `}} b , c` or ``a ` ${``, then } , here."
    assert masked(text) == ["`{{ a`", "`}} b , c`", "``a ` ${``"]


def test_a_wiki_link_shows_its_label_or_else_its_target() -> None:
    document = parse("See [[Plan , 2024]] and [[Plan  B|the plan]].", "a.md")
    assert [block.view.text for block in document.blocks] == ["See Plan , 2024 and the plan."]
    assert [document.text[r.start : r.end] for r in document.regions_of(RegionKind.LABEL)] == ["Plan , 2024"]
    assert document.is_masked(document.text.index("Plan  B"), document.text.index("|"))


def test_the_words_of_a_reference_are_its_key() -> None:
    text = "See [the plan], [the map][], [a chart][map] and [the quay].\n\n[the plan]: /p\n[the map]: /m\n[map]: /c\n"
    document = parse(text, "a.md")
    assert [text[r.start : r.end] for r in document.regions_of(RegionKind.LABEL)] == ["the plan", "the map"]


def test_a_term_and_its_definitions_are_blocks_of_their_own() -> None:
    text = "Quay\n: A wall for ships\n:   Where they moor\n  and wait\n\n: A late one\n"
    assert seen(text) == ["Quay", "A wall for ships", "Where they moor and wait", "A late one"]
    assert seen("The time\n:smile: and 10\n:30") == ["The time :smile: and 10 :30"]


@pytest.mark.parametrize("mark", ["[!NOTE]", "[!tip]-", "**Warning**", "**Note:**", "Note:", "[!info|wide]+"])
def test_an_alert_is_no_quotation(mark: str) -> None:
    document = parse(f"> {mark} \n> The quay is full.\n>\n> Nobody came.\n", "a.md")
    assert not document.regions_of(RegionKind.QUOTATION)
    assert {block.kind for block in document.blocks} == {RegionKind.PROSE}
    assert document.blocks[-1].view.text == "Nobody came."


@pytest.mark.parametrize("text", ["> Noted: he left.\n", "> **Warning signs** were up.\n", "> [the quay] is full.\n"])
def test_a_quotation_stays_one(text: str) -> None:
    assert parse(text, "a.md").blocks[0].kind is RegionKind.QUOTATION


def test_a_heading_at_the_very_end_is_read() -> None:
    assert seen("# Quay") == ["Quay"]


@pytest.mark.parametrize(
    "piece", ["{{ a ", "${", "$a", "[[a", "{:", "<%", "`a ``", r"\(", "{a='", "<A b={", "{", "[@", "\n: ", "![["]
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    for name in ("a.md", "a.mdx"):
        started = time.process_time()
        parse(piece * 20_000, name)
        assert time.process_time() - started < 10, piece


@pytest.mark.parametrize("text", ["The ** main square ** was empty.", "**Note: **The quay.", "Rooms * and * more _ ."])
def test_marks_that_a_space_keeps_from_being_read_are_text(text: str) -> None:
    assert seen(text) == [text]
    assert not parse(text, "a.md").regions_of(RegionKind.EMPHASIS)
