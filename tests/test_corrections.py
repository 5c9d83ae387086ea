"""Corrections: they bring nothing new, are stable, and touch nothing that they must not."""

import codecs
import itertools
import json
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda import resources
from corrigenda.documents import registry as reading
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Edit
from corrigenda.finding import Applicability, Correction, Finding, Severity
from corrigenda.fixes.apply import Check as Checking
from corrigenda.fixes.apply import allowed, choose, correct
from corrigenda.fixes.decisions import DecisionsError, decide, read_decisions
from corrigenda.pipeline.checker import Checker
from corrigenda.pipeline.examples import findings as findings_of
from corrigenda.pipeline.index import load as load_index
from corrigenda.rules.check import Check, CheckError, check_files, load
from corrigenda.settings import Settings

FOLDER = resources.folder("checks")
ELSEWHERE = ("duplicate-across", "grammar", "names-across")
"""Detectors that say nothing on a document by itself: two compare documents, and `fix` corrects each alone; one is a
server's, whose corrections tests/grammar looks at.
"""
FILES = [
    path.relative_to(FOLDER).as_posix()
    for path in check_files(FOLDER)
    if not any(f"\ndetector: {name}\n" in path.read_text(encoding="utf-8") for name in ELSEWHERE)
]


@cache
def _checker(options: str) -> Checker:
    return Checker(load_index((), (), ("all",)), Settings(options=json.loads(options)))


def checking(check: Check | None = None) -> Checking:
    """Checks a document with everything, or with everything and keeps what one check says."""
    own = _checker(json.dumps(dict(check.example_settings) if check else {}))

    def run(document: Document) -> Sequence[Finding]:
        findings = findings_of(own, [document])[0]
        return [finding for finding in findings if check is None or finding.check == check.id]

    return run


def documents(check: Check) -> list[tuple[Document, bytes]]:
    """A check's wrong examples: all plain ones as paragraphs of one text, those with markup each by itself."""
    plain = [example.text for example in check.wrong if "\n" not in example.text]
    texts = [("text", "\n\n".join(plain) + "\n")] if plain else []
    texts += [("markdown", example.text) for example in check.wrong if "\n" in example.text]
    made = [(markup, text.encode("utf-8")) for markup, text in texts]
    return [(reading.read_bytes(data, check.id, markup), data) for markup, data in made]


@pytest.mark.parametrize("file", FILES)
def test_a_correction_brings_no_finding_of_its_check_and_a_second_run_changes_nothing(file: str) -> None:
    try:
        check = load(FOLDER / file, FOLDER)
    except CheckError as error:
        pytest.fail(str(error))
    assert check.detector not in ELSEWHERE
    own, everything = checking(check), checking()
    for document, data in documents(check):
        before = own(document)
        result = correct(document, data, own, unsafe=True)
        after = own(result.document)
        assert len(after) <= len(before) - len(result.applied), [finding.quote for finding in after]
        again = correct(result.document, result.data, own, unsafe=True)
        assert (again.data, again.applied) == (result.data, ())
        # The same with all checks, whose corrections meet each other.
        for unsafe in (False, True):
            once = correct(document, data, everything, unsafe=unsafe)
            twice = correct(once.document, once.data, everything, unsafe=unsafe)
            assert twice.data == once.data
            assert once.document.text == reading.read_bytes(once.data, check.id, document.format).text


def test_what_is_corrected_by_itself_is_safe_and_in_no_quotation() -> None:
    data = "It stood  here , they said. “It stood  there , he knew.”\n".encode()
    document = reading.read_bytes(data, "a", "text")
    result = correct(document, data, checking(), unsafe=False)
    assert result.document.text == "It stood here, they said. “It stood  there , he knew.”\n"
    assert result.applied
    assert all(one.finding.corrections[0].applicability is Applicability.SAFE for one in result.applied)
    bolder = correct(document, data, checking(), unsafe=True)
    assert "“It stood  there , he knew.”" in bolder.document.text


MASKED = """\
---
title: "Two  words , here"
---

# A heading  with two spaces

Text `code  with , spaces` and [a link](https://example.org/a  "two  words") to https://example.org/x%20,y , so.

```
a block  of , code
```

<!-- a comment  with , spaces -->
"""


