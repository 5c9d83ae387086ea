"""What is wrong with a corrected text that was not wrong with it before: a small rule for each kind."""

import re
from collections import Counter
from collections.abc import Callable

from corrigenda.finding import Applicability, Finding
from corrigenda.languages.en.words import article

KINDS: dict[str, Callable[[str], list[str]]] = {
    "two determiners": re.compile(
        r"\b(?:a|an|the|my|your|its|our|their) (?:a|an|the|my|your|his|its|our|their|this|those|these)\b", re.I
    ).findall,
    "verb and pronoun": re.compile(
        r"(?<!and )(?<!did )(?<!that )\b(?:I (?:is|are|has|were|does)|(?:he|she|it) (?:are|have|am|were|do)"
        r"|(?:they|we|you) (?:is|has|was|am|does))\b",
        re.I,
    ).findall,
    "spaces": re.compile(r" {2}| [,.;:!?](?!\d)|\( | \)").findall,
    "marks": re.compile(r",[,.;:]|[.;:],|\.\.(?!\.)|;;").findall,
    "a word twice": re.compile(r"\b(\w+) \1\b", re.I).findall,
    "advice": re.compile(r"…|\bsomebody\b|\bleave it\b|look up|the singular|\bwrite\b(?!-)|\{|\}|/").findall,
    "prepositions": re.compile(r"\b(?:of|for|with) (?:of|for|to|with)\b").findall,
    "brackets": lambda text: [pair for pair in ("()", "[]", "“”") if text.count(pair[0]) != text.count(pair[1])],
    "article": lambda text: [
        found[0] for found in re.finditer(r"\b(an?) ([a-z]\w+)", text, re.I) if article(found[2]) != found[1].lower()
    ],
    "small letter": re.compile(r"^[a-z]++(?![A-Z])|(?<=[.!?] )[a-z]++(?![A-Z])").findall,
    "half a number": re.compile(r"\b\d{1,3} \d{3},\d{3}\b|\d,\d{3} \d{3}\b").findall,
}


def usable(finding: Finding) -> list[str]:
    """Return the texts that may replace what stands there."""
    return [c.text for c in finding.corrections if c.applicability is not Applicability.DISPLAY_ONLY]


def put(text: str, finding: Finding, correction: str) -> str:
    """Return a text with one correction made."""
    return text[: finding.start] + correction + text[finding.end :]


def faults(before: str, after: str) -> list[str]:
    """Return what a correction broke, each with the words, which the text had nowhere before."""
    result = []
    for kind, find in KINDS.items():
        old, new = Counter(map(str, find(before))), Counter(map(str, find(after)))
        if new.total() > old.total():
            result += [f"{kind}: {words}" for words in new - old]
    return result
