"""Suppression comments silence what they name, and say so when they silence nothing."""

import pytest

from corrigenda.documents import registry as reading
from corrigenda.documents.document import Document
from corrigenda.finding import Finding, Severity
from corrigenda.pipeline.suppression import MALFORMED, UNKNOWN, UNUSED, find, remarks, silence, without_twins

KNOWN = ("artefacts/calque", "artefacts/lost-by", "cleanup/caption")


def finding(text: str, quote: str, check: str = "artefacts/calque") -> Finding:
    start = text.index(quote)
    return Finding(
        check, "style/unidiomatic", Severity.WARNING, 0.7, start, start + len(quote), 1, start + 1, quote, "Said."
    )


def resolve(name: str) -> str | None:
    name = name.rstrip("/")
    return name if any(check == name or check.startswith(name + "/") for check in KNOWN) else None


def apply(document: Document, findings: list[Finding]) -> list[Finding]:
    """What comments leave, and what is said of them, in a run in which every check could do its work."""
    comments = find(document)
    left = silence(comments, findings, resolve)
    return [*left.kept, *remarks(comments, left.used, resolve, lambda name: True)]


def left(text: str, quote: str, check: str = "artefacts/calque", markup: str = "markdown") -> list[str]:
    document = reading.read_bytes(text.encode(), "a", markup)
    return [kept.check for kept in apply(document, [finding(document.text, quote, check)])]


@pytest.mark.parametrize(
    "text",
    [
        "A fair <!-- corrigenda: ignore --> on the territory of a port.\n",
        "A fair on the territory of a port. <!-- corrigenda: ignore artefacts/calque -->\n",
        "<!-- corrigenda: ignore artefacts -->\nA fair on the territory of a port.\n",
        "<!-- corrigenda: ignore artefacts/calque — his words -->\n\nIt stood on the territory of a port.\n",
        "<!-- corrigenda: ignore artefacts/lost-by, artefacts/calque because he said so -->\non the territory of.\n",
        "<!-- corrigenda: ignore-file -->\n\nOne.\n\nTwo.\n\nA fair on the territory of a port.\n",
        "One.\n\nA fair on the territory of a port.\n\n<!-- corrigenda: ignore-file artefacts/calque -->\n",
        "<!-- corrigenda: ignore-block artefacts/calque -->\n\nA line,\na second,\nand on the territory of a port.\n",
    ],
)
def test_silenced(text: str) -> None:
    assert left(text, "on the territory of") == []


@pytest.mark.parametrize("lead", ["%%", "//", "#"])
def test_silenced_in_plain_text(lead: str) -> None:
    text = f"One.\n\n{lead} corrigenda: ignore artefacts/calque\nA fair on the territory of a port.\n"
    assert left(text, "on the territory of", markup="text") == []


@pytest.mark.parametrize(
    "text",
    [
        "<!-- corrigenda: ignore artefacts/lost-by -->\nA fair on the territory of a port.\n",
        "<!-- corrigenda: ignore artefacts/calque -->\nOne.\n\nA fair on the territory of a port.\n",
        "<!-- corrigenda: ignore-block artefacts/calque -->\n\nOne.\n\nA fair on the territory of a port.\n",
        "- a\n\n  <!-- corrigenda: ignore-block artefacts/calque -->\n  - b\n\n- A fair on the territory of a port.\n",
        "A fair on the territory of a port.\n\n<!-- corrigenda: ignore artefacts/calque -->\n",
        "<!-- corrigenda: ignore artefacts/cal -->\nA fair on the territory of a port.\n",
    ],
)
def test_what_a_comment_does_not_cover_stays_and_the_comment_is_told(text: str) -> None:
    checks = left(text, "on the territory of")
    assert "artefacts/calque" in checks
    assert len(checks) == 2 and checks[1] in (UNUSED, UNKNOWN)


def test_an_unknown_check_is_told_by_its_name() -> None:
    document = reading.read_bytes(b"<!-- corrigenda: ignore artefacts/calqe -->\nA port.\n", "a", "markdown")
    remark = apply(document, [])[0]
    assert remark.check == UNKNOWN and "artefacts/calqe" in remark.message
    assert remark.quote == document.text[remark.start : remark.end] == "<!-- corrigenda: ignore artefacts/calqe -->"


def test_two_comments_that_cover_the_same_are_both_used() -> None:
    text = "<!-- corrigenda: ignore-file artefacts -->\n\nOn the territory of. <!-- corrigenda: ignore -->\n"
    assert left(text, "On the territory of") == []


def test_a_comment_that_only_looks_so() -> None:
    document = reading.read_bytes(b"He said corrigenda: ignore this.\n", "a", "text")
    assert find(document) == ()


