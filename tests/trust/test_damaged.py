"""What lies in caches may be damaged, what servers say may have no end, and Ctrl-C ends a run at any moment."""

import http.server
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from corrigenda.engines.grammar.errors import RefusedError
from corrigenda.engines.grammar.languagetool import transport
from corrigenda.engines.grammar.languagetool.endpoint import Endpoint, probe
from corrigenda.pipeline.packing import unpack
from tests.command import PLAIN, SECONDS
from tests.conftest import HOUSE_TERM, Corrigenda

FORMS = ["", "[]", "{}", "null\n", "[" * 100_000, '{"format": 10, "plugins": {}, "checks": [1], "rules": []}', "\udc80"]


@pytest.mark.parametrize("form", FORMS)
def test_a_cache_of_the_index_of_another_form_is_made_anew(
    corrigenda: Corrigenda, house: list[str], tmp_path: Path, user_cache: Path, form: str
) -> None:
    (tmp_path / "a.txt").write_text("It lay on the territory of the port.\n", encoding="utf-8")
    kept = set((user_cache / "checks").glob("*.jsonl"))
    first = corrigenda("check", "a.txt", *house, "--format", "json", "--no-cache")
    (own,) = set((user_cache / "checks").glob("*.jsonl")) - kept
    whole = own.read_bytes()
    own.write_bytes(form.encode("utf-8", "surrogateescape"))
    again = corrigenda("check", "a.txt", *house, "--format", "json", "--no-cache")
    assert (again.code, again.out, again.err) == (first.code, first.out, "")
    assert own.read_bytes() == whole
    own.write_bytes(whole.replace(HOUSE_TERM.split("find: ")[1].split("\n")[0].encode(), b"on the moon of  the sun"))
    assert corrigenda("check", "a.txt", *house, "--format", "json", "--no-cache").out == first.out


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b"[1,2,3,4,5]", b'["a",[],[1],[2],[3]]', b"[" * 100_000])
def test_a_result_of_another_form_is_no_result(data: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(data, "a.txt", lambda: "text")


class Endless(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            pass

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"[" * 200_000)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endless() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endless)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_reply_without_end_is_refused(endless: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST", 1 << 20)
    with pytest.raises(RefusedError, match="larger than 1 MB"):
        transport.Transport(60).post(Endpoint(endless), "/v2/check", {})
    with pytest.raises(ValueError, match="nested without end"):
        probe(endless)


INTERRUPTED = """\
import io, signal, sys
class Pressed(io.RawIOBase):
    def readable(self):
        return True
    def readinto(self, buffer):
        signal.raise_signal(signal.SIGINT)
        return 0
sys.stdin = io.TextIOWrapper(io.BufferedReader(Pressed()))
sys.argv = ["corrigenda", "check", "-"]
from corrigenda.cli.main import main
main()
"""


def test_ctrl_c_exits_130(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "corrigenda: stopped.")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent another way there")
def test_ctrl_c_ends_a_pool_without_a_word(tmp_path: Path) -> None:
    for number in range(2_000):
        (tmp_path / f"{number}.txt").write_text("The army took the town because the enemy is closing.\n" * 20, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "corrigenda", "check", ".", "--jobs", "2", "--no-cache", "--format", "json"],
        cwd=tmp_path, env={**os.environ, **PLAIN}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        process.kill()
        pytest.skip("this system does not list a process's children")
    while process.poll() is None and len(children.read_text().split()) < 3:
        pass  # two workers, and the process that keeps count of what they share
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out, err.strip()) == (130, "", "corrigenda: stopped.")
