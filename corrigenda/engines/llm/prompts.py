"""The prompts of corpora/prompts: parts that are put together, and a version by which answers are kept."""

import hashlib
import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple

from corrigenda import resources
from corrigenda.engines.llm import kinds

_PART = re.compile(r"^## (\w+)\n", re.MULTILINE)


class Prompt(NamedTuple):
    """A role's prompt: its parts by name, in their order, and the version of the file."""

    parts: Mapping[str, str]
    version: str

    def text(self, house: str = "", without: Collection[str] = (), *, profile: str = "") -> str:
        """Return what the model is told: `house` is what is known of the house, `profile` what is known of the kind of
        text, `without` names parts to leave out.
        """
        filled = {"{kinds}": kinds.told(), "{house}": house, "{profile}": profile}
        told = "\n\n".join(text for name, text in self.parts.items() if name not in without)
        for name, value in filled.items():
            told = told.replace(name, value)
        return re.sub(r"\n{3,}", "\n\n", told).strip() + "\n"


@cache
def prompt(role: str) -> Prompt:
    """Return the prompt of a role."""
    data = resources.path("corpora", "prompts", f"{role}.md").read_bytes()
    pieces = _PART.split(data.decode("utf-8"))[1:]
    parts = {name: text.strip() for name, text in zip(pieces[::2], pieces[1::2], strict=True)}
    version = hashlib.sha256(data + kinds.told().encode()).hexdigest()[:12]
    return Prompt(parts, version)
