"""What a text costs in requests and tokens, by role and length, and how long our own work on it takes.

    python benchmarks/llm_cost.py [--words 250 500 1000 2000 4000]

The texts are made up, and what answers is a function here, which names as much as the large model whose answers are
recorded (benchmarks/llm) named in articles translated from fourteen languages: a place in every thirteen words, 219
characters each, one of a hundred without a correction. The judge is also asked about findings of the rules, eleven in
1,000 words. Tokens are reckoned as a budget reckons them (a token is 3.5 characters: rather too many than too few).
Copy that is fit to print costs the reader's question and little else.

Our own work is all that is done beside waiting for answers: cutting, asking, reading answers, finding the places,
names, keeping answers. Not in it: HTTP (benchmarks/llm_clients.py), and the tables of names, which the first text
loads. The time is the median of five runs, each with an empty cache.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.engines.llm import judge
from corrigenda.engines.llm.chat import Reply, Request
from corrigenda.engines.llm.context import Known, Mark, profiles
from corrigenda.engines.llm.judging import Judge
from corrigenda.engines.llm.reading import Model, read
from corrigenda.engines.llm.room import CHARACTERS_A_TOKEN
from corrigenda.engines.llm.schema import MOST_PLACES
from corrigenda.engines.llm.work import Work, open_cache
from corrigenda.engines.names import NameIndex

WORDS_A_PLACE = 13
PLACE = 219
"""Characters of a place in an answer."""
UNWORDED = 100
"""Of so many places one has no correction."""
WORDS_A_FINDING = 90
"""Words to a finding of the rules that the judge is asked about."""
RUNS = 5
_WHO = (
    "The council",
    "A spokesman",
    "The mayor of the town",
    "One of the drivers",
    "The regional office",
    "Her lawyer",
)
_DID = (
    "has informed about",
    "carried out",
    "did not comment on",
    "was in time for",
    "gave attention to",
    "took part at",
)
_WHAT = ("the repair of the bridge", "a meeting with residents", "the new timetable", "the works on the road")
_WHEN = (
    "in the night on Sunday",
    "on the last week",
    "till the end of the month",
    "during two hours",
    "already in May",
)
PATTERN = re.compile(r"^(?:\[(\d+)\]|\d+\.) (.*)$", re.MULTILINE)


class Cost(NamedTuple):
    """What one kind of request took: how many, and tokens in and out."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    def row(self) -> str:
        """A cell of the table."""
        return f"{self.requests}: {self.tokens_in:,} + {self.tokens_out:,}" if self.requests else "–"


class Canned:
    """Answers at once, and counts by role."""

    def __init__(self) -> None:
        self.costs = {"places": Cost(), "verdicts": Cost(), "texts": Cost()}
        self._number = itertools.count(1)

    def ask(self, request: Request) -> Reply:
        """Answer as a large model would that is asked about a bad translation."""
        lines = PATTERN.findall(request.messages[-1].content)
        if request.name == "places":
            items = [place for block, text in lines for place in self._places(int(block), text)][:MOST_PLACES]
        elif request.name == "verdicts":
            items = [{"place": n, "change": "yes", "sure": 90} for n in range(1, len(lines) + 1)]
        else:
            items = [{"place": n, "text": "as it should be"} for n in range(1, len(lines) + 1)]
        text = json.dumps({request.name: items}, ensure_ascii=False)
        own = self.costs[request.name]
        used = round(request.characters() / CHARACTERS_A_TOKEN), round(len(text) / CHARACTERS_A_TOKEN)
        self.costs[request.name] = Cost(own.requests + 1, own.tokens_in + used[0], own.tokens_out + used[1])
        return Reply(text, *used)

    def _places(self, block: int, text: str) -> Iterator[dict[str, object]]:
        words = text.split()
        for at in range(4, len(words) - 2, WORDS_A_PLACE):
            quote = words[at : at + 6]  # long enough to stand there once
            word = next(n for n, text in enumerate(quote) if text.islower())
            wording = " ".join([*quote[:word], "otherwise", *quote[word + 1 :]])
            place = {
                "block": block,
                "quote": " ".join(quote),
                "kind": "literal",
                "why": "",
                "corrections": [wording] if next(self._number) % UNWORDED else [],
                "sure": 90,
            }
            yield {**place, "why": "x" * max(0, PLACE - len(json.dumps(place)))}


def text_of(words: int) -> str:
    """Return a text of so many words, in paragraphs of some sixty, of which no two are alike."""
    lines: list[str] = []
    count = number = 0
    while count < words:
        sentences = []
        for _ in range(4):
            who, did = _WHO[number // 6 % 6], _DID[number % 6]
            what, when = _WHAT[number % 4], _WHEN[number % 5]
            sentences.append(f"{who} number {number} {did} {what} {when}.")
            number += 1
        lines.append(" ".join(sentences))
        count += len(lines[-1].split())
    return "# A town by the river\n\n" + "\n\n".join(lines) + "\n"


def asked(document: Document, names: NameIndex, folder: Path) -> tuple[dict[str, Cost], float]:
    """Have a document read, and findings of the rules judged; return what it cost, by role, and the seconds."""
    server = Canned()
    started = time.perf_counter()
    work = Work(server.ask, open_cache(folder / "llm.sqlite3"), requests=1)
    own = Judge(work, "large", "The house writes British English.")
    found = [block for block in document.blocks if block.view.text]
    marks = tuple(Mark(block.start, block.start + 12, "number words") for block in found[1::2])
    known = [Known("uk", marks)]
    model = Model(work, "large", "The house writes British English.", judge=own, profile=profiles()["news"])
    came = read([document], model, names, known)
    assert not came.unread and came.dropped.total() <= len(came.said) // 20, came.dropped
    costs = {"reader": server.costs["places"], "judge": server.costs["verdicts"], "writer": server.costs["texts"]}
    before = server.costs["verdicts"]
    wanted = len(document.text.split()) // WORDS_A_FINDING
    texts = [found[1 + n % (len(found) - 1)].view.text for n in range(wanted)]
    own.judged([[judge.Case(text, 10 + n % 50, 24 + n % 50, "another wording") for n, text in enumerate(texts)]])
    seconds = time.perf_counter() - started
    after = server.costs["verdicts"]
    costs["own"] = Cost(*(b - a for a, b in zip(before, after, strict=True)))
    work.close()
    return costs, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, nargs="+", default=[250, 500, 1_000, 2_000, 4_000])
    options = parser.parse_args()
    names = NameIndex()
    print("| words | reader | judge, its places | judge, other findings | writer | tokens in and out | our own work |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        _run(options.words[0], names, Path(folder) / "first")
        for words in options.words:
            runs = [_run(words, names, Path(folder) / f"{words}-{number}") for number in range(RUNS)]
            costs = runs[0][0]
            roles = " | ".join(costs[role].row() for role in ("reader", "judge", "own", "writer"))
            both = [sum(cost[at] for cost in costs.values()) for at in (1, 2)]
            seconds = statistics.median(seconds for _, seconds in runs)
            print(f"| {words:,} | {roles} | {both[0]:,} + {both[1]:,} | {seconds:.2f} s |")


def _run(words: int, names: NameIndex, folder: Path) -> tuple[dict[str, Cost], float]:
    folder.mkdir()
    document = registry.read_bytes(text_of(words).encode("utf-8"), "a.md", "markdown")
    return asked(document, names, folder)


if __name__ == "__main__":
    main()
