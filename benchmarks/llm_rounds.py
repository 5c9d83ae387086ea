"""Have a large language model that no program can reach answer the requests of a measurement, round by round.

A text is read first, and only then are there places for the judge and the writer: so requests come in rounds. Each
round is a folder of batches that somebody with a model works through, with nothing else before them:

    BATCHES/round-1/00/INSTRUCTIONS.md           the system message, the same for all requests of the batch
    BATCHES/round-1/00/07-3f2a….txt              a user message
    BATCHES/round-1/00/answers/07-3f2a….json     what the model answered, as it answered it

    python benchmarks/llm_rounds.py record  SHARED FOLDER              what would be asked, into FOLDER/requests
    python benchmarks/llm_rounds.py collect BATCHES FOLDER…            what has no answer, into the next round's batches
    python benchmarks/llm_rounds.py publish BATCHES FOLDER…            answers of all batches, into FOLDER/answers
    python benchmarks/llm_rounds.py next    SHARED BATCHES FOLDER…     publish, record in the first, and collect
    python benchmarks/llm_rounds.py keep    SHARED FOLDER TARGET       what belongs to `world` and the sample, to TARGET

Equal requests of several folders are asked once. A batch has at most twenty, of one system message, in an order that
says nothing of where they come from, and no text twice. FOLDER/told.jsonl has what the rules found in each text when it
was first recorded (calibrating/texts.py).
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from calibrating.texts import SAMPLE, SETS, TOLD, find_out, lines, texts, write_told

from corrigenda.engines.llm.chat import Reply, Request, digest
from corrigenda.engines.llm.context import profiles
from corrigenda.engines.llm.errors import AnswerError
from corrigenda.engines.llm.parse import proposals, verdicts, wordings
from corrigenda.engines.llm.reading import Model, read
from corrigenda.engines.llm.recorded import Recorded
from corrigenda.engines.llm.settings import ROLES
from corrigenda.engines.llm.work import Work
from corrigenda.engines.names import NameIndex

MOST = 20
"""Requests in a batch."""
_NAMED = 12
"""Digits of a request's hash in the name of a file."""
READERS = {"places": proposals, "verdicts": verdicts, "texts": wordings}


class Asked(NamedTuple):
    """A request that has no answer: its hash, its two messages, and the text that it is about."""

    hash: str
    system: str
    user: str

    @property
    def about(self) -> frozenset[str]:
        """The numbered lines of the request, by which two requests about one text are known."""
        return frozenset(re.findall(r"^(?:\[\d+\]|\d+\.) (.{30,})$", self.user, re.MULTILINE))


def record(shared: Path, folder: Path, model: str, wanted: Sequence[str] = (*SETS, SAMPLE)) -> tuple[int, int]:
    """Write down what would be asked, as far as answers go; return the texts that are done, and those that are not."""
    find_out(shared, folder)
    return asked(texts(shared, folder, wanted), Model(Work(Recorded(folder).ask, None, requests=1), model))


def asked(own: Iterable[Any], model: Model) -> tuple[int, int]:
    """Have texts read, and return how many have all their answers and how many have not."""
    done = open_ = 0
    told = model._replace(profile=profiles()["news"])
    for text in own:
        came = read([text.document], told, NameIndex(), [text.known])
        complete = not (came.unread or came.unanswered)
        done, open_ = done + complete, open_ + (not complete)
    return done, open_


def collect(batches: Path, folders: Sequence[Path]) -> dict[str, int]:
    """Write batches of what has no answer, as the next round; return how many requests each batch has."""
    unanswered: dict[str, Asked] = {}
    for folder in folders:
        for path in sorted((folder / "requests").glob("*.json")):
            if (folder / "answers" / path.name).exists():
                continue
            system, user = (m["content"] for m in json.loads(path.read_text(encoding="utf-8"))["messages"][:2])
            unanswered[path.stem] = Asked(path.stem, system, user)
    number = 1 + max((int(path.name.partition("-")[2]) for path in batches.glob("round-*")), default=0)
    sizes: dict[str, int] = {}
    for one in _batches(sorted(unanswered.values())):
        name = f"{len(sizes):02}"
        folder = batches / f"round-{number}" / name
        (folder / "answers").mkdir(parents=True)
        (folder / "INSTRUCTIONS.md").write_text(one[0].system, encoding="utf-8", newline="\n")
        for at, request in enumerate(one):
            (folder / f"{at:02}-{request.hash[:_NAMED]}.txt").write_text(request.user, encoding="utf-8", newline="\n")
        sizes[f"round-{number}/{name}"] = len(one)
    return sizes


