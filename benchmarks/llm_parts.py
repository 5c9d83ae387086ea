"""What each part of what the reader is told is worth: the same texts, each time without one of them.

    python benchmarks/llm_parts.py record SHARED FOLDER    requests of each variant, into FOLDER/VARIANT/requests
    python benchmarks/llm_rounds.py collect BATCHES FOLDER/*      … answer them, and
    python benchmarks/llm_rounds.py publish BATCHES FOLDER/*
    python benchmarks/llm_parts.py score SHARED FOLDER     a table in Markdown

Four texts of `world` and four of native news, by the reader alone: what it proposes, before anything is judged. Of
each text it is told which language it comes from, and of native news it is told a wrong one, as a desk does that says
`--from` for whatever comes in: so the figures for native news are worse than they are in a run that says nothing. A
place is right when at least half of it lies on a mark (as score.py has it). "with the rules" counts the marks that the
reader was told are marked already, and need not name.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from calibrating.reading import mark_at
from calibrating.texts import NATIVE, TOLD, Text, find_out, texts

from corrigenda.engines.llm.context import Known, profiles
from corrigenda.engines.llm.prompts import prompt
from corrigenda.engines.llm.reading import Model, Read, read
from corrigenda.engines.llm.recorded import Recorded
from corrigenda.engines.llm.room import CHARACTERS_A_TOKEN
from corrigenda.engines.llm.work import Work
from corrigenda.engines.names import NameIndex

VARIANTS: dict[str, tuple[str, ...]] = {
    "whole": (),
    "no-examples": ("examples",),
    "no-not": ("not",),
    "no-source": ("source",),
    "no-profile": ("profile",),
    "no-marks": ("marks", "marked"),
    "no-title": ("title",),
    "no-neighbours": ("neighbours",),
    "no-context": ("source", "profile", "marks", "marked", "title", "neighbours"),
    "bare": ("examples", "not", "source", "profile", "marks", "marked", "title", "neighbours"),
}
"""What each variant leaves out."""
WORLD = ("02-ru", "07-ko", "09-fr", "12-ar")
SAID = ("ru", "ko", "fr", "ar")
"""What is said of native texts in turn."""
SURE = 80
"""Of 100: places of which the reader says at least this much are counted a second time."""


class Scored(NamedTuple):
    """What came of a variant."""

    places: int = 0
    right: int = 0
    found: int = 0
    covered: int = 0
    marks: int = 0
    native: int = 0
    words: int = 0

    def row(self) -> list[str]:
        """Cells of a table."""
        precision, recall = self.right / max(1, self.places), self.found / max(1, self.marks)
        return [
            f"{precision:.2f}",
            f"{recall:.2f}",
            f"{self.covered / max(1, self.marks):.2f}",
            f"{1000 * self.native / max(1, self.words):.1f}",
        ]


def chosen(shared: Path, folder: Path) -> Iterator[Text]:
    """Yield the eight texts, each with the language that it is said to come from."""
    natives = 0
    for text in texts(shared, folder, ("world", NATIVE)):
        if text.set == NATIVE and natives < len(SAID):
            yield text._replace(known=Known(SAID[natives], text.known.marks))
            natives += 1
        elif text.id.startswith(WORLD):
            yield text._replace(known=Known(text.source, text.known.marks))


def read_one(text: Text, folder: Path, variant: str, model: str) -> Read:
    """Have one text read as a variant has it."""
    asked = Model(
        Work(Recorded(folder / variant).ask, None, requests=1),
        model,
        roles=("reader",),
        profile=profiles()["news"],
        without=VARIANTS[variant],
    )
    return read([text.document], asked, NameIndex(), [text.known])


def scored(shared: Path, folder: Path, variant: str, model: str, sure: int = 0) -> Scored | None:
    """Score a variant; None where an answer is missing."""
    score = Scored()
    for text in chosen(shared, folder):
        came = read_one(text, folder, variant, model)
        if came.unread:
            return None
        own = [said.found for said in came.said if said.found.sure >= sure]
        if text.set == NATIVE:
            words = len(re.findall(r"\w+", text.text))
            score = score._replace(native=score.native + len(own), words=score.words + words)
            continue
        at = [mark_at(place.start, place.end, text.spans) for place in own]
        found = {mark for mark in at if mark is not None}
        told = () if "marks" in VARIANTS[variant] else text.known.marks
        covered = found | {m for mark in told if (m := mark_at(mark.start, mark.end, text.spans)) is not None}
        score = score._replace(
            places=score.places + len(own),
            right=score.right + sum(mark is not None for mark in at),
            found=score.found + len(found),
            covered=score.covered + len(covered),
            marks=score.marks + len(text.spans),
        )
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("record", "score"))
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="large", help="the model's name in the requests")
    options = parser.parse_args()
    shared, folder, model = options.shared, options.folder, options.model
    if options.what == "record":
        find_out(shared, folder)
        for variant in VARIANTS:
            for text in chosen(shared, folder):
                read_one(text, folder, variant, model)
            print(f"{variant}: {len(list((folder / variant / 'requests').glob('*.json')))} requests")
        return
    if not (folder / TOLD).exists():
        raise SystemExit(f"nothing is recorded in {folder}")
    print("| told | tokens | right | found | with the rules | native, per 1,000 words | the same, from 80 of 100 on |")
    print("|---|---|---|---|---|---|---|")
    for variant, without in VARIANTS.items():
        every, surer = (scored(shared, folder, variant, model, sure) for sure in (0, SURE))
        tokens = round(len(prompt("reader").text(profile=profiles()["news"], without=without)) / CHARACTERS_A_TOKEN)
        if every is None or surer is None:
            print(f"| {variant} | {tokens:,} | not answered | | | | |")
            continue
        print(f"| {variant} | {tokens:,} | {' | '.join(every.row())} | {' / '.join(surer.row())} |")


if __name__ == "__main__":
    main()
