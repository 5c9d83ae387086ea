"""The compiled index of checks: what a run starts from.

Reading YAML, validating it and deriving gates and literals takes a second or two; so it is done once
(corrigenda.pipeline.compile). The shipped checks are compiled when the wheel is built; in a checkout, and for users'
own folders, the result is kept in the user's cache, keyed by content (corrigenda.pipeline.index_key).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corrigenda import __version__, resources
from corrigenda.errors import CheckError
from corrigenda.finding import Severity
from corrigenda.pipeline.index_key import FORMAT, key_of
from corrigenda.rules.rule import CompiledCheck, CompiledRule
from corrigenda.storage import folders

if TYPE_CHECKING:
    from corrigenda.pipeline.stored import StoredCheck, StoredIndex

COMPILED = Path(__file__).resolve().parent.parent / "_compiled" / "index.jsonl"


@dataclass(frozen=True)
class Index:
    """All compiled checks of a run.

    `literals` maps a lower-case word to the numbers of the rules that it nominates; `adjoining` to those that it
    nominates beside another word alone, each with the step to it and such words with spaces between; `scans` lists
    (expression, hints, whether these are cased, rules) and `structures` maps a structural nominator to its rules.
    `aliases` maps former ids of checks to their ids. `key` names the content of all checks and which of them are on.
    """

    checks: Mapping[str, CompiledCheck]
    rules: Sequence[CompiledRule]
    literals: Mapping[str, Sequence[int]]
    scans: Sequence[tuple[str, Sequence[str], bool, Sequence[int]]]
    structures: Mapping[str, Sequence[int]]
    aliases: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    adjoining: Mapping[str, Sequence[tuple[int, int, str]]] = field(default_factory=dict)

    @cached_property
    def words(self) -> Sequence[str]:
        """Every literal, by itself or beside another word, sorted."""
        return sorted({*self.literals, *self.adjoining})

    def resolve(self, name: str) -> str:
        """Return the id that a check has now, for one of its former ids; any other name as it is."""
        return self.aliases.get(name, name)

    @cached_property
    def by_any_id(self) -> Mapping[str, CompiledCheck]:
        """The checks by their ids and their former ids."""
        return {**self.checks, **{alias: self.checks[identity] for alias, identity in self.aliases.items()}}

    def first_id(self, check: str) -> str:
        """Return the id under which a check was first published: fingerprints are made of it, and survive renaming."""
        known = self.checks.get(check)
        return known.first_id if known is not None else check


def load(
    check_folders: Sequence[Path] = (),
    disabled: Iterable[str] = (),
    enabled: Iterable[str] = (),
    *,
    doubted: Sequence[Path] = (),
) -> Index:
    """Return the index of the shipped checks and those in `check_folders`.

    `disabled` and `enabled` are check ids, former ids or themes; the more exact name wins, then `disabled`. The
    corrections of checks in `doubted`, which are some of `check_folders`, are never safe.
    Raises CheckError for a check that cannot be used.
    """
    vouched = [True, *(folder not in doubted for folder in check_folders)]
    parts = [_shipped(), *(_cached(folder) for folder in check_folders)]
    off, on = tuple(disabled), tuple(enabled)
    names = repr([[(part["key"], part["plugins"]) for part in parts], off, on, vouched])
    return assemble(parts, off, on, key=hashlib.sha256(names.encode()).hexdigest(), vouched=vouched)


def _shipped() -> "StoredIndex":
    # An installation has the file beside it; in a checkout it would go stale, so there the cache decides.
    if resources.is_installed() and COMPILED.is_file():
        data = _parsed(_text(COMPILED))
        if data.get("format") == FORMAT and data.get("version") == __version__:
            return data
    return _cached(resources.folder("checks"))


def _cached(folder: Path) -> "StoredIndex":
    if not folder.is_dir():
        raise CheckError(folder, 1, "there is no such folder of checks")
    key = key_of(folder)
    cache = folders.cache() / "checks" / f"{key}.jsonl"
    try:
        data = _parsed(_unsealed(_text(cache)))
        if data.get("format") == FORMAT and _plugins_are_the_same(data):
            return data
    except (OSError, ValueError):
        pass
    # deferred: compiling imports what a run does not need
    from corrigenda.pipeline.compile import compile_folder, text_of
    from corrigenda.storage.atomic import replace_file

    text = text_of(compile_folder(folder))
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        replace_file(cache, _sealed(text).encode("utf-8"))
    except OSError:
        pass  # a read-only home costs time, not correctness
    return _parsed(text)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _sealed(text: str) -> str:
    """Return an index as the cache holds it: behind its hash, since what is damaged there would come to light late."""
    return f"{hashlib.sha256(text.encode('utf-8')).hexdigest()}\n{text}"


def _unsealed(text: str) -> str:
    """Return what `_sealed` was given. Raises ValueError for another text, which is then made anew."""
    seal, _, rest = text.partition("\n")
    if hashlib.sha256(rest.encode("utf-8")).hexdigest() != seal:
        raise ValueError("damaged")
    return rest


def _parsed(text: str) -> "StoredIndex":
    """Return an index that `compile.text_of` wrote. Raises ValueError for another text."""
    first, *rest = text.split("\n")
    data: StoredIndex = json.loads(first)
    for rule, line in zip(data.get("rules", ()), rest, strict=True):
        rule["rest"] = line
    return data


def _plugins_are_the_same(data: "StoredIndex") -> bool:
    """Return whether the packages whose detectors compiled an index are still the same ones."""
    if not data["plugins"]:
        return True
    # deferred: nearly no run has plugins
    from corrigenda.plugins import DETECTORS, version

    return all(version(DETECTORS, name) == known for name, known in data["plugins"].items())


def assemble(
    parts: Sequence["StoredIndex"],
    disabled: Sequence[str] = (),
    enabled: Sequence[str] = (),
    key: str = "",
    vouched: Sequence[bool] = (),
) -> Index:
    """Put compiled parts into one index, with the rules of those checks that are on.

    `vouched` says of each part whether its checks' corrections may be safe; without it, all may.

    Raises CheckError where two checks have one id, or a former id of one is that of another.
    """
    checks: dict[str, CompiledCheck] = {}
    for part, trusted in zip(parts, vouched or [True] * len(parts), strict=True):
        for data in part["checks"]:
            if data["id"] in checks:
                raise CheckError(
                    Path(data["id"]), 1, f"two checks have the id {data['id']!r}; give your own another one"
                )
            checks[data["id"]] = _check(data, trusted)
    aliases = _aliases(checks)
    off = [aliases.get(name, name) for name in disabled]
    on = [aliases.get(name, name) for name in enabled]
    rules: list[CompiledRule] = []
    literals: dict[str, list[int]] = {}
    adjoining: dict[str, list[tuple[int, int, str]]] = {}
    scans: dict[str, tuple[Sequence[str], bool, list[int]]] = {}
    structures: dict[str, list[int]] = {}
    for part in parts:
        own = [checks[data["id"]] for data in part["checks"]]
        wanted = [check.is_on(off, on) for check in own]
        for rule in part["rules"]:
            if not wanted[rule["check"]]:
                continue
            number = len(rules)
            rules.append(CompiledRule(number, own[rule["check"]], rule.get("needs", "text"), rule["rest"]))
            for literal in rule.get("literals", ()):
                literals.setdefault(literal, []).append(number)
            for step, words, others in rule.get("adjoining", ()):
                item = (number, step, others)
                for literal in words.split(" "):
                    adjoining.setdefault(literal, []).append(item)
            if rule.get("scan"):
                hints, cased = rule.get("hints", ()), rule.get("cased", False)
                scans.setdefault(rule["scan"], (hints, cased, []))[2].append(number)
            if rule.get("structure"):
                structures.setdefault(rule["structure"], []).append(number)
    listed = [(expression, *parts_of_scan) for expression, parts_of_scan in scans.items()]
    return Index(checks, rules, literals, listed, structures, aliases, key, adjoining)


def _check(data: "StoredCheck", vouched: bool) -> CompiledCheck:
    return CompiledCheck(
        id=data["id"],
        summary=data["summary"],
        category=data["category"],
        severity=Severity(data["severity"]),
        confidence=data["confidence"],
        message=data["message"],
        detector=data["detector"],
        enabled=data["enabled"],
        regions=frozenset(data["regions"]),
        quotations=data["quotations"],
        translated=Severity(data["translated"]) if data["translated"] else None,
        scope=data["scope"],
        engines=frozenset(data["engines"]),
        requires=frozenset(data["requires"]),
        detector_engines=frozenset(data["detector_engines"]),
        yields=data["yields"],
        paired=data["paired"],
        status=data["status"],
        language=data["language"],
        aliases=tuple(data["aliases"]),
        vouched=vouched,
    )


def _aliases(checks: Mapping[str, CompiledCheck]) -> dict[str, str]:
    result: dict[str, str] = {}
    for check in checks.values():
        for alias in check.aliases:
            other = alias if alias in checks else result.get(alias)
            if other is not None:
                raise CheckError(Path(check.id), 1, f"{check.id} has the alias {alias!r}, which already means {other}")
            result[alias] = check.id
    return result
