"""`corrigenda decisions`: take over what an editor decided in a reviewed Word copy."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corrigenda.cli.common import configuration, fail, ignore_list, refuse, settings_of, trust_option
from corrigenda.cli.printing import say
from corrigenda.reporting.base import plural

if TYPE_CHECKING:
    from corrigenda.documents.docx.outcomes import Outcome, ReturnedCopy
    from corrigenda.gate.baseline import Entry
    from corrigenda.workspace.config import Config


@click.command(name="decisions", short_help="Take over what was decided in a reviewed Word copy.")
@click.argument("copy", metavar="REVIEWED.docx")
@click.option("--document", metavar="PATH", help="The document it was made of, where that was moved or renamed since.")
@click.option("--list", "listed", is_flag=True, help="List every finding and what was decided; change nothing.")
@click.option("--config", metavar="FILE", help="Configuration file; 'none' for none.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what went wrong.")
@trust_option
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(
    copy: str, document: str | None, listed: bool, config: str | None, quiet: bool, trust: bool | None, debug: bool
) -> None:
    """Put what an editor left as it stands in REVIEWED.docx into the ignore list, so that it is not said again.

    The copy is one that 'corrigenda check FILE.docx --format docx --output REVIEWED.docx' made. A finding counts as
    rejected when its change was rejected, or its comment was resolved, answered or deleted and the words stand as they
    did; an answer becomes the entry's reason.

    Exit codes: 0 done, 1 something is not decided yet, 2 wrong usage, 3 the copy or the ignore list could not be used.
    """
    from corrigenda.documents.docx.outcomes import Verdict

    loaded = configuration(config, trust)
    returned = _read(copy, settings_of(loaded, (), (), ()).max_bytes)
    counts = Counter(outcome.verdict.value for outcome in returned.outcomes)
    if listed:
        for outcome in returned.outcomes:
            say(_line(outcome, returned))
    elif counts[Verdict.REJECTED.value]:
        _ignore(returned, copy, document, loaded, quiet=quiet)
    if not quiet:
        say(_summary(counts), err=True)
    sys.exit(1 if counts[Verdict.OPEN.value] else 0)


def _read(copy: str, limit: int) -> "ReturnedCopy":
    from corrigenda.documents import registry
    from corrigenda.documents.docx.outcomes import outcomes
    from corrigenda.documents.errors import DocumentError

    path = Path(copy)
    if path.suffix.lower() == ".json":
        fail(f"{copy}: decisions of the HTML report are taken over by 'corrigenda fix --decisions {copy}'")
    try:
        return outcomes(registry.load(path, limit=registry.file_limit("docx", limit)), copy, limit=limit)
    except DocumentError as error:
        fail(f"{copy}: {error.message}", 3)


def _ignore(returned: "ReturnedCopy", copy: str, document: str | None, config: "Config", *, quiet: bool) -> None:
    """Put what was rejected into the ignore list, for the document and for the copy that was read."""
    from corrigenda.gate.baseline import BaselineError, located
    from corrigenda.gate.ignoring import add

    if document is not None and not Path(document).is_file():
        fail(f"{document}: there is no such file; --document names the document that the copy was made of")
    paths = dict.fromkeys(located(path, config.root()) for path in (document or returned.path, copy))
    file = ignore_list(config)
    try:
        fresh = add(file, _entries(returned, list(paths), config))
    except BaselineError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{file}: the ignore list cannot be written ({error.strerror or error})", 3)
    if not quiet:
        findings = len({(entry.check, entry.fingerprint) for entry in fresh})
        say(f"{plural(findings, 'finding')} will not be reported again for {' and '.join(paths)} ({file}).", err=True)


def _entries(returned: "ReturnedCopy", paths: list[str], config: "Config") -> "list[Entry]":
    """Return the entries for what was rejected, known by the words that stand around it now: corrections beside a
    finding change those.
    """
    from corrigenda.documents.docx.outcomes import Verdict
    from corrigenda.errors import CheckError
    from corrigenda.fixes.fixer import Fixer
    from corrigenda.gate.baseline import Entry
    from corrigenda.pipeline.checker import checker

    try:
        with checker(settings_of(config, (), (), ())) as engine:
            found = Fixer(engine, (), config.root()).check(returned.document)
    except CheckError as error:
        refuse(error, config)
    now = {(finding.check, finding.start, finding.end): finding.fingerprint for finding in found}
    entries: list[Entry] = []
    for outcome in returned.outcomes:
        if outcome.verdict is not Verdict.REJECTED:
            continue
        own = outcome.proposal
        known_as = now.get((own.check, outcome.start, outcome.end), own.fingerprint)
        entries += (Entry(path, own.check, known_as, own.quote[:120], outcome.reason) for path in paths)
    return entries


def _line(outcome: "Outcome", returned: "ReturnedCopy") -> str:
    own = outcome.proposal
    place = returned.document.locate(outcome.start).words() if outcome.start >= 0 else "no longer there"
    proposed = "" if own.correction is None else f" → “{own.correction}”"
    reason = f" ({outcome.reason})" if outcome.reason else ""
    return f"{place}: {outcome.verdict.value}: “{own.quote}”{proposed}, {own.check}{reason}"


def _summary(counts: "Counter[str]") -> str:
    words = {
        "accepted": "accepted",
        "changed": "changed otherwise",
        "rejected": "left as it stands",
        "open": "not decided",
        "gone": "no longer there",
    }
    said = [f"{counts[verdict]:,} {word}" for verdict, word in words.items() if counts[verdict]]
    return f"{plural(sum(counts.values()), 'finding')}: {', '.join(said)}." if said else "Nothing was found there."