def test_nothing_in_code_links_front_matter_and_comments_is_touched() -> None:
    data = MASKED.encode()
    document = reading.read_bytes(data, "a.md", "markdown")
    result = correct(document, data, checking(), unsafe=True)
    assert result.applied
    after = result.document
    assert [after.text[s.start : s.end] for s in after.masked] == [
        document.text[s.start : s.end] for s in document.masked
    ]
    assert "# A heading with two spaces" in after.text and "y, so." in after.text


@pytest.mark.parametrize(
    ("codec", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("cp1251", b""),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_other_byte_is_kept(codec: str, bom: bytes, newline: str) -> None:
    head = (
        "Селище «Зоря» лежить біля моря. Так пишуть у місцевій газеті щодня." if codec == "cp1251" else "Plain words."
    )
    text = newline.join([head, "", "It stood  here , they said.", "\ta tab, and a trailing space ", "", "", "End"])
    data = bom + text.encode(codec)
    document = reading.read_bytes(data, "a.txt", "text")
    result = correct(document, data, checking(), unsafe=False)
    wanted = text.replace("stood  here ,", "stood here,")
    assert result.data == bom + wanted.encode(codec)


def finding(
    text: str, quote: str, *corrections: Correction, check: str = "t/x", severity: Severity = Severity.ERROR
) -> Finding:
    start = text.index(quote)
    end = start + len(quote)
    return Finding(check, "style", severity, 0.9, start, end, 1, start + 1, quote, "Said.", corrections=corrections)


def safe(text: str) -> Correction:
    return Correction(text, Applicability.SAFE)


def document_of(text: str) -> tuple[Document, bytes]:
    return reading.read_bytes(text.encode(), "a.txt", "text"), text.encode()


def rules(*pairs: tuple[str, str, str]) -> Checking:
    """A check for each (name, found, put in), in the order of the text."""

    def run(document: Document) -> list[Finding]:
        found = [
            finding(document.text, quote, safe(text), check=check)
            for check, quote, text in pairs
            if quote in document.text
        ]
        return sorted(found, key=lambda one: one.sort_key)

    return run


def test_two_checks_that_disagree_leave_the_place_to_a_person() -> None:
    check = rules(("t/a", "grey", "gray"), ("t/b", "gray", "grey"))
    for text in ("A grey day.\n", "A gray day.\n"):
        assert correct(*document_of(text), check, unsafe=False).document.text == text


def test_three_checks_in_a_circle_come_to_an_end() -> None:
    check = rules(("t/a", "one", "two"), ("t/b", "two", "six"), ("t/c", "six", "one"))
    result = correct(*document_of("The one.\n"), check, unsafe=False)
    assert len(result.applied) <= 3


def test_a_correction_that_brings_its_check_elsewhere_is_taken_back() -> None:
    def run(document: Document) -> list[Finding]:
        text = document.text
        if "Kiev" in text and "Kyiv" in text:  # the rarer form is found, wherever it is
            rare = "Kiev" if text.count("Kiev") <= text.count("Kyiv") else "Kyiv"
            return [finding(text, rare, safe("Odesa"))]
        return [finding(text, "Odesa", safe("Kiev"))] if "Odesa" in text else []

    text = "Kiev, and Kyiv, and Kyiv.\n"
    assert correct(*document_of(text), run, unsafe=False).document.text == text


def test_what_one_correction_lays_open_is_corrected_in_the_next_round() -> None:
    check = rules(("t/a", "the the", "the"), ("t/b", "in the port", "at the port"))
    result = correct(*document_of("It lay in the the port.\n"), check, unsafe=False)
    assert result.document.text == "It lay at the port.\n"
    assert [one.round for one in result.applied] == [1, 2]


def test_what_is_kept_stays_though_its_surroundings_change() -> None:
    check = rules(("t/a", "on the territory of", "in"), ("t/b", "the the", "the"))
    document, data = document_of("It lay on the territory of the the port.\n")
    result = correct(
        document, data, check, unsafe=False, keep=lambda found: [one for one in found if one.check == "t/a"]
    )
    assert result.document.text == "It lay on the territory of the port.\n"


def test_the_graver_finding_wins_where_two_meet() -> None:
    text = "aaa bbb ccc"
    one = finding(text, "aaa bbb", safe("x"), severity=Severity.WARNING)
    two = finding(text, "bbb ccc", safe("y"), check="t/y")
    document, _ = document_of(text)
    assert choose(document, [one, two], partial(allowed, unsafe=False)) == [(two, Edit(4, 11, "y"))]


def test_advice_is_never_put_in() -> None:
    advice = finding("aaa", "aaa", Correction("Look it up", Applicability.DISPLAY_ONLY))
    assert allowed(advice, unsafe=True) is None


TEXT = "One  two , three  four , five  six , seven.\n\nEight  nine , ten.\n"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 9), st.sampled_from(["", "x", "zz", " "])), max_size=12
    )
)
def test_chosen_edits_never_overlap_and_give_what_they_say(places: list[tuple[int, int, str]]) -> None:
    found = []
    for number, (start, length, text) in enumerate(places):
        end = min(start + length, len(TEXT))
        found.append(
            Finding(
                f"t/{number}", "style", Severity.ERROR, 0.5, start, end, 1, 1, TEXT[start:end], "Said.",
                corrections=(safe(text),),
            )
        )  # fmt: skip
    document, original = document_of(TEXT)
    chosen = choose(document, found, partial(allowed, unsafe=False))
    edits = [edit for _, edit in chosen]
    assert all(one.end <= other.start for one, other in itertools.pairwise(edits))
    data = reading.written(original, document, edits)
    expected = TEXT
    for edit in reversed(edits):
        expected = expected[: edit.start] + edit.text + expected[edit.end :]
    assert data.decode() == expected


