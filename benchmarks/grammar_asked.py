"""Asks one grammar engine about one article, about a folder of texts, and about both again; for grammar_speed.py.

    python benchmarks/grammar_asked.py WAY ARTICLE FOLDER CACHE

The ways: `server` is LanguageTool's server, started as corrigenda starts it, asked by one client with one request a
file, as plain text and with all its rules; `binding` is LingoTweaker by itself, one call a file; `lingotweaker` and
`languagetool` are corrigenda's engine with that backend, two requests at a time, with its filter and its cache. After
each of the four one line is printed: how much was found.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlencode

VARIANT = "en-US"
_SECONDS = 300.0
_BATCH = 64

Ask = Callable[[Sequence[str]], int]
"""Checks texts, and returns how many findings there are."""


@contextmanager
def _server() -> Iterator[Ask]:
    from corrigenda.engines.grammar.languagetool import server
    from corrigenda.engines.grammar.languagetool.endpoint import connection
    from corrigenda.engines.grammar.settings import Launch

    with server.own(Launch(seconds=_SECONDS)) as running:
        link = connection(running.endpoint.url, _SECONDS)

        def ask(texts: Sequence[str]) -> int:
            found = 0
            for text in texts:
                body = urlencode({"language": VARIANT, "text": text}).encode("ascii")
                link.request("POST", "/v2/check", body, {"Content-Type": "application/x-www-form-urlencoded"})
                found += len(json.loads(link.getresponse().read())["matches"])
            return found

        yield ask


@contextmanager
def _binding() -> Iterator[Ask]:
    import lt_py

    from corrigenda.engines.grammar.lingotweaker import package

    present = package.find()
    if present is None:
        sys.exit("LingoTweaker is not installed: pip install 'corrigenda[grammar]'")
    engine = lt_py.Engine(VARIANT, variant=VARIANT, data_dir=present.data)
    yield lambda texts: sum(len(json.loads(engine.check_json(text))["matches"]) for text in texts)


@contextmanager
def _engine(backend: Literal["lingotweaker", "languagetool"], cache: Path) -> Iterator[Ask]:
    from corrigenda.documents.formats.text import parse
    from corrigenda.engines.grammar.session import Grammar
    from corrigenda.engines.grammar.settings import Launch, Settings
    from corrigenda.pipeline.index import load

    settings = Settings(
        backend=backend, language=VARIANT, threads=2, cache=cache, seconds=_SECONDS, launch=Launch(seconds=_SECONDS)
    )
    with Grammar(settings, load().rules) as engine:

        def ask(texts: Sequence[str]) -> int:
            found = 0
            for at in range(0, len(texts), _BATCH):
                documents = [parse(text, f"{at + number}.txt") for number, text in enumerate(texts[at : at + _BATCH])]
                outcome = engine.check(documents)
                if engine.status().status != "ran" or outcome.problems:
                    sys.exit(f"{engine.status()} {outcome.problems[:1]}")
                found += sum(map(len, outcome.hits))
            return found

        yield ask


def main() -> None:
    """Ask, and print a line each time."""
    way, article, folder, cache = sys.argv[1:]
    one = [Path(article).read_text(encoding="utf-8")]
    all_ = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).iterdir())]
    ways = {"server": _server, "binding": _binding}
    opened = ways[way]() if way in ways else _engine(cast(Literal["lingotweaker", "languagetool"], way), Path(cache))
    with opened as ask:
        for texts in (one, all_, one, all_):
            print(ask(texts), flush=True)


if __name__ == "__main__":
    main()