@pytest.mark.parametrize("name", ["Artefacts/Calque", "artefacts/calqe", "calque!", "artéfacts", "all"])
def test_a_name_that_is_no_check_silences_nothing_and_is_an_error(name: str) -> None:
    text = f"<!-- corrigenda: ignore {name} — his words -->\nA fair on the territory of a port.\n"
    document = reading.read_bytes(text.encode(), "a", "markdown")
    found = apply(document, [finding(document.text, "on the territory of", "artefacts/lost-by")])
    assert [(one.check, one.severity) for one in found] == [
        ("artefacts/lost-by", Severity.WARNING),
        (UNKNOWN, Severity.ERROR),
    ]


def test_a_right_name_beside_a_wrong_one_does_its_work() -> None:
    text = "<!-- corrigenda: ignore artefacts/calque, artefacts/nothing -->\nA fair on the territory of a port.\n"
    assert left(text, "on the territory of") == [UNKNOWN]


def test_a_comment_is_not_called_unused_when_its_check_could_not_run() -> None:
    text = "<!-- corrigenda: ignore artefacts/calque -->\nA port.\n\n<!-- corrigenda: ignore -->\nA port.\n"
    comments = find(reading.read_bytes(text.encode(), "a", "markdown"))
    everything = remarks(comments, frozenset(), resolve, lambda name: True)
    assert [remark.check for remark in everything] == [UNUSED, UNUSED]
    assert remarks(comments, frozenset(), resolve, lambda name: False) == []
    assert remarks(comments, frozenset(), resolve, lambda name: name != "") == everything[:1]


CALQUE = "A fair on the territory of a port."


@pytest.mark.parametrize(
    "text",
    [
        f"- <!-- corrigenda: ignore artefacts -->\n  {CALQUE}\n",
        f"1. <!-- corrigenda: ignore artefacts because he said so -->\n   {CALQUE}\n",
        f"- [ ] <!-- corrigenda: ignore -->\n      {CALQUE}\n",
        f"> <!-- corrigenda: ignore artefacts -->\n> {CALQUE}\n",
        f"> <!-- corrigenda: ignore artefacts -->\n>\n> {CALQUE}\n",
        f"> - <!-- corrigenda: ignore\n>   artefacts -->\n>   {CALQUE}\n",
        f"<!--\ncorrigenda: ignore artefacts because of a reason\nof two lines\n-->\n{CALQUE}\n",
        f"<!-- corrigenda:\n  ignore artefacts/calque,\n  artefacts/lost-by\n-->\n\n{CALQUE}\n",
        f"<!-- corrigenda: ignore artefacts/lost-by -->\n<!-- corrigenda: ignore artefacts/calque -->\n{CALQUE}\n",
        f"{CALQUE} <!-- corrigenda: ignore artefacts/calque - the poet wrote so -->\n",
        f"{CALQUE} <!-- corrigenda: ignore artefacts/calque; the poet wrote so -->\n",
        f"{CALQUE} <!-- corrigenda: ignore artefacts/calque (the poet wrote so) -->\n",
        f"{CALQUE} <!-- corrigenda: ignore artefacts/calque: the poet wrote so -->\n",
        f"{CALQUE} <!-- Corrigenda: Ignore artefacts/calque -->\n",
        f"# {CALQUE} <!-- corrigenda: ignore artefacts -->\n",
        f"*Note*: <!-- corrigenda: ignore artefacts --> {CALQUE}\n",
        f"| A | B |\n|---|---|\n| {CALQUE} <!-- corrigenda: ignore artefacts --> | x |\n",
        f"!!! note\n    <!-- corrigenda: ignore artefacts -->\n    {CALQUE}\n",
        f"[//]: # (corrigenda: ignore artefacts)\n\n{CALQUE}\n",
        f"%% corrigenda: ignore artefacts %%\n{CALQUE}\n",
        f"<!-- corrigenda: ignore-block artefacts -->\n- one item\n- {CALQUE}\n",
        f"<!-- corrigenda: ignore-block artefacts -->\n\n1. one item\n\n   - {CALQUE}\n",
        f"<!-- corrigenda: ignore-block artefacts -->\n\n| A | B |\n|---|---|\n| x | {CALQUE} |\n",
        f"<!-- corrigenda: ignore-block artefacts -->\n\n> One paragraph.\n>\n> {CALQUE}\n",
        f"<!-- corrigenda: ignore-block artefacts -->\n<table><tr><td>A</td>\n<td>{CALQUE}</td></tr></table>\n",
    ],
)
def test_silenced_wherever_a_comment_can_stand(text: str) -> None:
    assert [check for check in left(text, "on the territory of") if check != UNUSED] == []


