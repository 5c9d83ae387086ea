"""Profiles: what a kind of text needs of the checks, and does without."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Profile(NamedTuple):
    """Checks that are off and on, how much support weak findings need (1 as usual, 0 none), and what it is for."""

    summary: str
    disabled: tuple[str, ...] = ()
    enabled: tuple[str, ...] = ()
    support: float = 1.0


_NEWSROOM = ("cleanup/caption", "cleanup/stray-headline", "artefacts/news-formula", "artefacts/reporting-formula")

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "news": Profile("runs every check"),
        "web": Profile("asks less before it takes a text for a translation", support=0.7),
        "docs": Profile("leaves out what is for captions and newsroom formulas", disabled=_NEWSROOM),
        "documents": Profile("is the former name of docs", disabled=_NEWSROOM),
        "science": Profile(
            "looks for paraphrased terms too, and leaves out what is for newsrooms",
            disabled=_NEWSROOM,
            enabled=("artefacts/tortured-phrase",),
        ),
        "strict": Profile(
            "takes every text for a translation, and runs what is still being tried out",
            enabled=("preview",),
            support=0.0,
        ),
        "minimal": Profile("runs only what is enabled", disabled=("all",)),
    }
)