def decisions(document: Document, *accepted: tuple[str, str]) -> dict[str, object]:
    rows = []
    for quote, text in accepted:
        start = document.text.index(quote)
        rows.append(
            {"fingerprint": "f", "check": "t/x", "start": start, "end": start + len(quote), "quote": quote,
             "verdict": "accepted", "correction": text}
        )  # fmt: skip
    return {
        "schema": 1,
        "corrigenda": "0",
        "documents": [{"path": "a", "sha256": document.sha256, "decisions": rows}],
    }


def test_decisions_are_checked_against_what_stands_there() -> None:
    document, _ = document_of("Said “on the territory of” twice  over.\n")
    data = decisions(document, ("on the territory of", "in"), ("twice  over", "twice over"))
    (read,) = read_decisions(data)
    edits, refused = decide(document, read)
    assert [edit.text for edit in edits] == ["in", "twice over"] and refused == []
    other, _ = document_of("Said “in” twice  over, and then it was told again.\n")
    edits, refused = decide(other, read)
    assert edits == [] and len(refused) == 2 and "is no longer there" in refused[0]


def test_decisions_on_what_is_masked_or_overlaps_are_refused() -> None:
    data = b"Text `code  here` and two  words, three.\n"
    document = reading.read_bytes(data, "a.md", "markdown")
    (read,) = read_decisions(decisions(document, ("code  here", "x"), ("two  words", "y"), ("words, three", "z")))
    edits, refused = decide(document, read)
    assert [edit.text for edit in edits] == ["y"]
    assert "code, a link or front matter" in refused[0] and "overlaps" in refused[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("documents"),
        lambda data: data.update(schema=2),
        lambda data: data["documents"][0].pop("sha256"),
        lambda data: data["documents"][0]["decisions"].append({}),
        lambda data: data.update(documents=5),
        lambda data: data.update(documents=["a"]),
        lambda data: data["documents"][0]["decisions"][0].update(start="x"),
        lambda data: data["documents"][0]["decisions"][0].update(start=-5),
    ],
)
def test_decisions_that_cannot_be_used(change: Callable[[dict[str, object]], object]) -> None:
    document, _ = document_of("Twice  over.\n")
    data = decisions(document, ("Twice  over", "Twice over"))
    change(data)
    with pytest.raises(DecisionsError):
        read_decisions(data)


@pytest.mark.parametrize("data", [[], "x", 5, None])
def test_decisions_that_are_no_mapping(data: object) -> None:
    with pytest.raises(DecisionsError):
        read_decisions(data)  # type: ignore[arg-type]


def test_counts_of_rounds_are_those_of_the_findings() -> None:
    """Every applied correction belongs to a finding that was there when its round began."""
    data = b"It stood  here , they said ; and  so on.\n"
    document = reading.read_bytes(data, "a", "text")
    result = correct(document, data, checking(), unsafe=False)
    checks = Counter(one.finding.check for one in result.applied)
    assert sum(checks.values()) == len(result.applied) >= 4
