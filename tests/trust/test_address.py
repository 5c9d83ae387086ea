"""Where texts go: to an address that somebody who may decide it named, and the report names it too."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Corrigenda


class Grammar(http.server.BaseHTTPRequestHandler):
    """What a LanguageTool server says to a text without faults."""

    def do_GET(self) -> None:
        info = {"software": {"name": "LanguageTool", "version": "6.6"}}
        languages = [{"name": "English (US)", "code": "en", "longCode": "en-US"}]
        self.answer(info if self.path.endswith("/info") else languages)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"matches": []})

    def answer(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Grammar)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_reports_name_the_server(corrigenda: Corrigenda, tmp_path: Path, address: str) -> None:
    (tmp_path / "a.txt").write_text("The harbour was quiet in the morning.\n", encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(f'[engines]\ngrammar = "{address}"\n', encoding="utf-8")
    outcome = corrigenda("check", "a.txt", "--format", "json")
    (grammar,) = [engine for engine in outcome.report["engines"] if engine["name"] == "grammar"]
    assert (grammar["status"], grammar["reason"]) == ("ran", f"the text was sent to the server at {address}")
    for form in ("terminal", "markdown"):
        assert "text was sent to the server at" in corrigenda("check", "a.txt", "--format", form).out.replace("\n", " ")
    # What the environment says is for configurations that say nothing, and a stranger's is taken to say nothing.
    environment = {"CORRIGENDA_GRAMMAR": "off"}
    stranger = corrigenda("check", "a.txt", "--format", "json", "--untrusted", env=environment)
    assert "is taken for" in stranger.err
    assert {engine["name"]: engine["status"] for engine in stranger.report["engines"]}["grammar"] == "off"