@pytest.mark.parametrize(
    "text",
    [
        f"{{/* corrigenda: ignore artefacts because a title */}}\n{CALQUE}\n",
        f"{CALQUE} {{/* corrigenda: ignore artefacts */}}\n",
        f"{{/*\n  corrigenda: ignore artefacts\n*/}}\n\n{CALQUE}\n",
        f"{{/* corrigenda: ignore-block artefacts */}}\n\n- one item\n- {CALQUE}\n",
        f"<Tabs>\n  <TabItem>\n\n    {{/* corrigenda: ignore artefacts */}}\n    {CALQUE}\n\n  </TabItem>\n</Tabs>\n",
    ],
)
def test_silenced_in_mdx(text: str) -> None:
    document = reading.read_bytes(text.encode(), "a.mdx", "markdown")
    assert apply(document, [finding(document.text, "on the territory of")]) == []


@pytest.mark.parametrize(
    "text",
    [
        f"Write `<!-- corrigenda: ignore-file -->` at the top.\n\n{CALQUE}\n",
        f"```html\n<!-- corrigenda: ignore-file -->\n```\n\n{CALQUE}\n",
        f"~~~\n# corrigenda: ignore-file\n~~~\n\n{CALQUE}\n",
        f"    <!-- corrigenda: ignore-file -->\n\n{CALQUE}\n",
        f"# corrigenda: ignore-file\n\n{CALQUE}\n",
        f"// corrigenda: ignore-file\n\n{CALQUE}\n",
        f"<pre>\n<!-- corrigenda: ignore-file -->\n</pre>\n\n{CALQUE}\n",
        f"<code><!-- corrigenda: ignore-file --></code>\n\n{CALQUE}\n",
        f"```\n%% corrigenda: ignore-file\n```\n\n{CALQUE}\n",
        f"```js\n{{/* corrigenda: ignore-file\n*/}}\n```\n\n{CALQUE}\n",
        f"He wrote corrigenda: ignore-file.\n\n{CALQUE}\n",
        f"<!-- corrigenda found this in May -->\n\n{CALQUE}\n",
    ],
)
def test_what_is_no_comment_silences_nothing_and_is_no_fault(text: str) -> None:
    assert left(text, "on the territory of") == ["artefacts/calque"]


@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ("corrigenda ignore artefacts", "colon"),
        ("corrigenda ignore-file", "colon"),
        ("corrigenda - ignore", "colon"),
        ("corrigenda: off", "ignore-block"),
        ("corrigenda: disable artefacts", "ignore-block"),
        ("corrigenda: ignore-next-line artefacts", "ignore-block"),
        ("corigenda: ignore artefacts", "misspelt"),
    ],
)
def test_a_comment_that_says_it_wrongly_is_an_error(comment: str, says: str) -> None:
    text = f"<!-- {comment} -->\n{CALQUE}\n"
    document = reading.read_bytes(text.encode(), "a.md", "markdown")
    kept, remark = apply(document, [finding(document.text, "on the territory of")])
    assert kept.check == "artefacts/calque"
    assert (remark.check, remark.severity) == (MALFORMED, Severity.ERROR)
    assert says in remark.message and remark.quote == f"<!-- {comment} -->"


def test_mdx_has_no_comments_of_html() -> None:
    text = f"<!-- corrigenda: ignore artefacts -->\n{CALQUE}\n"
    document = reading.read_bytes(text.encode(), "a.mdx", "markdown")
    kept, remark = apply(document, [finding(document.text, "on the territory of")])
    assert (kept.check, remark.check) == ("artefacts/calque", MALFORMED)
    assert "{/*" in remark.message


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- corrigenda: ignore-block artefacts -->\n- one item\n\nA paragraph.\n\n{CALQUE}\n",
        f"<!-- corrigenda: ignore-block artefacts -->\n\n| A |\n|---|\n| x |\n\n{CALQUE}\n",
        f"- <!-- corrigenda: ignore artefacts -->\n  One line.\n- {CALQUE}\n",
        f"> <!-- corrigenda: ignore artefacts -->\n> One line.\n> {CALQUE}\n",
    ],
)
def test_what_follows_the_covered_place_stays(text: str) -> None:
    assert "artefacts/calque" in left(text, "on the territory of")


def test_a_block_of_items_in_plain_text() -> None:
    text = f"%% corrigenda: ignore-block artefacts\n- one item\n- {CALQUE}\n"
    assert left(text, "on the territory of", markup="text") == []


def test_another_engine_says_the_same_of_a_silenced_place() -> None:
    said = finding("One one two.", "One one", "artefacts/calque")
    again = said._replace(check="language/style", start=said.start + 4, quote="one")
    other = again._replace(category="linguistic-conventions/grammar")
    elsewhere = again._replace(start=said.end + 1, end=said.end + 4)
    assert without_twins([again, other, elsewhere], [said]) == [other, elsewhere]
