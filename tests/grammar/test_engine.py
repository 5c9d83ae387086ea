"""The engine behind its protocol, against a stand-in that finds one word: which hits, for whom, and at what cost."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents.formats.text import parse
from corrigenda.engines.engine import DocumentEngine
from corrigenda.engines.grammar.filter.suggestions import trimmed
from corrigenda.engines.grammar.session import Grammar, Outcome
from corrigenda.engines.grammar.settings import Settings
from corrigenda.pipeline.index import load

from .helpers import NoNames, Rules

WORD = "goverment"


class Handler(BaseHTTPRequestHandler):
    """Answers as LanguageTool does, and finds one misspelt word."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._send({"software": {"name": "LanguageTool", "version": "0.1"}})

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode("ascii"))
        parts = json.loads(form["data"][0])["annotation"]
        text = "".join(part.get("text", part.get("markup", "")) for part in parts)
        matches = [
            {
                "offset": len(text[:at].encode("utf-16-le")) // 2,
                "length": len(WORD),
                "message": "Possible spelling mistake found.",
                "replacements": [{"value": "government"}],
                "rule": {"id": "MORFOLOGIK_RULE_EN_US", "issueType": "misspelling", "category": {"id": "TYPOS"}},
            }
            for at in range(len(text))
            if text.startswith(WORD, at)
        ]
        self._send({"matches": matches})

    def _send(self, answer: object) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Say nothing."""


@pytest.fixture(scope="module")
def stand_in() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def settings_of(url: str, tmp_path: Path) -> Settings:
    return Settings(url=url, cache=tmp_path / "cache.sqlite3", language="en-US")


def test_hits_name_their_document_and_their_check(stand_in: str, tmp_path: Path, rules: Rules) -> None:
    documents = [parse("Nobody came.", "a.txt"), parse(f"The {WORD} met 😀. A {WORD} left.", "b.txt")]
    with Grammar(settings_of(stand_in, tmp_path), rules, names=NoNames()) as engine:
        assert engine.status().status == "not needed"
        outcome = engine.check(documents)
        assert engine.status().status == "ran"
    first, second = outcome.hits
    assert first == ()
    assert [(hit.document, hit.start, hit.check.id) for hit in second] == [
        (1, 4, "language/spelling"),
        (1, documents[1].text.rindex(WORD), "language/spelling"),
    ]
    assert second[0].corrections[0].text == "government"


def test_two_engines_at_once_let_through_what_their_own_rules_say(stand_in: str, tmp_path: Path, rules: Rules) -> None:
    others = [rule for rule in rules if rule.check.id != "language/spelling"]
    documents = [parse(f"The {WORD} of town {number} met.", f"{number}.txt") for number in range(40)]
    outcomes: dict[str, Outcome] = {}

    def run(name: str, own: Rules) -> None:
        with Grammar(settings_of(stand_in, tmp_path), own, names=NoNames()) as engine:
            outcomes[name] = engine.check(documents)

    threads = [threading.Thread(target=run, args=pair) for pair in (("all", rules), ("others", others))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(hits) for hits in outcomes["all"].hits] == [1] * 40
    assert [len(hits) for hits in outcomes["others"].hits] == [0] * 40


def test_one_engine_serves_several_threads(stand_in: str, tmp_path: Path, rules: Rules) -> None:
    document = parse(f"The {WORD} met.\n\nThe {WORD} left.", "a.txt")
    outcomes: list[Outcome] = []
    with Grammar(settings_of(stand_in, tmp_path), rules, names=NoNames()) as engine:
        for _ in range(3):
            thread = threading.Thread(target=lambda: outcomes.append(engine.check([document])))
            thread.start()
            thread.join()
    assert [len(outcome.hits[0]) for outcome in outcomes] == [2, 2, 2]
    # What one thread has kept, the next one finds.
    assert [(outcome.sent, outcome.cached) for outcome in outcomes] == [(2, 0), (0, 2), (0, 2)]


def test_identity_names_what_decides_about_answers(stand_in: str, tmp_path: Path, rules: Rules) -> None:
    identities = {
        Grammar(settings, rules).identity()
        for settings in (
            Settings(url=stand_in),
            Settings(url="http://127.0.0.1:1"),
            Settings(url=stand_in, language="en-GB"),
            Settings(url=stand_in, default_language="en-GB"),
            Settings(state="off", url=stand_in),
        )
    }
    assert len(identities) == 5


def test_it_is_needed_by_its_own_rules_alone(rules: Rules) -> None:
    engine = Grammar(Settings(state="off"), rules)
    assert isinstance(engine, DocumentEngine)
    needing = {rule.check.detector for rule in load().rules if engine.needs(rule)}
    assert needing == {"grammar"}


ABSENT = """
import sys
from pathlib import Path
from corrigenda.documents.formats.text import parse
from corrigenda.engines.grammar.lingotweaker import package
from corrigenda.engines.grammar.session import Grammar
from corrigenda.engines.grammar.settings import Settings
package.find = lambda language="en": None
for state, home in (("auto", "nowhere"), ("off", ".")):
    with Grammar(Settings(state=state, home=Path(home)), []) as engine:
        assert engine.check([parse("They met.", "a.txt")]).hits == ((),)
        print(engine.status().status)
"""
FILTER = "import corrigenda.engines.grammar.filter.hits, sys\n"
HEAVY = """
OF_SERVER = ("answers", "client", "session", "languagetool.asker", "languagetool.server", "lingotweaker.process")
LIBRARIES = ("concurrent.futures", "http.client", "sqlite3", "subprocess")
print(sorted(name for name in sys.modules if name in LIBRARIES))
print([name for name in OF_SERVER if f"corrigenda.engines.grammar.{name}" in sys.modules])
"""


def said(script: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    return done.stdout.splitlines()


def test_to_say_that_it_is_absent_or_off_needs_no_client() -> None:
    assert said(ABSENT + HEAVY) == ["absent", "off", "[]", "['session']"]


def test_the_filter_does_not_know_where_matches_come_from() -> None:
    assert said(FILTER + HEAVY) == ["[]", "[]"]


WORDS = st.lists(st.sampled_from(("the", "a", "bread", "breads", ",", "is")), max_size=4).map(" ".join)


@given(WORDS, WORDS.filter(bool), WORDS, st.lists(WORDS, max_size=3))
def test_cut_down_suggestions_give_the_same_text(before: str, quote: str, after: str, suggestions: list[str]) -> None:
    text = f"{before} {quote} {after}"
    start = len(before) + 1
    end = start + len(quote)
    first, last, shorter = trimmed(text, start, end, suggestions)
    assert start <= first < last <= end
    assert [text[:first] + own + text[last:] for own in shorter] == [
        text[:start] + own + text[end:] for own in suggestions
    ]
