"""What decided, in words: a finding's evidence as sentences that an editor reads, and its figures for those who ask.

Evidence is JSON, and detectors choose its keys. Those that mean the same everywhere (how often each form stands
and where, what recommends one of them, who else found it) become sentences; the rest is shown under its own name.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from corrigenda.finding import Finding

FIGURES = frozenset(
    ("also", "distance", "languagetool", "let through", "repaired there", "scores", "words shared with the first line")
)
"""Evidence that few want to see: figures, other programs' names, and what the message says already."""

_TIMES = (
    "not at all", "once", "twice", "three times", "four times", "five times",
    "six times", "seven times", "eight times", "nine times", "ten times",
)  # fmt: skip
_PLACES = ("documents", "lines")
"""Keys of evidence under which the places of each form may stand."""
_MOST = 6
"""Places of one form that are listed."""


class Line(NamedTuple):
    """One piece of evidence: a whole sentence with an empty label, or what stands under a label."""

    label: str
    text: str


def evidence_lines(finding: Finding, *, figures: bool = True) -> list[Line]:
    """Return the evidence of a finding as a person reads it, in the evidence's own order, figures last.

    `figures`: whether what few want to see is among it.
    """
    words, numbers = words_and_figures(finding)
    return [*words, *numbers] if figures else words


def words_and_figures(finding: Finding) -> tuple[list[Line], list[Line]]:
    """Return the evidence in two parts: what an editor reads, and the figures and names behind it."""
    words: list[Line] = []
    numbers: list[Line] = []
    evidence = finding.evidence
    counted = _counted(evidence)
    for key, value in evidence.items():
        if counted and key == "counts":
            words.append(Line("", counted))
        elif counted and key in _PLACES and isinstance(value, Mapping):
            continue
        elif key == "also" and isinstance(value, (list, tuple)) and value:
            numbers.append(Line("", f"Also found by {_and(list(map(str, value)))}."))
        elif key in FIGURES or isinstance(value, float):
            numbers.append(Line(_label(key), evidence_text(value)))
        elif key == "reason" and str(value).casefold() in finding.message.casefold():
            continue
        elif key == "comparison":
            words.append(Line("", _sentence(str(value))))
        elif key == "recommended by":
            if str(value) not in finding.message:
                words.append(Line("", _sentence(str(value))))
        elif key == "lines" and isinstance(value, Mapping):
            stands = [f"{name} {where}" for name, places in value.items() if (where := _where(places))]
            words.append(Line("", _sentence("; ".join(stands))))
        elif key == "words" and isinstance(value, Mapping):
            words += [Line(str(name), evidence_text(value[name])) for name in value]
        else:
            words.append(Line(_label(key), evidence_text(value)))
    return words, numbers


def _label(key: object) -> str:
    return str(key).replace("_", " ").replace("-", " ")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else text


def _counted(evidence: Mapping[str, Any]) -> str:
    """Return how often each form stands, and where: "Spelled Kyiv twice (lines 3 and 5), Kiev once (line 7)."

    Nothing where the evidence counts no forms.
    """
    counts = evidence.get("counts")
    if not isinstance(counts, Mapping) or not all(type(number) is int for number in counts.values()):
        return ""
    where: dict[str, Any] = {}
    for key in _PLACES:
        where |= evidence[key] if isinstance(evidence.get(key), Mapping) else {}
    forms = []
    for form, number in counts.items():
        places = _where(where.get(form, ()))
        forms.append(f"{form} {times(number)}" + (f" ({places})" if places else ""))
    head = "Spelled " if "recommended by" in evidence or "reason" in evidence else "In this text: "
    return f"{head}{', '.join(forms)}."


def _where(places: Any) -> str:
    """Return the places of one form: "lines 3, 5 and 9", or the names of files."""
    if not isinstance(places, (list, tuple)) or not places:
        return ""
    shown = [str(place) for place in dict.fromkeys(places)]
    rest = len(shown) - _MOST
    listed = [*shown[:_MOST], f"{rest} more"] if rest > 1 else shown
    head = ""
    if all(type(place) is int for place in places):
        head = "line " if len(shown) == 1 else "lines "
    return head + _and(listed)


def _and(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def times(number: int) -> str:
    """Return "once", "twice", "three times", and figures above ten."""
    return _TIMES[number] if 0 <= number < len(_TIMES) else f"{number:,} times"


def evidence_text(value: Any) -> str:
    """Return one value of evidence in words: lists joined by semicolons, mappings as "name: value", numbers short."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{str(key).replace('_', ' ')}: {evidence_text(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        nested = any(isinstance(item, (Mapping, list, tuple)) for item in value)
        return ("; " if nested else ", ").join(_item_text(item) for item in value) or "none"
    return str(value)


def _item_text(item: Any) -> str:
    """Return one of several alike: a mapping that opens with a name reads as "name (rest)"."""
    if isinstance(item, Mapping) and item:
        (_, first), *rest = item.items()
        if isinstance(first, str):
            more = ", ".join(f"{str(key).replace('_', ' ')} {evidence_text(value)}" for key, value in rest)
            return f"{first} ({more})" if more else first
    return evidence_text(item)


def said(line: Line) -> str:
    """Return a line of evidence as one string."""
    return f"{line.label}: {line.text}" if line.label else line.text
