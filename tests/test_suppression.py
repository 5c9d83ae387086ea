"""Suppression comments silence what they name, and say so when they silence nothing."""

import pytest

from corrigenda.documents import registry as reading
from corrigenda.documents.document import Document
from corrigenda.finding import Finding, Severity
from corrigenda.pipeline.suppression import UNKNOWN, UNUSED, find, remarks, silence

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
    kept, used = silence(comments, findings, resolve)
    return [*kept, *remarks(comments, used, resolve, lambda name: True)]


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
