"""LanguageTool as an engine: its grammar, without its noise."""

from typing import TYPE_CHECKING, Literal, cast

from corrigenda.engines.engine import Host, Kind, Probe
from corrigenda.languages import code_of
from corrigenda.settings import Settings

if TYPE_CHECKING:
    from corrigenda.engines.languagetool.session import LanguageTool

_NAME = "languagetool"


def _create(host: Host) -> "LanguageTool | None":
    settings = host.settings
    state = cast(Literal["off", "auto", "on"], settings.engines.get(_NAME, "auto"))
    rules = [rule for rule in host.rules if rule.check.detector == _NAME]
    if not rules and state != "off":
        return None
    # deferred: a run without checks of LanguageTool has no use for it
    from corrigenda.engines.languagetool.session import LanguageTool
    from corrigenda.engines.languagetool.settings import Settings as Own

    language = settings.language
    own = Own(
        state=state,
        url=settings.options.get("languagetool-url", ""),
        language="auto" if language in ("", code_of(language)) else language,
    )
    return LanguageTool(own, rules, tables=lambda: host.names, rank=host.rank)


def _probe(settings: Settings) -> Probe:
    # deferred: only `corrigenda doctor` asks
    from corrigenda.engines.languagetool import installation, java
    from corrigenda.engines.languagetool.errors import UnavailableError

    try:
        found = java.find()
    except UnavailableError as error:
        return Probe("absent", "no Java that is new enough", str(error))
    installed = installation.installed()
    if installed is None:
        return Probe(
            "absent",
            f"Java {found.major} is here, LanguageTool is not",
            "run 'corrigenda languagetool install' (about 250 MB)",
        )
    return Probe("runs", f"LanguageTool {installed.version} on Java {found.major}")


ENGINE = Kind(
    _NAME,
    "document",
    "LanguageTool: grammar and spelling, by a server on this machine or one that is named.",
    _create,
    _probe,
)
