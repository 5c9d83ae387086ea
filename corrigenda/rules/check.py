"""Checks: what is looked for. One YAML file a check; this module reads them strictly.

A check is valid or it is an error with file, line and what to write instead. Nothing here is needed by a run, which
starts from the index that `corrigenda.pipeline.index` compiles; so this module may import slow libraries when it is
called.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from corrigenda import resources
from corrigenda.documents.parts import RegionKind
from corrigenda.errors import CheckError as CheckError
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import DEFAULT
from corrigenda.resources import check_files as check_files
from corrigenda.rules.options import COMMON_KEYS, WrittenCorrection
from corrigenda.rules.rule import Status
from corrigenda.rules.validation import schema, validate
from corrigenda.rules.yaml_file import LARGEST, read_mapping
from corrigenda.storage import confined

K = TypeVar("K")

MOST_FILES = 2_000
"""Checks of one folder."""

THEMES = ("artefacts", "names", "consistency", "cleanup", "language", "bilingual", "reading")
DEFAULT_CONFIDENCE = {Severity.ERROR: 0.9, Severity.WARNING: 0.75, Severity.SUGGESTION: 0.5}
CATEGORIES = {
    "accuracy": ("mistranslation", "omission", "addition", "untranslated", "do-not-translate"),
    "terminology": ("inconsistent-use", "wrong-term", "inconsistent-with-resource"),
    "linguistic-conventions": (
        "grammar",
        "punctuation",
        "spelling",
        "unintelligible",
        "character-encoding",
        "duplication",
    ),
    "style": ("awkward", "unidiomatic", "inconsistent", "register", "organisational"),
    "locale-conventions": ("number-format", "date-format", "measurement", "name-format", "quotation-marks", "dialect"),
    "design-and-markup": ("markup", "missing-text", "boilerplate", "caption", "heading", "white-space"),
}
"""The dimensions of MQM (themqm.org, MQM core 2.0) and the finer kinds that our checks use of each."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """An example that the check must find: the text without the marks, the marked spans, the corrected text, its place
    in the file, and the text that it was translated from with the code of that one's language.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    right: str | None
    place: tuple[str | int, ...] = ()
    source: str = ""
    language: str = ""


@dataclass(frozen=True)
class Check:
    """One check as its file says it. `options` holds the keys of its detector, validated and otherwise as written."""

    id: str
    summary: str
    why: str
    category: str
    severity: Severity
    detector: str
    confidence: float
    message: str
    path: Path
    enabled: bool = True
    status: Status = "stable"
    aliases: tuple[str, ...] = ()
    language: str = DEFAULT
    regions: frozenset[RegionKind] = frozenset()
    quotations: bool = True
    translated: Severity | None = None
    corrections: tuple[Correction, ...] = ()
    sources: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    fine: tuple[str, ...] = ()
    fine_places: tuple[tuple[str | int, ...], ...] = ()
    """The place of each of `fine` in the file."""
    fine_sources: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """The text that one of `fine` was translated from, with the code of its language, by the number of the example."""
    example_settings: Mapping[str, Any] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def keys(self, kind: type[K]) -> K:
        """Return the keys of the check's detector; `kind` is the TypedDict that the detector describes them with.

        The schema that the file was validated against is made of that TypedDict.
        """
        return cast(K, self.options)

    def line(self, *path: str | int) -> int:
        """Return the line at which a part of the file stands, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def load_folder(folder: Path) -> list[Check]:
    """Read every check below a folder. Raises CheckError for the first that is not valid."""
    keys = schema()
    files = check_files(folder)
    if len(files) > MOST_FILES:
        raise CheckError(folder, 1, f"the folder has {len(files):,} checks; at most {MOST_FILES:,} are read")
    return [load(path, folder, keys) for path in files]


def load(path: Path, folder: Path, keys: Mapping[str, Any] | None = None) -> Check:
    """Read one check file; its id must be its path inside `folder` without the suffix.

    `keys` is the schema of check files where it was read already.

    Raises CheckError with the line and what to write instead.
    """
    try:
        # Links lead within the tree alone, unless an installer made those of the shipped checks.
        strange = path.is_symlink() and folder != resources.folder("checks")
        text = confined.read_text(path, limit=LARGEST, root=confined.tree_of(folder) if strange else None)
    except confined.Refused as error:
        raise CheckError(path, 1, str(error)) from error
    except OSError as error:
        raise CheckError(path, 1, f"the file cannot be read ({error.strerror or error})") from error
    data, lines = read_mapping(path, text, "a check is a mapping that begins with 'id: theme/name'")
    validate(path, data, lines, keys or schema())
    expected = path.relative_to(folder).with_suffix("").as_posix()
    if data["id"] != expected:
        raise CheckError(
            path,
            lines.get(("id",), 1),
            f"the id is {data['id']!r}, but the file's place says {expected!r}; make them the same",
        )
    return _check(path, data, lines)


def parse_example(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Take the ⟦ ⟧ out of an example and return the text and the spans that they marked.

    Raises ValueError when the marks do not pair.
    """
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for character in text:
        if character == "⟦":
            if start is not None:
                raise ValueError("⟦ inside ⟦ … ⟧")
            start = len(plain)
        elif character == "⟧":
            if start is None or start == len(plain):
                raise ValueError("⟧ without ⟦ and text before it")
            spans.append((start, len(plain)))
            start = None
        else:
            plain.append(character)
    if start is not None:
        raise ValueError("⟦ without ⟧")
    return "".join(plain), tuple(spans)


