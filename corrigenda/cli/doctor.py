"""`corrigenda doctor`: what is installed, which engines run, and what to do about those that do not."""

import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import click

from corrigenda import __version__
from corrigenda.cli.common import configuration, fail, refuse_unknown, trust_option
from corrigenda.cli.printing import say, say_json
from corrigenda.engines.engine import demanded, version_of
from corrigenda.storage import folders
from corrigenda.workspace.config import Config


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the installation: `state` is "runs", "absent" or "broken"; `advice` says what to do."""

    name: str
    state: str
    detail: str
    advice: str = ""


@click.command(name="doctor", short_help="What is installed, and which engines run.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.option(
    "--config", metavar="FILE", help="Configuration file; 'none' for none. Otherwise the nearest one is used."
)
@trust_option
def command(form: str, config: str | None, trust: bool | None) -> None:
    """Say what is installed and how large it is, which engines run, and what to do about those that do not.

    Exit codes: 0 all that checking needs runs, 1 something of it does not.
    """
    read = configuration(config, trust)
    refuse_unknown(read)
    parts = _parts(read)
    needed = {name for name, state in read.engines.items() if demanded(state)}
    optional = {"torch", "other models", "tables"} - needed
    if read.embedding_model or read.language_model:
        optional -= {"torch", "other models"}
    wrong = [
        part
        for part in parts
        if (part.state == "broken" and part.name not in optional)
        or (part.state == "absent" and part.name in {"spacy", *needed})
    ]
    if form == "json":
        packages = [{"name": name, "version": version, "bytes": size} for name, version, size in _packages()]
        say_json(
            {
                "corrigenda": __version__,
                "python": platform.python_version(),
                "parts": [asdict(part) for part in parts],
                "folders": [{"name": name, "path": str(path), "bytes": _folder_size(path)} for name, path in _kept()],
                "packages": packages,
            }
        )
    else:
        for line in _lines(parts, read):
            say(line)
    sys.exit(int(bool(wrong)))


def _lines(parts: list[Part], read: Config) -> Iterator[str]:
    yield f"corrigenda {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield f"configuration: {read.path or 'none, defaults are used'}"
    for name, path in _kept():
        yield f"{name}: {path} ({_megabytes(_folder_size(path)) if path.is_dir() else 'there is none'})"
    yield ""
    width = max(len(part.name) for part in parts)
    for part in parts:
        yield f"  {part.name:<{width}}  {part.state:<7} {part.detail}"
        if part.advice:
            yield f"  {'':<{width}}          {part.advice}"
    yield ""
    packages = list(_packages())
    total = sum(size for _, _, size in packages)
    largest = sorted(packages, key=lambda package: -package[2])[:5]
    yield f"{len(packages)} packages belong to it, {_megabytes(total)} in all; the largest are " + ", ".join(
        f"{name} {_megabytes(size)}" for name, _, size in largest
    )


def _kept() -> list[tuple[str, Path]]:
    """Return the folders outside the packages that corrigenda fills, by name."""
    return [("cache", folders.cache()), ("models", folders.models()), ("LanguageTool", folders.languagetool())]


def _rules(read: Config) -> Part:
    from corrigenda.pipeline.index import COMPILED, load
    from corrigenda.rules.check import CheckError

    try:
        index = load(read.check_folders)
    except CheckError as error:
        return Part("rules", "broken", str(error), "fix the check file")
    source = "compiled when the package was built" if COMPILED.is_file() else "compiled into the cache"
    return Part("rules", "runs", f"{len(index.checks)} checks, {source}")


def _any_model(read: Config) -> Part:
    if find_spec("sentence_transformers") is None:
        return Part(
            "other models",
            "absent",
            "sentence-transformers is not installed; the model that comes with corrigenda does not need it",
            "to name other models: pip install 'corrigenda[models]' (some gigabytes, with torch)",
        )
    if find_spec("torch") is not None and _fault("torch"):
        return Part("other models", "broken", "they need torch, which cannot be loaded", "see the line of torch")
    return Part("other models", "runs", f"sentence-transformers {version_of('sentence-transformers')}")


def _torch(read: Config) -> Iterator[Part]:
    """Yield a line on torch, where it is installed: the models that corrigenda brings do without it."""
    if find_spec("torch") is None:
        return
    fault = _fault("torch")
    if fault:
        advice = "pip install --force-reinstall torch; only other models need it, everything else runs without"
        yield Part("torch", "broken", f"it cannot be loaded ({fault})", advice)
    else:
        yield Part("torch", "runs", f"torch {version_of('torch')}, for other models alone")


@cache
def _fault(module: str) -> str:
    """Return why an installed package cannot be imported, in one line, "" where it can.

    Tried in a process of its own, since what is broken may end the process, or take long and much memory.
    """
    command = [sys.executable, "-P", "-c", f"import {module}"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return f"not within {_PATIENCE} seconds"
    except OSError as error:
        return str(error.strerror or error)
    if done.returncode == 0:
        return ""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else f"the process ended with {done.returncode}"


_PATIENCE = 120
"""Seconds for which an import is waited for."""


def _tables(read: Config) -> Part:
    missing = [name for name in ("pandas", "openpyxl") if find_spec(name) is None]
    if missing:
        return Part("tables", "absent", f"{', '.join(missing)} missing", "for Excel: pip install 'corrigenda[tables]'")
    for name in ("pandas", "openpyxl"):
        if fault := _fault(name):
            return Part(
                "tables", "broken", f"{name} cannot be loaded ({fault})", f"pip install --force-reinstall {name}"
            )
    return Part("tables", "runs", f"pandas {version_of('pandas')}, openpyxl {version_of('openpyxl')}")


def _engines(read: Config) -> Iterator[Part]:
    # deferred: the other commands ask the checker
    from corrigenda.engines.registry import kinds

    settings = read.settings()
    for kind in kinds():
        yield Part(kind.name, *kind.probe(settings))


def _parts(read: Config) -> list[Part]:
    return [_rules(read), *_engines(read), _any_model(read), *_torch(read), _tables(read)]


def _packages() -> Iterator[tuple[str, str, int]]:
    """Yield what corrigenda needs, itself included: name, version and size in bytes, sorted by name."""
    waiting, seen = ["corrigenda"], {"corrigenda"}
    found: list[tuple[str, str, int]] = []
    while waiting:
        name = waiting.pop()
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        size = 0
        for file in distribution.files or ():
            try:
                size += Path(str(file.locate())).stat().st_size
            except OSError:
                continue
        found.append((name, distribution.version, size))
        for line in distribution.requires or ():
            # What an extra asks for is listed with the extra's own line; markers of other systems name what is not
            # there.
            named = re.match(r"[A-Za-z0-9._-]+", line)
            needed = named[0].lower().replace("_", "-") if named else ""
            if needed and "extra ==" not in line and needed not in seen:
                seen.add(needed)
                waiting.append(needed)
    yield from sorted(found)


def _folder_size(folder: Path) -> int:
    if not folder.is_dir():
        return 0
    try:
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    except OSError as error:
        fail(f"{folder}: the cache cannot be read ({error.strerror or error})")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
