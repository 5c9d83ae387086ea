"""Checks: what is looked for. One YAML file a check; this module reads them strictly.

A check is valid or it is an error with file, line and what to write instead. Nothing here is needed by a run, which
starts from the index that `corrigenda.pipeline.index` compiles; so this module may import slow libraries when it is
called.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from corrigenda.documents.document import RegionKind
from corrigenda.errors import CheckError as CheckError
from corrigenda.errors import closest, did_you_mean
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.resources import check_files as check_files

THEMES = ("artefacts", "names", "consistency", "cleanup", "language", "bilingual")
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
    """An example that the check must find: the text without the marks, the marked spans, and the corrected text."""

    text: str
    spans: tuple[tuple[int, int], ...]
    right: str | None


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
    regions: frozenset[RegionKind] = frozenset()
    quotations: bool = True
    corrections: tuple[Correction, ...] = ()
    sources: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    fine: tuple[str, ...] = ()
    example_settings: Mapping[str, Any] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def line(self, *path: str | int) -> int:
        """Return the line at which a part of the file stands, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of a check file (checks/check.schema.json)."""
    from corrigenda import resources

    loaded: dict[str, Any] = json.loads(resources.path("checks", "check.schema.json").read_text(encoding="utf-8"))
    return loaded


def load_folder(folder: Path) -> list[Check]:
    """Read every check below a folder. Raises CheckError for the first that is not valid."""
    return [load(path, folder) for path in check_files(folder)]


def load(path: Path, folder: Path) -> Check:
    """Read one check file; its id must be its path inside `folder` without the suffix.

    Raises CheckError with the line and what to write instead.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CheckError(path, 1, "the file is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise CheckError(path, 1, f"the file cannot be read ({error.strerror or error})") from error
    data, lines = _read_yaml(path, text)
    _validate(path, data, lines)
    expected = path.relative_to(folder).with_suffix("").as_posix()
    if data["id"] != expected:
        raise CheckError(
            path,
            lines.get(("id",), 1),
            f"the id is {data['id']!r}, but the file's place says {expected!r}; make them the same",
        )
    return _check(path, data, lines)


def _read_yaml(path: Path, text: str) -> tuple[dict[str, Any], dict[tuple[str | int, ...], int]]:
    import yaml

    # libyaml's loader is ten times as fast, and comes with nearly every PyYAML wheel.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise CheckError(path, mark.line + 1 if mark else 1, f"this is not valid YAML: {problem}") from error
    if not isinstance(node, yaml.MappingNode):
        raise CheckError(path, 1, "a check is a mapping that begins with 'id: theme/name'")
    lines: dict[tuple[str | int, ...], int] = {}
    _walk(path, node, (), lines)
    # The node is a mapping, and so is what was made of it.
    return dict(data or {}), lines


def _walk(path: Path, node: Any, at: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> None:
    import yaml

    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise CheckError(path, key.start_mark.line + 1, f"{key.value!r} stands twice in one mapping")
            seen.add(key.value)
            _walk(path, value, (*at, key.value), lines)
            lines[(*at, key.value)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(path, value, (*at, index), lines)


def _validate(path: Path, data: Mapping[str, Any], lines: Mapping[tuple[str | int, ...], int]) -> None:
    import jsonschema

    known_keys = _top_keys(data.get("detector"))
    for key in data:
        if str(key) not in known_keys:
            raise CheckError(path, lines.get((key,), 1), _unknown(str(key), "the check", known_keys))
    validator = _validator()
    # A wrong value inside a detector's key makes the key itself look unknown as well; the value is the better story.
    errors = sorted(
        validator.iter_errors(data),
        key=lambda error: (
            error.validator == "unevaluatedProperties",
            [str(part) for part in error.path],
            error.message,
        ),
    )
    for error in errors:
        best = jsonschema.exceptions.best_match([error])
        place = tuple(best.absolute_path)
        known: tuple[str | int, ...] = place
        if best.validator == "additionalProperties":
            known = (*place, *_unknown_in(best)[:1])
        while known and known not in lines:
            known = known[:-1]
        raise CheckError(path, lines.get(known, 1), _explain(best, place))


def _top_keys(detector: Any) -> set[str]:
    """Return the keys that a check with this detector may have; all that there are where the detector is not known."""
    keys = set(schema()["properties"])
    parts = schema()["allOf"]
    own = [part for part in parts if part["if"]["properties"]["detector"]["const"] == detector]
    for part in own or parts:
        keys |= set(part["then"]["properties"])
    return keys


def _unknown(name: str, where: str, known: Iterable[str]) -> str:
    hint = did_you_mean(name, known, otherwise=f"known here: {', '.join(sorted(known))}")
    return f"{name!r} is not a key of {where}; {hint}"


def _unknown_in(error: Any) -> list[str]:
    return sorted(str(key) for key in set(error.instance) - set(error.schema.get("properties", {})))


@cache
def _validator() -> Any:
    import jsonschema

    return jsonschema.Draft202012Validator(schema())


def _explain(error: Any, place: tuple[str | int, ...]) -> str:
    where = ".".join(str(part) for part in place) or "the check"
    if error.validator == "additionalProperties":
        return _unknown(_unknown_in(error)[0], where, error.schema.get("properties", {}))
    if error.validator == "required":
        return f"{where} lacks {error.message.split(' is a required')[0]}"
    if error.validator == "enum":
        allowed = [str(value) for value in error.validator_value]
        close = closest(str(error.instance), allowed)
        return f"{where} is {error.instance!r}; write {close or 'one of ' + ', '.join(allowed)}"
    if error.validator == "type":
        shown = json.dumps(error.instance, ensure_ascii=False)[:60]
        return f"{where} must be of type {error.validator_value}, not {shown}"
    if error.validator == "pattern":
        return f"{where} is {error.instance!r}, which does not have the form it needs ({error.validator_value})"
    return f"{where}: {error.message[:200]}"


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


def corrections_of(items: Iterable[Any]) -> tuple[Correction, ...]:
    """Read corrections as a check writes them: a string (unsafe), or a mapping with text and applicability."""
    result: list[Correction] = []
    for item in items:
        if isinstance(item, str):
            result.append(Correction(item))
        else:
            result.append(Correction(item["text"], Applicability(item.get("applicability", "unsafe"))))
    return tuple(result)


COMMON_KEYS = frozenset(
    "id summary why category severity confidence message detector enabled regions quotations corrections sources "
    "examples".split()
)


def _check(path: Path, data: Mapping[str, Any], lines: Mapping[tuple[str | int, ...], int]) -> Check:
    severity = Severity(data["severity"])
    examples = data.get("examples", {})
    wrong: list[Wrong] = []
    for index, item in enumerate(examples.get("wrong", ())):
        try:
            text, spans = parse_example(item["text"])
        except ValueError as error:
            raise CheckError(path, lines.get(("examples", "wrong", index), 1), f"example: {error}") from error
        if not spans:
            raise CheckError(
                path,
                lines.get(("examples", "wrong", index), 1),
                "mark with ⟦ ⟧ what the check must find in this example",
            )
        right = item.get("right")
        wrong.append(Wrong(text, spans, right))
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
        regions=regions,
        quotations=data.get("quotations", True),
        corrections=corrections_of(data.get("corrections", ())),
        sources=tuple(data.get("sources", ())),
        wrong=tuple(wrong),
        fine=tuple(examples.get("fine", ())),
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
