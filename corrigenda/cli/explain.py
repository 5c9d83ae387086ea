"""`corrigenda explain`: one check in full, from its own file."""

import textwrap
from collections.abc import Mapping
from pathlib import Path

import click

from corrigenda.cli.common import configuration, fail, folders_of, trust_option
from corrigenda.cli.printing import say, say_json
from corrigenda.errors import closest, did_you_mean
from corrigenda.pipeline.suppression import MALFORMED, UNKNOWN, UNUSED
from corrigenda.rules.check import Check, CheckError, check_files, load
from corrigenda.rules.rule import Status
from corrigenda.storage import confined


@click.command(name="explain", short_help="Explain a check: why, with examples and sources.")
@click.argument("identities", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.option("--checks", "folders", multiple=True, metavar="FOLDER", help="A folder with checks of your own.")
@click.option(
    "--config", metavar="FILE", help="Configuration file; 'none' for none. Otherwise the nearest one is used."
)
@trust_option
def command(
    identities: tuple[str, ...], form: str, folders: tuple[str, ...], config: str | None, trust: bool | None
) -> None:
    """Explain each check ID: why it is there, what it finds and leaves alone, and who says so."""
    read = configuration(config, trust)
    # All are found before the first is printed, so that a slip in the last name does not hide behind pages.
    found = [
        identity if identity in _OF_THE_ENGINE else _find(identity, folders_of(read, folders))
        for identity in identities
    ]
    if form == "json":
        plain = [_plain(one) if isinstance(one, Check) else {"id": one, "why": _OF_THE_ENGINE[one]} for one in found]
        say_json(plain[0] if len(plain) == 1 else {"checks": plain})
        return
    for number, one in enumerate(found):
        if number:
            say()
            say()
        for line in _lines(one) if isinstance(one, Check) else _of_the_engine(one):
            say(line)


def _of_the_engine(identity: str) -> list[str]:
    return [f"{identity}:", "", *textwrap.wrap(_OF_THE_ENGINE[identity], 100)]


_OF_THE_ENGINE = {
    UNUSED: "An ignore comment that silences nothing any more. The place was fixed or the check changed; take the "
    "comment out, so that it does not hide the next mistake. A suggestion, and no check with a file of its own.",
    UNKNOWN: "An ignore comment that names a check which does not exist, so it silences nothing. 'corrigenda checks' "
    "lists the names. An error, and no check with a file of its own.",
    MALFORMED: "A comment that means to silence checks and does not: its colon is missing, its first word is none of "
    "ignore, ignore-block and ignore-file, or the format has no such comments. An error, and no check with a file of "
    "its own.",
}
"""What the engine says itself, about the comments that silence checks."""


def _find(identity: str, folders: list[Path]) -> Check:
    known: dict[str, tuple[Path, Path]] = {}
    for folder in folders:
        for path in check_files(folder):
            known.setdefault(path.relative_to(folder).with_suffix("").as_posix(), (path, folder))
    if identity not in known:
        identity = _renamed(identity, known) or identity
    if identity not in known:
        names = {name.split("/")[-1]: name for name in known}
        last = closest(identity.split("/")[-1], names)
        otherwise = f"did you mean {names[last]!r}?" if last is not None else "'corrigenda checks' lists them"
        hint = did_you_mean(identity, known, otherwise=otherwise)
        fail(f"there is no check {identity!r}; {hint}")
    try:
        return load(*known[identity])
    except CheckError as error:
        fail(str(error))


def _renamed(identity: str, known: Mapping[str, tuple[Path, Path]]) -> str | None:
    """Return the id that a check has now whose former id this is."""
    for path, folder in known.values():
        # Reading all checks takes a second, so only those are read that speak of the name at all.
        try:
            speaks = identity.encode() in confined.read_bytes(path, limit=confined.MIB)
        except OSError:  # it is said where the file is read
            continue
        if speaks and identity in load(path, folder).aliases:
            return path.relative_to(folder).with_suffix("").as_posix()
    return None


_STATUS: Mapping[Status, str] = {
    "preview": "In preview: it is still being tried out, and runs only where its id or 'preview' is enabled.",
    "deprecated": "Deprecated: it will go in one of the next versions.",
}


def _lines(check: Check) -> list[str]:
    lines = [f"{check.id}: {check.summary}", ""]
    lines += textwrap.wrap(check.why, 100)
    off = "" if check.enabled and check.status != "preview" else ", off unless it is enabled"
    lines += [
        "",
        f"{check.severity.value}, {check.category}, confidence {check.confidence:g}, detector {check.detector}{off}",
    ]
    if check.status != "stable":
        lines += ["", _STATUS[check.status]]
    if check.aliases:
        lines += ["", f"Formerly {', '.join(check.aliases)}."]
    if check.wrong:
        lines += ["", "Found:"]
        for example in check.wrong:
            lines += _example(_marked(example.text, example.spans), "  ✗ ")
            if example.right is not None:
                lines += _example(example.right, "  → ")
    if check.fine:
        lines += ["", "Left alone:"]
        for text in check.fine:
            lines += _example(text, "  ✓ ")
    if check.sources:
        lines += ["", "Sources:"]
        for source in check.sources:
            lines += _example(source, "  - ")
    lines += ["", f"File: {check.path}"]
    return lines


def _example(text: str, head: str) -> list[str]:
    shown = [line for part in text.strip().splitlines() for line in textwrap.wrap(part, 96) or [""]]
    return [(head if number == 0 else " " * len(head)) + line for number, line in enumerate(shown)]


def _marked(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    return text


def _plain(check: Check) -> dict[str, object]:
    return {
        "id": check.id,
        "summary": check.summary,
        "why": check.why,
        "category": check.category,
        "severity": check.severity.value,
        "confidence": check.confidence,
        "detector": check.detector,
        "enabled": check.enabled,
        "status": check.status,
        "aliases": list(check.aliases),
        "wrong": [
            {"text": example.text, "spans": [list(span) for span in example.spans], "right": example.right}
            for example in check.wrong
        ],
        "fine": list(check.fine),
        "sources": list(check.sources),
    }