def _batches(requests: Sequence[Asked]) -> list[list[Asked]]:
    shuffled = list(requests)
    random.Random(15).shuffle(shuffled)
    by_system: dict[str, list[list[Asked]]] = {}
    for request in shuffled:
        own = by_system.setdefault(request.system, [])
        for batch in own:
            if len(batch) < MOST and not any(request.about & other.about for other in batch):
                batch.append(request)
                break
        else:
            own.append([request])
    return [batch for own in by_system.values() for batch in own]


def publish(batches: Path, folders: Sequence[Path]) -> tuple[int, int, list[str]]:
    """Put the answers of all batches where they are read from.

    Return how many are new, how many belong to no request of these folders, and what is wrong with others.
    """
    requests: dict[str, list[Path]] = {}
    for folder in folders:
        for path in (folder / "requests").glob("*.json"):
            requests.setdefault(path.stem[:_NAMED], []).append(path)
    new, others = 0, 0
    wrong: list[str] = []
    for path in sorted(batches.glob("round-*/*/answers/*.json")):
        places = requests.get(path.stem.partition("-")[2], [])
        fresh = [place for place in places if not (place.parent.parent / "answers" / place.name).exists()]
        others += not places
        if not fresh:
            continue
        text = path.read_text(encoding="utf-8").strip()
        body = json.loads(fresh[0].read_text(encoding="utf-8"))
        try:
            READERS[body["response_format"]["json_schema"]["name"]](text)
        except AnswerError as error:
            wrong.append(f"{path}: {error}")
            continue
        for place in fresh:
            target = place.parent.parent / "answers" / place.name
            target.parent.mkdir(exist_ok=True)
            kept = json.dumps({"content": text}, ensure_ascii=False, indent=1)
            target.write_text(kept + "\n", encoding="utf-8", newline="\n")
        new += 1
    return new, others, wrong


def keep(shared: Path, folder: Path, target: Path, model: str) -> int:
    """Copy the requests and answers that hold no sentence of others: those of `world` and the sample."""
    used: set[str] = set()

    def ask(request: Request) -> Reply:
        used.add(f"{digest(request.body())}.json")
        return Recorded(folder).ask(request)

    own = ("world", SAMPLE)
    asked(texts(shared, folder, own), Model(Work(ask, None, requests=1), model, roles=ROLES))
    for kind in ("requests", "answers"):
        (target / kind).mkdir(parents=True, exist_ok=True)
        for path in (target / kind).glob("*.json"):
            path.unlink()
        for name in sorted(used):
            source = folder / kind / name
            if source.exists():
                (target / kind / name).write_bytes(source.read_bytes())
    write_told(target, [row for row in lines(folder / TOLD) if row["set"] in own])
    return len(used)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("record", "collect", "publish", "next", "keep"))
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--model", default="large", help="the model's name in the requests")
    options = parser.parse_args()
    paths: list[Path] = options.paths
    least = {"record": 2, "collect": 2, "publish": 2, "next": 3, "keep": 3}[options.what]
    if len(paths) < least:
        parser.error(f"{options.what} takes {least} paths or more")
    if options.what in ("publish", "next"):
        batches, folders = (paths[0], paths[1:]) if options.what == "publish" else (paths[1], paths[2:])
        new, others, wrong = publish(batches, folders)
        print("\n".join([*wrong, f"{new} new answers, {len(wrong)} that cannot be used, {others} to other requests"]))
    if options.what in ("record", "next"):
        done, open_ = record(paths[0], paths[2 if options.what == "next" else 1], options.model)
        print(f"{done} texts have all their answers, {open_} have not")
    if options.what in ("collect", "next"):
        batches, folders = (paths[0], paths[1:]) if options.what == "collect" else (paths[1], paths[2:])
        sizes = collect(batches, folders)
        print("\n".join(f"{batches / name}: {count} requests" for name, count in sizes.items()) or "nothing is open")
    if options.what == "keep":
        print(f"{keep(*paths[:3], options.model)} requests are kept in {paths[2]}")


if __name__ == "__main__":
    main()
