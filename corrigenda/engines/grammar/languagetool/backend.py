"""LanguageTool's server as a backend: how it is found, and which one it is."""

from corrigenda.engines.grammar.backend import Options
from corrigenda.engines.grammar.languagetool import installation, shared
from corrigenda.engines.grammar.languagetool.asker import Asker
from corrigenda.engines.grammar.languagetool.server import acquire
from corrigenda.engines.grammar.settings import Settings


def open_asker(settings: Settings, options: Options) -> Asker:
    """Return who asks the server that settings name, the shared one, or one of our own; none is started yet."""
    asker = Asker(lambda: acquire(settings.url, launch=settings.launch, home=settings.home), options)
    asker.named(lambda: _version(settings, asker))
    return asker


def _version(settings: Settings, asker: Asker) -> str:
    """Name the LanguageTool that will answer, without starting one. Raises UnavailableError where there is none."""
    if settings.url:
        endpoint = asker.current().endpoint
        return f"{endpoint.url} {endpoint.version}"
    known = installation.installed(settings.home) or shared.running(settings.home)
    if known is None:
        return asker.current().endpoint.version  # raises, in its own words of what is missing
    return known.version
