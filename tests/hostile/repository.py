"""Small repositories that somebody made to do harm, and what may never come out of a command that meets them."""

import re
from collections.abc import Iterator
from pathlib import Path

from corrigenda.reporting.visible import is_hidden

COMMAND = "::add-mask::secret"
ESCAPES = "\x1b]0;title\x07\x1b[2J\x9b31m\u202e\u2066"
"""What sets a terminal's title, rings, clears the screen, colours by C1, and turns the direction of what follows."""

WRONG = f"He met the the mayor.\n\n{COMMAND} {ESCAPES} ##[add-mask]x Kiev and Kyiv, Kiev and Kyiv: the the mayor.\n"
NAMES = (
    "plain.md",
    f"a\n{COMMAND}.md",
    f"{COMMAND}.md",
    f"##[add-mask]x{ESCAPES}.md",
    "line\u2028end\u0085.md",
    "half\udcff.md",
)

_OURS = re.compile(r"::(?:error|warning|notice) [^\n]*?::")
"""An annotation of the format `github`, up to its message."""


def write(folder: Path, files: dict[str, str]) -> None:
    """Write the files of a repository; one that this system's names cannot be given is left out."""
    for name, text in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        except (OSError, UnicodeEncodeError):
            continue


def articles() -> dict[str, str]:
    """Return articles whose names and words want to be commands and escape sequences."""
    return dict.fromkeys(NAMES, WRONG)


def harm(text: str, *, annotations: bool = False) -> Iterator[str]:
    """Yield the lines of an output that act on a terminal or on a runner of continuous integration.

    `annotations` says that workflow commands of our own are meant to be there.
    """
    for line in text.split("\n"):
        rest = line.removesuffix("\r")
        if any(is_hidden(character) for character in rest):
            yield f"hidden: {line!r}"
        if re.search(r"##[A-Za-z]*\[", rest) or (
            rest.lstrip().startswith("::") and not (annotations and _OURS.match(rest))
        ):
            yield f"command: {line!r}"
