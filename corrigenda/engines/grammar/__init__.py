"""Grammar as an engine: LanguageTool's rules, without their noise, in a process of ours or by a server."""

import os
from typing import TYPE_CHECKING, Literal, cast

from corrigenda.engines.engine import Host, Kind, Probe, demanded
from corrigenda.languages import code_of
from corrigenda.settings import Settings

if TYPE_CHECKING:
    from corrigenda.engines.grammar.session import Grammar

_NAME = "grammar"
_BACKENDS = ("lingotweaker", "languagetool")
VARIABLE = "CORRIGENDA_GRAMMAR"
"""The environment variable that says what `[engines] grammar` would, for configurations that say nothing of it."""


def _create(host: Host) -> "Grammar | None":
    said = _said(host.settings)
    rules = [rule for rule in host.rules if rule.check.detector == _NAME]
    # Off in the configuration is said in every report; off in the environment only where a check would have asked it.
    if not rules and host.settings.engines.get(_NAME) != "off":
        return None
    # deferred: a run without checks of grammar has no use for it
    from corrigenda.engines.grammar.session import Grammar
    from corrigenda.engines.grammar.settings import Settings as Own

    language = host.settings.language
    own = Own(
        state="off" if said == "off" else "on" if demanded(said) else "auto",
        backend=cast(Literal["", "lingotweaker", "languagetool"], said if said in _BACKENDS else ""),
        url=said if "://" in said else "",
        language="auto" if language in ("", code_of(language)) else language,
        fault="" if ENGINE.takes(said) else _fault(said),
        by="the configuration" if host.settings.engines.get(_NAME) else VARIABLE,
    )
    return Grammar(own, rules, tables=lambda: host.names, rank=host.rank)


def _said(settings: Settings) -> str:
    """Return what the configuration says of the engine, else the environment."""
    return settings.engines.get(_NAME) or os.environ.get(VARIABLE, "").strip() or "auto"


def _fault(said: str) -> str:
    return f"{VARIABLE} is {said!r}; it must be one of {ENGINE.words}"


def _probe(settings: Settings) -> Probe:
    # deferred: only `corrigenda doctor` asks
    from corrigenda.engines.grammar.probe import probe

    said = _said(settings)
    return probe(said) if ENGINE.takes(said) else Probe("broken", _fault(said), f"set {VARIABLE} right, or take it out")


ENGINE = Kind(
    _NAME,
    "document",
    "Grammar and spelling by LanguageTool's rules: LingoTweaker on this machine, or a LanguageTool server, which an "
    "address names.",
    _create,
    _probe,
    values=_BACKENDS,
    address=True,
    formerly="languagetool",
)
