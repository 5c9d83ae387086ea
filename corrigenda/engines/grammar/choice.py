"""Which backend answers: the one that is named, else LingoTweaker where it is installed, else LanguageTool."""

from typing import TYPE_CHECKING, Literal

from corrigenda.engines.grammar.lingotweaker import package
from corrigenda.engines.grammar.settings import Settings

if TYPE_CHECKING:
    from corrigenda.engines.grammar.backend import Backend, Options

Name = Literal["lingotweaker", "languagetool"]


def chosen(settings: Settings) -> Name:
    """Return the name of the backend that settings lead to. Imports none of them."""
    if settings.url:
        return "languagetool"
    if settings.backend:
        return settings.backend
    return "lingotweaker" if package.installed() else "languagetool"


def backend(settings: Settings, options: "Options") -> "Backend":
    """Return the backend that settings lead to; nothing is started yet."""
    if chosen(settings) == "lingotweaker":
        from corrigenda.engines.grammar.lingotweaker import backend as own  # deferred: one of two

        return own.LingoTweaker(options)
    from corrigenda.engines.grammar.languagetool.backend import open_asker  # deferred: one of two

    return open_asker(settings, options)
