"""How the grammar engine is used, and how a LanguageTool server of our own is started."""

from pathlib import Path
from typing import Literal, NamedTuple


class Launch(NamedTuple):
    """How a server of our own is started.

    Attributes:
        port: Its port; None for a free one.
        heap_mb: Largest heap in MiB. With less than some 700 LanguageTool spends its time collecting garbage.
        seconds: How long it may take until it answers: 2 to 5 seconds on an idle machine, far longer on a busy one.
    """

    port: int | None = None
    heap_mb: int = 1024
    seconds: float = 90.0


class Settings(NamedTuple):
    """How the grammar engine is used.

    Attributes:
        state: "off"; "auto", where it is used when it is there; or "on", where it must be there: missing, it is then
            "failed" rather than "absent".
        backend: "lingotweaker" or "languagetool", which must then be there; "" for the first that is.
        url: A LanguageTool server that the user names, such as "http://127.0.0.1:8081"; "" for the shared one or one of
            our own.
        launch: How our own server is started.
        language: Variant of the language ("en-GB"), or "auto": found from each text's own spelling.
        default_language: Variant of a text whose spelling does not tell; "" for the language's own.
        threads: Requests under way at once; 0 for one a core, four at most.
        seconds: Limit of one request.
        home: Folder of the installations and of the shared server's state; None for the user's.
        cache: The cache's file; None for the one in the user's cache folder.
        use_cache: Whether answers are kept.
        fault: What is wrong with these settings, so that nobody can be asked; "" for nothing.
        by: Who says whether the engine is used, as a report names it.
    """

    state: Literal["off", "auto", "on"] = "auto"
    backend: Literal["", "lingotweaker", "languagetool"] = ""
    url: str = ""
    launch: Launch = Launch()
    language: str = "auto"
    default_language: str = ""
    threads: int = 0
    seconds: float = 90.0
    home: Path | None = None
    cache: Path | None = None
    use_cache: bool = True
    fault: str = ""
    by: str = "the configuration"

    @property
    def demanded(self) -> bool:
        """Whether it is a fault when nobody can be asked."""
        return self.state == "on" or bool(self.backend) or bool(self.url)
