"""The terminal's report: order, verdicts, colour, width, and nothing from a file that acts on the terminal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.finding import DocumentReport, EngineStatus, Finding, Problem, Report, Severity
from corrigenda.reporting import formats, terminal
from corrigenda.reporting.base import Options, verdict
from corrigenda.reporting.evidence import evidence_lines, said
from corrigenda.reporting.visible import clip, is_hidden, visible, width, wrap
from tests.reporting.sample import document, sample

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def found(severity: Severity, text: str = "abc", start: int = 0, end: int = 3) -> Finding:
    line, column = document("", text).line_and_column(start)
    return Finding("t/x", "style", severity, 1.0, start, end, line, column, text[start:end], "Why.")


def run(*findings: Finding, problems: tuple[Problem, ...] = (), status: str = "checked") -> Report:
    return Report("1", (EngineStatus("rules", "ran"),), (DocumentReport("a.txt", status, findings),), problems)


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (run(), "Nothing found that corrigenda looks for."),
        (run(found(Severity.SUGGESTION)), "No problems found, 1 suggestion."),
        (run(found(Severity.ERROR)), "1 problem found: 1 error."),
        (
            run(found(Severity.ERROR), found(Severity.WARNING), found(Severity.WARNING)),
            "3 problems found: 1 error, 2 warnings.",
        ),
        (
            run(found(Severity.ERROR), found(Severity.WARNING), found(Severity.SUGGESTION)),
            "2 problems found: 1 error, 1 warning, plus 1 suggestion.",
        ),
        (run(problems=(Problem("b.txt", "No."),)), "1 item could not be checked."),
        (run(status="not checked"), "1 item could not be checked."),
        (run(status="not checked", problems=(Problem("a.txt", "No."),)), "1 item could not be checked."),
        (Report("1", (), (), ()), "Nothing was checked: no document was found."),
    ],
)
def test_verdicts(report: Report, expected: str) -> None:
    assert verdict(report) == expected
    assert terminal.render(report, lambda path: None, Options()).splitlines()[0] == expected


def test_order_is_verdict_then_places_then_what_did_not_run() -> None:
    report, documents = sample()
    text = terminal.render(report, documents.get, Options())
    places = [
        text.index(part) for part in ("8 problems found", "articles/ferry.txt", "articles/notes.md", "Did not run")
    ]
    assert places == sorted(places)
    assert "grammar: off. Switched off" in text
    assert "embeddings" not in text
    assert text.index("Caption, line 3") < text.index("Paragraph 1, line 5") < text.index("Paragraph 2, line 7")


def test_colour_adds_nothing_but_escapes() -> None:
    report, documents = sample()
    plain = terminal.render(report, documents.get, Options(color=False))
    coloured = terminal.render(report, documents.get, Options(color=True))
    assert "\x1b" not in plain
    assert "\x1b[1;31m" in coloured
    assert [line.rstrip() for line in ESCAPES.sub("", coloured).split("\n")] == plain.split("\n")


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    report, documents = sample()
    for line in terminal.render(report, documents.get, Options(width=columns)).splitlines():
        assert width(line) <= columns, line


@pytest.mark.parametrize(
    ("before", "marked"),
    [("plain text ", "here"), ("表の中の文字 ", "文字"), ("e\u0301te\u0301 ", "caf\u0065\u0301"), ("🙂👩‍🚒 ", "fire")],
)
def test_the_mark_stands_below_the_words(before: str, marked: str) -> None:
    text = f"{before}{marked} and more"
    finding = found(Severity.ERROR, text, len(before), len(before) + len(marked))
    lines = terminal.render(run(finding), {"a.txt": document("a.txt", text)}.get, Options()).splitlines()
    at = next(i for i, line in enumerate(lines) if "‾" in line)
    assert width(lines[at]) - lines[at].count("‾") == 4 + width(before)
    assert lines[at].count("‾") == width(marked)
    assert lines[at - 1].startswith(f"    {before}{marked}")


def test_nothing_from_the_file_reaches_the_terminal_raw() -> None:
    text = "one \x1b[31mred\x07 \u202egnihton\u202c \x9b2J zero\u200bwidth \ud800 end"
    finding = found(Severity.ERROR, text, 4, len(text))._replace(message=text, check=text, evidence={text: text})
    report = Report("1", (EngineStatus(text, "failed", text),), (DocumentReport(text, "checked", (finding,)),), ())
    shown = terminal.render(report, lambda path: document(path, text), Options(color=False))
    assert not [c for c in shown if is_hidden(c) and c != "\n"]
    assert "<U+001B>[31mred<U+0007>" in shown
    assert "<U+202E>gnihton<U+202C>" in shown
    shown.encode("utf-8")


def test_the_quotation_note_is_not_said_twice() -> None:
    finding = found(Severity.WARNING)._replace(in_quotation=True, message="Look up the original words.")
    assert "Inside a quotation" not in terminal.render(run(finding), lambda path: None, Options())
    other = finding._replace(message="Wrong sense.")
    assert "Inside a quotation" in terminal.render(run(other), lambda path: None, Options())


def test_a_long_line_is_cut_around_the_place() -> None:
    text = "word " * 4000 + "wrong here" + " word" * 4000
    start = text.index("wrong")
    shown = terminal.render(
        run(found(Severity.ERROR, text, start, start + 10)), {"a.txt": document("a.txt", text)}.get, Options(width=80)
    )
    line = next(line for line in shown.splitlines() if "wrong here" in line)
    assert line.startswith("    … ") and line.endswith(" …") and width(line) <= 80


hostile = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)


@given(hostile)
def test_visible_text_hides_nothing(text: str) -> None:
    shown = visible(text)
    assert not [c for c in shown if is_hidden(c) and c != "\u200d"]
    shown.encode("utf-8")
    assert visible(shown) == shown or "\u200d" in shown


@given(hostile, st.integers(1, 40), st.booleans())
def test_clipped_text_fits(text: str, columns: int, from_end: bool) -> None:
    shown = clip(visible(text), columns, from_end)
    assert width(shown) <= columns


@given(hostile, st.integers(8, 40))
def test_wrapped_text_fits_and_keeps_every_word(text: str, columns: int) -> None:
    lines = wrap(visible(text), columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(visible(text).split())


def test_figures_of_the_evidence_are_left_to_the_other_formats() -> None:
    evidence = {"comparison": "closer to the text around it", "scores": {"consent": 1.5}, "languagetool": "CD_NN"}
    finding = found(Severity.ERROR)._replace(evidence=evidence)
    assert evidence_lines(finding, figures=False) == [("", "Closer to the text around it.")]
    assert [label for label, _ in evidence_lines(finding)] == ["", "scores", "languagetool"]


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (
            {"counts": {"Kyiv": 4, "Kiev": 1}, "lines": {"Kyiv": [3, 5, 9], "Kiev": [7]},
             "recommended by": "the text writes Kyiv more often"},
            ["Spelled Kyiv four times (lines 3, 5 and 9), Kiev once (line 7).",
             "The text writes Kyiv more often."],
        ),
        (
            {"counts": {"Kyiv": 14, "Kiev": 2}, "documents": {"Kyiv": ["a", "b"], "Kiev": ["c"]}, "reason": "x"},
            ["Spelled Kyiv 14 times (a and b), Kiev twice (c).", "reason: x"],
        ),
        ({"counts": {"“ ”": 4, '" "': 1}}, ['In this text: “ ” four times, " " once.']),
        ({"also": ["language/punctuation"]}, ["Also found by language/punctuation."]),
        ({"also": ["a/b", "c/d", "e/f"]}, ["Also found by a/b, c/d and e/f."]),
        ({"reason": "why"}, []),
        ({"lines": {"Kyiv": list(range(1, 21))}}, ["Kyiv lines 1, 2, 3, 4, 5, 6 and 14 more."]),
        ({"counts": {"a": 1.5}}, ["counts: a: 1.5"]),
        ({"counts": [1, 2], "lines": 3, "documents": None}, ["counts: 1, 2", "lines: 3", "documents: none"]),
    ],
)  # fmt: skip
def test_evidence_in_words(evidence: dict[str, object], expected: list[str]) -> None:
    finding = found(Severity.ERROR)._replace(evidence=evidence)
    assert [said(line) for line in evidence_lines(finding)] == expected


def test_what_must_be_known_of_a_run_stands_in_every_report() -> None:
    engine = EngineStatus("grammar", "ran", "the text was sent to the server at http://127.0.0.1:8081")
    note = "corrigenda.toml:3: jobs is left aside; say --jobs (--untrusted)"
    report, documents = sample()
    report = report._replace(engines=(engine,), notes=(note,))
    for name in ("terminal", "markdown", "html", "json", "jsonl", "sarif", "diff", "github"):
        text = formats.render(name, report, documents.get, Options(width=120))
        assert isinstance(text, str)
        plain = text.replace("\\", "").replace("&#112;", "p").replace("&#115;", "s")
        for words in ("server at http://127.0.0.1:8081", "jobs is left aside"):
            assert words in plain, name
