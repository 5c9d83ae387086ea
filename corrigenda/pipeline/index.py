"""The compiled index of checks: what a run starts from.

Reading YAML, validating it and deriving gates and literals takes a second or two; so it is done once. The shipped
checks are compiled when the wheel is built; in a checkout, and for users' own folders, the result is kept in the user's
cache, keyed by the content of the check files and of the code that compiles them.
"""

import hashlib
import importlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corrigenda import __version__, resources
from corrigenda.finding import Severity
from corrigenda.languages import language
from corrigenda.rules.rule import CompiledCheck, CompiledRule, CompileResources, Needs
from corrigenda.settings import is_on
from corrigenda.storage import folders

if TYPE_CHECKING:
    from corrigenda.rules.check import Check
    from corrigenda.rules.rule import Rule

FORMAT = 7
_PACKAGE = Path(__file__).resolve().parent.parent
COMPILED = _PACKAGE / "_compiled" / "index.json"


def detector(name: str) -> Any:
    """Import the detector of a name; `_` and `-` are one in module names."""
    return importlib.import_module(f"corrigenda.detectors.{name.replace('-', '_')}")


@dataclass(frozen=True)
class Index:
    """All compiled checks of a run.

    `literals` maps a lower-case word to the numbers of the rules that it nominates; `scans` lists (expression,
    hints, whether these are cased, rules) and `structures` maps a structural nominator to its rules.
    """

    checks: Mapping[str, CompiledCheck]
    rules: Sequence[CompiledRule]
    literals: Mapping[str, Sequence[int]]
    scans: Sequence[tuple[str, Sequence[str], bool, Sequence[int]]]
    structures: Mapping[str, Sequence[int]]
    key: str = ""
    """Names the content of all checks and which of them are on."""


def compile_checks(checks: Iterable["Check"]) -> dict[str, Any]:
    """Compile checks into plain JSON values. Raises CheckError for the first that cannot be used."""
    from corrigenda.rules.required import is_cased, required

    support = CompileResources(frequency=language().frequency, lists=_lists())
    compiled_checks: list[dict[str, Any]] = []
    rules: list[dict[str, Any]] = []
    for check in checks:
        position = len(compiled_checks)
        module = detector(check.detector)
        own = module.compile_check(check, support)
        compiled_checks.append(
            {
                "id": check.id,
                "summary": check.summary,
                "category": check.category,
                "severity": check.severity.value,
                "confidence": check.confidence,
                "message": check.message,
                "detector": check.detector,
                "enabled": check.enabled,
                "regions": sorted(region.value for region in check.regions),
                "quotations": check.quotations,
                "yields": getattr(module, "yields", False),
                **_dependencies(module, own),
            }
        )
        rules.extend(
            {
                "check": position,
                "literals": rule.literals,
                "scan": rule.scan,
                "hints": rule.hints or (required(rule.scan) if rule.scan else ()),
                "cased": bool(rule.scan) and is_cased(rule.scan),
                "structure": rule.structure,
                "needs": rule.needs,
                "rest": _text([rule.gate, _beside(rule), rule.payload]),
            }
            for rule in own
        )
    return {"format": FORMAT, "version": __version__, "checks": compiled_checks, "rules": rules}


def _dependencies(module: Any, rules: Sequence["Rule"]) -> dict[str, Any]:
    """Return what the findings of a check depend on: how much of the text, and which engines."""
    needed = frozenset(getattr(module, "engines", ()))
    own = [_engines_of(rule) for rule in rules]
    conditions = [near for rule in rules for key in ("if", "unless") for near in rule.payload.get(key, ())]
    wide = any(within == "document" for _, within in conditions)
    return {
        "scope": "document" if wide and module.scope == "sentence" else module.scope,
        "engines": sorted(needed.union(getattr(module, "asks", ()), *own)),
        "requires": sorted(needed.union(frozenset.intersection(*own) if own else ())),
    }


def _engines_of(rule: "Rule") -> frozenset[str]:
    found = {"spacy"} if rule.needs != "text" else set()
    if rule.payload.get("compare"):
        found.add("language-model")
    return frozenset(found)


def write_compiled(target: Path) -> int:
    """Compile the shipped checks into a file (at build time). Returns the number of checks."""
    from corrigenda.rules.check import load_folder

    folder = resources.folder("checks")
    data = {"key": _key(folder), **compile_checks(load_folder(folder))}
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_text(data), encoding="utf-8", newline="\n")
    return len(data["checks"])


def load(check_folders: Sequence[Path] = (), disabled: Iterable[str] = (), enabled: Iterable[str] = ()) -> Index:
    """Return the index of the shipped checks and those in `check_folders`.

    `disabled` and `enabled` are check ids or themes (`names`); the more exact name wins, then `disabled`.
    Raises CheckError for a check that cannot be used.
    """
    parts = [_shipped(), *(_cached(folder) for folder in check_folders)]
    off, on = tuple(disabled), tuple(enabled)
    names = repr([[part.get("key", "") for part in parts], off, on])
    return replace(_assemble(parts, off, on), key=hashlib.sha256(names.encode()).hexdigest())


def _shipped() -> dict[str, Any]:
    # An installation has the file beside it; in a checkout it would go stale, so there the cache decides.
    if COMPILED.is_file() and (_PACKAGE / "checks").is_dir():
        data: dict[str, Any] = json.loads(COMPILED.read_text(encoding="utf-8"))
        if data.get("format") == FORMAT and data.get("version") == __version__:
            return data
    return _cached(resources.folder("checks"))


