"""A sample run for the report tests: our own article, our own findings, every kind of field in use."""

import hashlib
import random

from corrigenda.documents import views
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Block, Region, RegionKind
from corrigenda.finding import (
    Applicability,
    Correction,
    DocumentReport,
    EngineStatus,
    Finding,
    Problem,
    Report,
    Severity,
    fingerprint,
)
from corrigenda.reporting.base import CheckInfo

BRIDGE = """Ferry service to return to Lozova landing

Passengers on the quay at dawn (Photo: M. Harbour)

The council told the villagers to pack because the flood is closing, and the first boats left for Kyiv before noon.

“We were carried by boat called Zirka,” said Olha Petrenko, 61. “The captain knew every  sandbank 🙂.”

Two of the ferries held last year crews that had never crossed at night; in Kiev the ministry promised three more.

表 Table of sailings: наsledie 12/04, 07:30.

Contact our news team by emailing us at desk@example.org.
"""

NOTES = (
    "# Harbour notes\r\n\r\nThe HPP upstream opened *two gates* , and the level fell.\r\n\r\n```\nkeep , this\n```\r\n"
)


def document(path: str, text: str, form: str = "text") -> Document:
    """A document whose blocks are its paragraphs, as the plain text reader would make them."""
    blocks = []
    regions = []
    at = 0
    for piece in (
        text.replace("\r\n", "\n\n")[: len(text)].split("\n\n") if "\r" not in text else text.split("\r\n\r\n")
    ):
        start = text.index(piece, at) if piece else at
        end = start + len(piece.rstrip())
        at = start + len(piece)
        if end == start:
            continue
        kind = RegionKind.HEADING if start == 0 else RegionKind.CAPTION if "Photo:" in piece else RegionKind.PROSE
        if piece.startswith("```"):
            regions.append(Region(RegionKind.CODE, start, end))
            continue
        regions.append(Region(kind, start, end))
        blocks.append(Block(kind, start, end, views.plain(text, start, end)))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(path, text, form, tuple(regions), tuple(blocks), sha256=digest)


def finding(
    text: str,
    quote: str,
    check: str,
    severity: Severity,
    message: str,
    *,
    after: str = "",
    category: str = "accuracy/mistranslation",
    confidence: float = 0.9,
    corrections: tuple[Correction, ...] = (),
    evidence: dict[str, object] | None = None,
    variants: tuple[str, ...] = (),
    in_quotation: bool = False,
) -> Finding:
    """A finding on the first occurrence of a quote after some other words."""
    start = text.index(quote, text.index(after))
    end = start + len(quote)
    line, column = document("", text).line_and_column(start)
    return Finding(
        check,
        category,
        severity,
        confidence,
        start,
        end,
        line,
        column,
        quote,
        message,
        evidence or {},
        variants,
        in_quotation,
        fingerprint(check, quote, text[:start], text[end:]),
        corrections,
    )


def safe(text: str) -> Correction:
    return Correction(text, Applicability.SAFE)


def unsafe(text: str) -> Correction:
    return Correction(text, Applicability.UNSAFE)


def advice(text: str) -> Correction:
    return Correction(text, Applicability.DISPLAY_ONLY)


