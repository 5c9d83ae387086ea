"""What `corrigenda doctor` says of grammar: which backend would answer here, tried for real where that is cheap."""

from corrigenda.engines.engine import Probe
from corrigenda.engines.grammar.backend import Options
from corrigenda.engines.grammar.choice import backend, chosen
from corrigenda.engines.grammar.errors import RefusedError, UnavailableError
from corrigenda.engines.grammar.languagetool import endpoint, installation, java
from corrigenda.engines.grammar.lingotweaker import package
from corrigenda.engines.grammar.pieces import Batch, Part, Piece
from corrigenda.engines.grammar.settings import Settings

_WRONG = "She can heard the bell."
"""A sentence of which every version of the rules says something."""


def probe(said: str) -> Probe:
    """Return whether the backend that is named, or that would be taken, can answer.

    Args:
        said: What the configuration says of the engine.
    """
    if said == "off":
        return Probe("absent", "turned off")
    if "://" in said:
        return _server(said)
    named = said if said in ("lingotweaker", "languagetool") else ""
    which = named or chosen(Settings())
    if which == "languagetool" and not named:
        found = _languagetool()
        return found if found.state == "runs" else Probe(found.state, found.detail, package.HOW_TO_INSTALL)
    return _lingotweaker() if which == "lingotweaker" else _languagetool()


def _server(url: str) -> Probe:
    try:
        version = endpoint.probe(url)
    except (OSError, ValueError) as error:
        return Probe("broken", f"LanguageTool does not answer at {url} ({error})", "start it, or name another backend")
    return Probe("runs", f"LanguageTool {version} at {url}")


def _lingotweaker() -> Probe:
    own = package.find()
    if own is None:
        return Probe("absent", "LingoTweaker is not installed", package.HOW_TO_INSTALL)
    tried = backend(Settings(backend="lingotweaker"), Options())
    try:
        found = tried.ask(Batch("en-US", (Piece(0, 0, 0, len(_WRONG), (Part(_WRONG),)),)))
    except (RefusedError, UnavailableError) as error:
        return Probe("broken", f"{own.version}: {error}", "pip install --force-reinstall 'corrigenda[grammar]'")
    finally:
        tried.close()
    if not found[0]:
        return Probe("broken", f"{own.version} finds nothing wrong with {_WRONG!r}")
    return Probe("runs", own.version)


def _languagetool() -> Probe:
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