def _cached(folder: Path) -> dict[str, Any]:
    from corrigenda.errors import CheckError

    if not folder.is_dir():
        raise CheckError(folder, 1, "there is no such folder of checks")
    key = _key(folder)
    cache = folders.cache() / "checks" / f"{key}.json"
    try:
        data: dict[str, Any] = json.loads(cache.read_text(encoding="utf-8"))
        if data.get("format") == FORMAT:
            return data
    except (OSError, ValueError):
        pass
    from corrigenda.rules.check import load_folder

    data = {"key": key, **compile_checks(load_folder(folder))}
    text = _text(data)
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        # deferred: needed only when a check changed
        from corrigenda.storage.atomic import replace_file

        replace_file(cache, text.encode("utf-8"))
    except OSError:
        pass  # a read-only home costs time, not correctness
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _key(folder: Path) -> str:
    """Hash the content of a folder's checks, and the state of the code and lists that compile them.

    The shipped checks of a checkout are known by size and time, since reading them all would cost every start; a user's
    by what stands in them.
    """
    digest = hashlib.sha256(f"{FORMAT} {__version__} {folder}".encode("utf-8", "surrogateescape"))
    shipped = folder == resources.folder("checks")
    for path, name in _files(str(folder), ".yaml"):
        digest.update(name.encode("utf-8", "surrogateescape") + b"\0")
        digest.update(_state(path) if shipped else hashlib.sha256(Path(path).read_bytes()).digest())
    code = [path for path, _ in _files(str(_PACKAGE), ".py")]
    corpora = str(resources.folder("corpora"))
    lists = [
        path for part in ("exemplars", "lists", "confusables") for path, _ in _files(os.path.join(corpora, part), "")
    ]
    files = ("boilerplate.jsonl", "dialects.tsv", "word_frequencies.tsv")
    for path in [*code, *lists, *(os.path.join(corpora, name) for name in files)]:
        digest.update(os.path.basename(path).encode() + _state(path))
    return digest.hexdigest()[:32]


def _files(folder: str, ending: str) -> list[tuple[str, str]]:
    """Return the files below a folder, sorted, as path and path inside it. os.walk, since it is ten times as fast."""
    found: list[tuple[str, str]] = []
    for root, inner, names in os.walk(folder):
        inner.sort()
        found += [
            (os.path.join(root, name), os.path.relpath(os.path.join(root, name), folder))
            for name in names
            if name.endswith(ending) and not name.startswith((".", "_"))
        ]
    return sorted(found)


def _state(path: str) -> bytes:
    status = os.stat(path)
    return f"{status.st_size} {status.st_mtime_ns}".encode()


def _assemble(parts: Sequence[Mapping[str, Any]], disabled: Sequence[str], enabled: Sequence[str]) -> Index:
    from corrigenda.errors import CheckError

    checks: dict[str, CompiledCheck] = {}
    rules: list[CompiledRule] = []
    literals: dict[str, list[int]] = {}
    scans: dict[str, tuple[Sequence[str], bool, list[int]]] = {}
    structures: dict[str, list[int]] = {}
    for part in parts:
        own: list[CompiledCheck | None] = []
        for data in part["checks"]:
            identity = data["id"]
            if identity in checks:
                raise CheckError(Path(identity), 1, f"two checks have the id {identity!r}; give your own another one")
            check = CompiledCheck(
                id=identity,
                summary=data["summary"],
                category=data["category"],
                severity=Severity(data["severity"]),
                confidence=data["confidence"],
                message=data["message"],
                detector=data["detector"],
                enabled=data["enabled"],
                regions=frozenset(data["regions"]),
                quotations=data["quotations"],
                scope=data["scope"],
                engines=frozenset(data["engines"]),
                requires=frozenset(data["requires"]),
                yields=data["yields"],
            )
            checks[identity] = check
            own.append(check if is_on(identity, check.enabled, disabled, enabled) else None)
        for data in part["rules"]:
            owner = own[data["check"]]
            if owner is None:
                continue
            needs: Needs = data["needs"]
            number = len(rules)
            rules.append(CompiledRule(number, owner, needs, data["rest"]))
            for literal in data["literals"]:
                literals.setdefault(literal, []).append(number)
            if data["scan"]:
                scans.setdefault(data["scan"], (data["hints"], data["cased"], []))[2].append(number)
            if data["structure"]:
                structures.setdefault(data["structure"], []).append(number)
    listed = [(expression, *parts_of_scan) for expression, parts_of_scan in scans.items()]
    return Index(checks, rules, literals, listed, structures)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _beside(rule: "Rule") -> list[tuple[str, ...]]:
    """Return what a rule's conditions and gate want in the block: lists of strings of which one must stand there."""
    from corrigenda.rules.required import is_cased, required

    payload = rule.payload
    expressions = [expression for expression, within in payload.get("if", ()) if within != "document"]
    if "cues" in payload:
        expressions.append(payload["cues"])
    if rule.literals and rule.gate and not is_cased(rule.gate):
        expressions.append(rule.gate)
    found = [required(expression) for expression in expressions]
    return [strings for strings in found if strings and not set(strings) <= set(rule.literals)]


def _lists() -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for path in sorted(resources.path("corpora", "lists").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        result[path.stem] = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return result
