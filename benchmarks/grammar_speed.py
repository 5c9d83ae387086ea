"""How fast corrigenda is with LanguageTool, beside LanguageTool driven one request a file by one client.

    python benchmarks/grammar_speed.py [--articles 400] [--bytes 5000] [--texts FILE.jsonl.gz ...]

Three runs over the same articles, one after the other, each with a server of its own, its start included:

1. plain: one client, one request a file, LanguageTool as it comes;
2. first: corrigenda's reading, batching, threads, cache and filter;
3. second: the same again, with the cache of the first.

Articles are put together from the paragraphs of native English in the marked texts ($CORRIGENDA_SHARED, else
../shared), or from `--texts`: JSON Lines with a "text" each. Prints a table. Exit 1 when the first run has less than
1.3 times, or the second less than 20 times, the words per second of the plain one.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from corrigenda.documents.document import Document
from corrigenda.documents.formats.text import parse
from corrigenda.engines.grammar.languagetool import installation, jvm
from corrigenda.engines.grammar.languagetool.endpoint import connection, probe
from corrigenda.engines.grammar.session import Grammar
from corrigenda.engines.grammar.settings import Settings
from corrigenda.pipeline.index import load

ROOT = Path(__file__).resolve().parent.parent
NATIVE = ("abc_nltk", "wsj_nltk", "gum.all")


@dataclass(frozen=True)
class Result:
    name: str
    seconds: float
    words: int
    server_mb: float
    own_mb: float
    found: int

    @property
    def rate(self) -> float:
        return self.words / self.seconds


def paragraphs(files: Sequence[Path]) -> Iterator[str]:
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = " ".join(json.loads(line)["text"].split())
                if len(text) > 40:
                    yield text


def articles(files: Sequence[Path], count: int, size: int) -> list[str]:
    result: list[str] = []
    current: list[str] = []
    length = 0
    for text in paragraphs(files):
        current.append(text)
        length += len(text.encode("utf-8")) + 2
        if length >= size:
            result.append("\n\n".join(current))
            current, length = [], 0
            if len(result) == count:
                return result
    sys.exit(f"the texts give only {len(result)} articles of {size} bytes")


class Memory(threading.Thread):
    """Samples the resident memory of this process and of its children's children (the JVM) until stopped."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.stopped = threading.Event()
        self.server_mb = 0.0
        self.own_mb = 0.0

    def run(self) -> None:
        import psutil

        own = psutil.Process()
        while not self.stopped.wait(0.25):
            self.own_mb = max(self.own_mb, own.memory_info().rss / 2**20)
            total = 0.0
            for child in own.children(recursive=True):
                try:
                    if "java" in child.name():
                        total += child.memory_info().rss / 2**20
                except psutil.Error:
                    continue
            self.server_mb = max(self.server_mb, total)


def measured(name: str, words: int, work: Callable[[], int]) -> Result:
    memory = Memory()
    memory.start()
    started = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - started
    memory.stopped.set()
    memory.join()
    return Result(name, seconds, words, memory.server_mb, memory.own_mb, found)


def plain(texts: Sequence[str]) -> int:
    """Drive LanguageTool the plain way: its own command line, one client, one request a file."""
    present = installation.installed()
    assert present is not None
    port = jvm.free_port()
    command = ["java", "-cp", present.class_path, "org.languagetool.server.HTTPServer", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        while True:
            try:
                probe(url, 2.0)
                break
            except (OSError, ValueError):
                time.sleep(0.05)
        found = 0
        link = connection(url, 300.0)
        for text in texts:
            body = urlencode({"language": "en-US", "text": text}).encode("ascii")
            link.request("POST", "/v2/check", body, {"Content-Type": "application/x-www-form-urlencoded"})
            found += len(json.loads(link.getresponse().read())["matches"])
        return found
    finally:
        process.kill()
        process.wait()


def ours(texts: Sequence[str], cache: Path) -> int:
    found = 0
    with Grammar(Settings(state="on", language="en-US", cache=cache), load().rules) as engine:
        for at in range(0, len(texts), 64):
            documents: list[Document] = [parse(text, f"{at + n}.txt") for n, text in enumerate(texts[at : at + 64])]
            outcome = engine.check(documents)
            if engine.status().status != "ran" or outcome.problems:
                sys.exit(f"{engine.status()} {outcome.problems[:1]}")
            found += sum(len(hits) for hits in outcome.hits)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="LanguageTool through corrigenda, and without it.")
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--bytes", type=int, default=5000)
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    shared = Path(os.environ.get("CORRIGENDA_SHARED", ROOT.parent / "shared"))
    files = options.texts or [shared / "data" / "clean" / f"{name}.jsonl.gz" for name in NATIVE]
    texts = articles(files, options.articles, options.bytes)
    words = sum(len(text.split()) for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder, "cache.sqlite3")
        runs = [
            measured("plain", words, lambda: plain(texts)),
            measured("first", words, lambda: ours(texts, cache)),
            measured("second", words, lambda: ours(texts, cache)),
        ]
    print(
        f"{len(texts)} articles, {sum(len(t.encode()) for t in texts):,} bytes, {words:,} words, {os.cpu_count()} cores"
    )
    print(f"{'run':8}{'seconds':>9}{'words/s':>10}{'x plain':>9}{'server MB':>11}{'client MB':>11}{'found':>8}")
    for run in runs:
        ratio = run.rate / runs[0].rate
        print(
            f"{run.name:8}{run.seconds:9.1f}{run.rate:10,.0f}{ratio:9.2f}{run.server_mb:11,.0f}{run.own_mb:11,.0f}{run.found:8}"
        )
    if runs[1].rate < 1.3 * runs[0].rate or runs[2].rate < 20 * runs[0].rate:
        sys.exit("slower than promised")


if __name__ == "__main__":
    main()