def corrections_of(items: Iterable[str | WrittenCorrection]) -> tuple[Correction, ...]:
    """Read corrections as a check writes them: a string (unsafe), or a mapping with text and applicability."""
    result: list[Correction] = []
    for item in items:
        if isinstance(item, str):
            result.append(Correction(item))
        else:
            result.append(Correction(item["text"], Applicability(item.get("applicability", "unsafe"))))
    return tuple(result)


def _examples(data: Mapping[str, Any], key: str) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield the examples of a check and of its entries, each with its place in the file."""
    for number, item in enumerate(data.get("examples", {}).get(key, ())):
        yield ("examples", key, number), item
    for at, entry in enumerate(data.get("entries", ())):
        if isinstance(entry, dict):
            for number, item in enumerate(entry.get(key, ())):
                yield ("entries", at, key, number), item


def _check(path: Path, data: Mapping[str, Any], lines: Mapping[tuple[str | int, ...], int]) -> Check:
    severity = Severity(data["severity"])
    examples = data.get("examples", {})
    wrong: list[Wrong] = []
    for place, item in _examples(data, "wrong"):
        try:
            text, spans = parse_example(item if isinstance(item, str) else item["text"])
        except ValueError as error:
            raise CheckError(path, lines.get(place, 1), f"example: {error}") from error
        if not spans:
            raise CheckError(path, lines.get(place, 1), "mark with ⟦ ⟧ what the check must find in this example")
        given = {} if isinstance(item, str) else item
        wrong.append(Wrong(text, spans, given.get("right"), place, given.get("source", ""), given.get("language", "")))
    fine = list(_examples(data, "fine"))
    regions = frozenset(RegionKind(name) for name in data.get("regions", ()))
    return Check(
        id=data["id"],
        summary=data["summary"],
        why=data["why"],
        category=data["category"],
        severity=severity,
        detector=data["detector"],
        confidence=float(data.get("confidence", DEFAULT_CONFIDENCE[severity])),
        message=data.get("message", ""),
        path=path,
        enabled=data.get("enabled", True),
        status=data.get("status", "stable"),
        aliases=tuple(data.get("aliases", ())),
        language=data.get("language", DEFAULT),
        regions=regions,
        quotations=data.get("quotations", True),
        translated=Severity(data["translated"]) if "translated" in data else None,
        corrections=corrections_of(data.get("corrections", ())),
        sources=tuple(data.get("sources", ())),
        wrong=tuple(wrong),
        fine=tuple(item if isinstance(item, str) else item["text"] for _, item in fine),
        fine_places=tuple(place for place, _ in fine),
        fine_sources={
            number: (item["source"], item.get("language", ""))
            for number, (_, item) in enumerate(fine)
            if not isinstance(item, str)
        },
        example_settings=examples.get("settings", {}),
        beside=tuple(examples.get("beside", ())),
        options={key: value for key, value in data.items() if key not in COMMON_KEYS},
        lines=lines,
    )


def problems_of_shipped(check: Check) -> Iterator[str]:
    """Yield what a shipped check still lacks: three wrong and three fine examples, sources, the right text."""
    if len(check.wrong) < 3:
        yield f"has {len(check.wrong)} wrong examples; three are needed"
    if len(check.fine) < 3:
        yield f"has {len(check.fine)} fine examples; three hard negatives are needed"
    if not check.sources:
        yield "names no source"
    if not check.id.startswith(tuple(f"{theme}/" for theme in THEMES)):
        yield f"stands in no theme's folder ({', '.join(THEMES)})"


def lists_for(check: Check, shared: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return the word lists that a check's patterns may name: its own and the shared ones."""
    return {**shared, **check.options.get("lists", {})}
