"""What `corrigenda languagetool status` says: whether LanguageTool can be used here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corrigenda.engines.grammar.errors import UnavailableError
from corrigenda.engines.grammar.languagetool import installation, java, shared
from corrigenda.engines.grammar.languagetool.installation import HOW_TO_INSTALL


@dataclass(frozen=True, slots=True)
class Health:
    """One line for Java, one for the installation and one for the shared server; and whether a run can use them."""

    java: str
    installation: str
    server: str
    ready: bool


def health(home: Path | None = None, find_java: Callable[[], java.Java] = java.find) -> Health:
    """Return whether LanguageTool can be used here, in sentences."""
    home = installation.home() if home is None else home
    try:
        found = find_java()
        line, able = f"Java {found.major} at {found.path}", True
    except UnavailableError as error:
        line, able = error.reason, False
    present = installation.installed(home)
    place = f"LanguageTool {present.version} in {present.folder}" if present else f"not installed; {HOW_TO_INSTALL}"
    state = shared.running(home)
    running = f"shared server at {state.url} (process {state.pid})" if state else "no shared server runs"
    return Health(line, place, running, (able and present is not None) or state is not None)