def sample() -> tuple[Report, dict[str, Document]]:
    """The run: two documents with findings, one clean, one that could not be read; engines of every status."""
    bridge = document("articles/ferry.txt", BRIDGE)
    notes = document("articles/notes.md", NOTES, "markdown")
    clean = document("articles/clean.txt", "All ferries sailed on time.\n")
    error, warning, suggestion = Severity.ERROR, Severity.WARNING, Severity.SUGGESTION
    findings = [
        finding(
            BRIDGE,
            "(Photo: M. Harbour)",
            "cleanup/caption",
            suggestion,
            "A picture caption stands in the body of the article.",
            category="design-and-markup/caption",
            confidence=0.8,
            corrections=(advice("Move the caption to its picture, or delete the line."),),
            evidence={"label": "Photo", "line_words": 9},
        ),
        finding(
            BRIDGE,
            "is closing",
            "artefacts/lost-particle",
            error,
            "“close” has lost its particle: a flood closes in, a shop closes.",
            corrections=(unsafe("is closing in"), unsafe("is approaching")),
            evidence={"verb": "close", "subject": "flood", "likelier_with": {"in": 4.5712, "margin": 1.5}},
        ),
        finding(
            BRIDGE,
            "Kyiv",
            "names/spellings",
            error,
            "One city in two spellings: Kyiv here, Kiev in line 9.",
            category="terminology/inconsistent-use",
            confidence=0.97,
            evidence={"spellings": [{"form": "Kyiv", "lines": [5]}, {"form": "Kiev", "lines": [9]}]},
            variants=("Kyiv", "Kiev"),
        ),
        finding(
            BRIDGE,
            "carried by boat called",
            "artefacts/lost-article",
            warning,
            "An article seems to be missing before “boat”.",
            category="linguistic-conventions/grammar",
            confidence=0.71,
            corrections=(unsafe("carried by a boat called"), unsafe("carried by the boat called")),
            in_quotation=True,
        ),
        finding(
            BRIDGE,
            "  ",
            "cleanup/double-space",
            suggestion,
            "Two spaces where one belongs.",
            after="knew every",
            category="design-and-markup/white-space",
            confidence=0.99,
            corrections=(unsafe(" "),),
            in_quotation=True,
        ),
        finding(
            BRIDGE,
            "held last year crews",
            "artefacts/word-order",
            warning,
            "The time stands between the verb and its object.",
            category="linguistic-conventions/grammar",
            confidence=0.64,
            corrections=(unsafe("held crews last year"),),
            evidence={"rule": "verb + time + object", "comparison": 3.2},
        ),
        finding(
            BRIDGE,
            "Kiev",
            "names/spellings",
            error,
            "One city in two spellings: Kiev here, Kyiv in line 5.",
            category="terminology/inconsistent-use",
            confidence=0.97,
            corrections=(unsafe("Kyiv"),),
            evidence={"spellings": [{"form": "Kyiv", "lines": [5]}, {"form": "Kiev", "lines": [9]}]},
            variants=("Kyiv", "Kiev"),
        ),
        finding(
            BRIDGE,
            "наsledie",
            "cleanup/look-alikes",
            error,
            "This word mixes Cyrillic and Latin letters.",
            category="linguistic-conventions/character-encoding",
            confidence=0.99,
            corrections=(safe("nasledie"),),
            evidence={"cyrillic": ["н", "а"]},
        ),
        finding(
            BRIDGE,
            "Contact our news team by emailing us at desk@example.org.",
            "cleanup/boilerplate",
            warning,
            "This line belongs to another site, not to the article.",
            category="design-and-markup/boilerplate",
            confidence=0.93,
            corrections=(unsafe(""),),
            evidence={"known_line": "contact our … team by", "outlier_of_article": True},
        ),
    ]
    in_notes = [
        finding(
            NOTES,
            "HPP",
            "artefacts/calqued-abbreviation",
            warning,
            "Readers will not know “HPP”: write the words out.",
            category="terminology/wrong-term",
            confidence=0.88,
            corrections=(unsafe("hydroelectric plant"),),
        ),
        finding(
            NOTES,
            " ,",
            "cleanup/space-before-punctuation",
            suggestion,
            "A space stands before a comma.",
            category="design-and-markup/white-space",
            confidence=0.99,
            corrections=(safe(","),),
        ),
    ]
    report = Report(
        "0.1.0",
        (
            EngineStatus("rules", "ran"),
            EngineStatus("spacy", "ran"),
            EngineStatus("embeddings", "not needed"),
            EngineStatus("language-model", "absent", "Install it with: corrigenda models install."),
            EngineStatus("grammar", "off", "Switched off in corrigenda.toml."),
        ),
        (
            DocumentReport("articles/clean.txt", "checked"),
            DocumentReport("articles/ferry.txt", "checked", tuple(sorted(findings, key=lambda f: f.sort_key))),
            DocumentReport("articles/notes.md", "checked", tuple(sorted(in_notes, key=lambda f: f.sort_key))),
            DocumentReport("articles/scan.txt", "not checked"),
        ),
        (Problem("articles/scan.txt", "This is not text (it holds NUL bytes); convert it, or name a text file."),),
    )
    return report, {d.path: d for d in (bridge, notes, clean)}


CHECKS = {
    "artefacts/lost-particle": CheckInfo(
        "artefacts/lost-particle",
        "A phrasal verb lost its particle",
        "Translated word by word, “close in” or “carry out” come back as “close” or “carry”.",
        "accuracy/mistranslation",
        ("A grammar of phrasal verbs, chapter 2",),
        ("The storm ⟦is closing⟧ on the coast.",),
        ("The shop is closing.",),
    ),
    "names/spellings": CheckInfo(
        "names/spellings",
        "One name in two spellings",
        "A reader takes two spellings for two people.",
        "terminology/inconsistent-use",
        ("https://example.org/romanisation",),
    ),
}


WORDS = (
    "the harbour master said boats crossed at night while crews waited for fuel and the ministry promised new ferries "
    "before winter because ice closes the channel and nobody could say when the landing would open again"
).split()
CHECK_NAMES = (
    ("artefacts/lost-particle", "accuracy/mistranslation"),
    ("names/spellings", "terminology/inconsistent-use"),
    ("cleanup/caption", "design-and-markup/caption"),
    ("consistency/dialect", "locale-conventions/date-format"),
    ("language/agreement", "linguistic-conventions/grammar"),
)


def long_sample(number: int, path: str = "articles/long.txt", seed: int = 3) -> tuple[Report, dict[str, Document]]:
    """A report of one long article with exactly so many findings, none sharing characters."""
    chance = random.Random(seed)
    text = "Harbour under ice: a long winter"
    findings = []
    for index in range(number):
        if index % 3 == 0:
            text += "\n\n"
        text += " ".join(chance.choice(WORDS) for _ in range(chance.randint(8, 20))).capitalize() + " "
        quote = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 4)))
        start = len(text)
        text += f"{quote}, " + " ".join(chance.choice(WORDS) for _ in range(6)) + ". "
        check, category = CHECK_NAMES[chance.randrange(len(CHECK_NAMES))]
        message = f"“{quote}” reads as if taken word for word from another language."
        findings.append((check, category, chance.choice(list(Severity)), start, quote, message))
    text = text.rstrip() + "\n"
    article = document(path, text)
    made = []
    for check, category, severity, start, quote, message in findings:
        end = start + len(quote)
        line, column = article.line_and_column(start)
        mark = fingerprint(check, quote, text[:start][-80:], text[end : end + 80], start)
        evidence = {"margin": 1.52, "likelier": f"the {quote}"}
        fixes = (unsafe(f"the {quote}"), unsafe(f"{quote} again"))
        made.append(
            Finding(
                check,
                category,
                severity,
                0.8,
                start,
                end,
                line,
                column,
                quote,
                message,
                evidence,
                (),
                False,
                mark,
                fixes,
            )
        )
    entry = DocumentReport(path, "checked", tuple(sorted(made, key=lambda f: f.sort_key)))
    return Report("0.1.0", (EngineStatus("rules", "ran"),), (entry,), ()), {path: article}
