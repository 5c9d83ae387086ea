"""The real server: started, shared, lost, hung, killed, and in the way of another program."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrigenda.documents.document import Document
from corrigenda.documents.formats.text import parse
from corrigenda.engines.grammar.errors import UnavailableError
from corrigenda.engines.grammar.languagetool import install, java, server, shared
from corrigenda.engines.grammar.languagetool.asker import Asker, Options
from corrigenda.engines.grammar.languagetool.health import health
from corrigenda.engines.grammar.languagetool.installation import Installation
from corrigenda.engines.grammar.lingotweaker import package
from corrigenda.engines.grammar.pieces import Batch, pieces
from corrigenda.engines.grammar.session import Grammar, Outcome
from corrigenda.engines.grammar.settings import Launch, Settings
from corrigenda.finding import EngineStatus, Problem
from tests.conftest import absent, needs

from . import helpers

SLOW = 240.0
START = Launch(seconds=SLOW)


def settings_of(home: Path, tmp_path: Path, **others: object) -> Settings:
    """Return the settings of a run that must have LanguageTool."""
    basis = Settings(
        state="on",
        backend="languagetool",
        home=home,
        cache=tmp_path / "cache.sqlite3",
        language="en-US",
        launch=START,
        seconds=SLOW,
    )
    return basis._replace(**others)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Checked:
    """What came of one run: the engine's outcome and its status at the end."""

    documents: Sequence[Document]
    outcome: Outcome
    status: EngineStatus

    @property
    def problems(self) -> Sequence[Problem]:
        return self.outcome.problems

    @property
    def quotes(self) -> list[list[str]]:
        return quotes(self.documents, self.outcome)


def check(chosen: Settings, rules: helpers.Rules, documents: Sequence[Document]) -> Checked:
    with Grammar(chosen, rules, names=helpers.NoNames()) as engine:
        outcome = engine.check(documents)
        return Checked(documents, outcome, engine.status())


def quotes(documents: Sequence[Document], outcome: Outcome) -> list[list[str]]:
    return [
        [document.text[hit.start : hit.end] for hit in hits]
        for document, hits in zip(documents, outcome.hits, strict=True)
    ]


def jvms() -> list[int]:
    """Return the Java processes that this one started."""
    import psutil

    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if "java" in child.name() and child.status() != psutil.STATUS_ZOMBIE:
                found.append(child.pid)
        except psutil.NoSuchProcess:
            continue
    return found


def test_a_run_starts_one_ends_it_and_needs_none_the_second_time(
    home: Path, tmp_path: Path, rules: helpers.Rules
) -> None:
    before = jvms()
    documents = [helpers.article(number) for number in range(3)]
    chosen = settings_of(home, tmp_path)
    with Grammar(chosen, rules, names=helpers.NoNames()) as engine:
        first = engine.check(documents)
        (pid,) = set(jvms()) - set(before)
        again = engine.check(documents[:1])
        assert again.hits == first.hits[:1]
        assert engine.status().status == "ran"
    assert not first.problems
    assert quotes(documents, first) == [list(helpers.ERRORS)] * 3
    assert helpers.gone(pid)
    with Grammar(chosen, rules, names=helpers.NoNames()) as engine:
        second = engine.check(documents)
        assert set(jvms()) <= set(before)
    assert second.hits == first.hits
    assert second.cached == 12
    assert second.sent == 0


def test_the_cache_holds_no_word_of_the_text(url: str, tmp_path: Path, rules: helpers.Rules) -> None:
    path = tmp_path / "cache.sqlite3"
    check(Settings(url=url, cache=path, language="en-US", seconds=SLOW), rules, [helpers.article(1)])
    data = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert len(data) > 1000
    for word in (b"goverment", b"government", b"Residents", b"cellar", b"recieved"):
        assert word not in data


def test_a_server_killed_in_the_middle_loses_nothing(home: Path, tmp_path: Path, rules: helpers.Rules) -> None:
    before = set(jvms())
    documents = [helpers.article(number) for number in range(160)]
    cache = tmp_path / "cache.sqlite3"
    killed: list[int] = []

    def kill_once() -> None:
        if not helpers.until(lambda: cache.exists() and answers_in(cache) > 20, SLOW):
            return
        for pid in set(jvms()) - before:
            os.kill(pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
            killed.append(pid)

    killer = threading.Thread(target=kill_once)
    killer.start()
    outcome = check(settings_of(home, tmp_path), rules, documents)
    killer.join()
    assert killed
    assert outcome.status.status == "ran"
    assert not outcome.problems
    assert outcome.quotes == [list(helpers.ERRORS)] * 160
    assert helpers.until(lambda: set(jvms()) <= before, 15)


def answers_in(path: Path) -> int:
    import sqlite3

    link = sqlite3.connect(path, timeout=5)
    try:
        count: int = link.execute("SELECT count(*) FROM entries").fetchone()[0]
    except sqlite3.Error:
        count = 0
    finally:
        link.close()
    return count


def test_its_port_taken_while_it_is_down(home: Path, tmp_path: Path, rules: helpers.Rules) -> None:
    before = set(jvms())
    one, two = helpers.article(1), helpers.article(2)
    with Grammar(settings_of(home, tmp_path, use_cache=False), rules, names=helpers.NoNames()) as engine:
        first = engine.check([one])
        (pid,) = set(jvms()) - before
        assert engine.backend.in_use is not None
        port = int(engine.backend.in_use.endpoint.url.rpartition(":")[2])
        os.kill(pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        assert helpers.gone(pid)
        with helpers.program(helpers.greeting, port):
            second = engine.check([one, two])
            assert engine.status().status == "ran"
    assert quotes([one], first) == [list(helpers.ERRORS)]
    assert quotes([one, two], second) == [list(helpers.ERRORS)] * 2
    assert not second.problems
    assert helpers.until(lambda: set(jvms()) <= before, 15)


def test_a_port_that_another_program_has(home: Path, tmp_path: Path, rules: helpers.Rules) -> None:
    with helpers.program(helpers.greeting) as port:
        outcome = check(settings_of(home, tmp_path, launch=START._replace(port=port)), rules, [helpers.article(1)])
    assert outcome.status.status == "failed"
    assert outcome.status.reason == f"port {port} is taken by another program; name a free port, or leave it out"


def test_two_runs_at_once_have_a_server_each_and_the_same_findings(
    home: Path, tmp_path: Path, rules: helpers.Rules
) -> None:
    before = set(jvms())
    documents = [helpers.article(number) for number in range(20)]
    outcomes: dict[int, Checked] = {}

    def run(number: int) -> None:
        outcomes[number] = check(settings_of(home, tmp_path), rules, documents)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes[0].outcome.hits == outcomes[1].outcome.hits
    assert outcomes[0].quotes == [list(helpers.ERRORS)] * 20
    assert not outcomes[0].problems
    assert not outcomes[1].problems
    assert helpers.until(lambda: set(jvms()) <= before, 15)


HOLDER = """
import sys, time
from pathlib import Path
import signal
from corrigenda.engines.grammar.languagetool import server
from corrigenda.engines.grammar.settings import Launch
# A shell that starts tests in the background has them ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
running = server.own(Launch(seconds=240.0), home=Path(sys.argv[1]))
print(running.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("how", ["kill", "interrupt"])
def test_no_jvm_outlives_a_run_that_is_killed(home: Path, how: str) -> None:
    if os.name == "nt" and how == "interrupt":
        pytest.skip("Ctrl-C cannot be sent to one process on Windows")
    run = subprocess.Popen([sys.executable, "-c", HOLDER, str(home)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert run.stdout is not None
    pid = int(run.stdout.readline())
    assert helpers.alive(pid)
    if how == "kill":
        run.kill()
    else:
        run.send_signal(signal.SIGINT)
    run.wait(timeout=30)
    assert helpers.gone(pid)


def test_the_shared_server(private_home: Path, tmp_path: Path, rules: helpers.Rules) -> None:
    state = shared.start(START, home=private_home)
    try:
        assert shared.start(home=private_home) == state
        assert shared.running(private_home) == state
        assert f"shared server at {state.url}" in health(private_home).server
        before = jvms()
        outcome = check(settings_of(private_home, tmp_path), rules, [helpers.article(1)])
        assert outcome.quotes == [list(helpers.ERRORS)]
        assert jvms() == before
        assert helpers.alive(state.pid)
    finally:
        stopped = shared.stop(private_home)
    assert stopped
    assert helpers.gone(state.pid)
    assert shared.running(private_home) is None
    assert not shared.stop(private_home)


def test_a_state_file_that_lies_is_not_believed(private_home: Path) -> None:
    with helpers.program(helpers.greeting) as port:
        for content in (
            f'{{"url": "http://127.0.0.1:{port}", "version": "6.8", "pid": 1, "control": {port}, "token": "x"}}',
            "{}",
            "not json",
        ):
            (private_home / "server.json").write_text(content, encoding="utf-8")
            assert shared.running(private_home) is None


HOLDING = """
import sys, time
from pathlib import Path
from corrigenda.engines.grammar.languagetool import shared
with shared._lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_while_another_program_starts_it_and_after_that_was_killed(private_home: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(private_home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as other:
        assert other.stdout is not None and other.stdout.readline() == b"held\n"
        with pytest.raises(UnavailableError, match="another program is starting the shared LanguageTool"):
            shared.start(home=private_home)
        other.kill()
    with shared._lock(private_home):
        assert shared.running(private_home) is None


STARTING = """
import sys
from pathlib import Path
from corrigenda.engines.grammar.languagetool import shared
from corrigenda.engines.grammar.settings import Launch
written = shared._write_state
def halfway(home, state):
    print(state.pid, flush=True)
    sys.stdin.read()
shared._write_state = halfway
shared.start(Launch(seconds=240.0), home=Path(sys.argv[1]))
"""


def test_no_jvm_outlives_a_start_that_is_killed_half_way(private_home: Path) -> None:
    command = [sys.executable, "-c", STARTING, str(private_home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as starting:
        assert starting.stdout is not None
        pid = int(starting.stdout.readline())
        assert helpers.alive(pid)
        starting.kill()
    assert helpers.gone(pid)
    assert shared.running(private_home) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_no_jvm_outlives_a_supervisor_that_is_killed(private_home: Path) -> None:
    state = shared.start(START, home=private_home)
    os.kill(psutil.Process(state.pid).ppid(), signal.SIGKILL)
    assert helpers.gone(state.pid)
    assert shared.running(private_home) is None


def test_nothing_at_the_named_address(tmp_path: Path, rules: helpers.Rules) -> None:
    address = f"http://127.0.0.1:{helpers.free_port()}"
    outcome = check(Settings(url=address, cache=tmp_path / "c"), rules, [helpers.article(1)])
    assert outcome.status.status == "failed"
    assert outcome.status.reason == f"there is no server at {address}; start it, or leave the address out"
    assert outcome.outcome.hits == ((),)


@pytest.mark.parametrize("address", ["localhost:8081", "ftp://127.0.0.1", "http://", "nonsense"])
def test_an_address_that_is_none(tmp_path: Path, rules: helpers.Rules, address: str) -> None:
    outcome = check(Settings(url=address, cache=tmp_path / "c"), rules, [helpers.article(1)])
    assert outcome.status.reason == f"{address!r} is not the address of a server; write it as http://host:port"


def test_another_program_at_the_named_address(tmp_path: Path, rules: helpers.Rules) -> None:
    with helpers.program(helpers.greeting) as port:
        outcome = check(Settings(url=f"http://127.0.0.1:{port}", cache=tmp_path / "c"), rules, [helpers.article(1)])
    assert outcome.status.status == "failed"
    assert outcome.status.reason == f"what answers at http://127.0.0.1:{port} is not LanguageTool; check the address"


def test_a_named_server_that_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with helpers.program(helpers.silent) as port, pytest.raises(UnavailableError) as caught:
        server.named(f"http://127.0.0.1:{port}", seconds=0.5)
    assert (
        caught.value.reason == f"the LanguageTool server at http://127.0.0.1:{port} did not answer within 0.5 seconds"
    )


def test_a_server_that_never_answers_is_waited_for_once(tmp_path: Path, rules: helpers.Rules) -> None:
    text = "The bread was good.\n\nThe butter was gone.\n\nThe bell rang at six."
    with helpers.program(helpers.hanging_on_check) as port:
        chosen = Settings(url=f"http://127.0.0.1:{port}", cache=tmp_path / "c", seconds=0.5)
        started = time.monotonic()
        outcome = check(chosen, rules, [parse(text, "a.txt")])
        seconds = time.monotonic() - started
    assert 0.4 < seconds < 15
    assert outcome.status.status == "failed"
    assert outcome.status.reason == "LanguageTool did not answer within 0.5 seconds; it was not asked again"


def test_it_is_waited_for_once_and_not_for_each_file(tmp_path: Path, rules: helpers.Rules) -> None:
    documents = [parse(f"Paragraph {number} of the long report.\n", f"{number}.txt") for number in range(6)]
    with helpers.program(helpers.hanging_on_check) as port:
        chosen = Settings(url=f"http://127.0.0.1:{port}", cache=tmp_path / "c", seconds=1.0)
        with Grammar(chosen, rules) as engine:
            started = time.monotonic()
            engine.check(documents[:1])
            first = time.monotonic() - started
            for document in documents[1:]:
                engine.check([document])
            rest = time.monotonic() - started - first
            assert engine.status().status == "failed"
    assert first >= 0.9 and rest < 0.9


def test_a_server_that_always_hangs_is_not_asked_for_ever(tmp_path: Path, rules: helpers.Rules) -> None:
    documents = [
        parse(f"Paragraph {n} of the long report.\n\n" + f"Word {n} is here. " * 420, f"{n}.txt") for n in range(40)
    ]
    with helpers.program(helpers.hanging_on_check) as port:
        chosen = Settings(url=f"http://127.0.0.1:{port}", cache=tmp_path / "c", seconds=0.5, threads=2)
        started = time.monotonic()
        outcome = check(chosen, rules, documents)
    assert time.monotonic() - started < 20
    assert outcome.status.status == "failed"
    assert outcome.status.reason.endswith("it was not asked again")


def test_without_java(home: Path, tmp_path: Path, rules: helpers.Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(package, "find", lambda language="en": None)
    chosen = settings_of(home, tmp_path)
    outcome = check(chosen._replace(state="auto", backend=""), rules, [helpers.article(1)])
    assert outcome.status.status == "absent"
    assert outcome.status.reason == "Java is missing; install Java 17 or newer, or set JAVA_HOME to where it is"
    assert check(chosen, rules, [helpers.article(1)]).status.status == "failed"
    assert not health(home).ready


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for an old Java is a shell script")
def test_with_an_old_java(home: Path, tmp_path: Path, rules: helpers.Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "jdk" / "bin"
    folder.mkdir(parents=True)
    script = folder / "java"
    script.write_text(
        '#!/bin/sh\nif [ "$1" = -version ]; then echo \'openjdk version "11.0.20" 2023-07-18\' >&2; exit 0; fi\n'
        'echo \'Exception in thread "main" java.lang.UnsupportedClassVersionError: org/languagetool/server/HTTPServer '
        "has been compiled by a more recent version of the Java Runtime' >&2; exit 1\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    outcome = check(settings_of(home, tmp_path), rules, [helpers.article(1)])
    assert outcome.status.status == "failed"
    assert "too old for LanguageTool; install Java 17 or newer" in outcome.status.reason
    with pytest.raises(UnavailableError, match="Java 11 is too old for LanguageTool"):
        java.find()


def test_without_languagetool(tmp_path: Path, rules: helpers.Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "find", lambda language="en": None)
    chosen = settings_of(tmp_path, tmp_path)
    outcome = check(chosen, rules, [helpers.article(1)])
    assert outcome.status.status == "failed"
    assert outcome.status.reason == "LanguageTool is not installed; 'corrigenda languagetool install' gets it"
    assert check(chosen._replace(state="auto", backend=""), rules, [helpers.article(1)]).status.status == "absent"
    assert check(chosen._replace(state="off"), rules, [helpers.article(1)]).status.status == "off"
    assert outcome.outcome.hits == ((),)


def test_an_installation_that_is_broken(tmp_path: Path, rules: helpers.Rules) -> None:
    folder = tmp_path / f"LanguageTool-{install.VERSION}"
    (folder / "libs").mkdir(parents=True)
    (folder / "languagetool-server.jar").write_bytes(b"no jar")
    outcome = check(settings_of(tmp_path, tmp_path), rules, [helpers.article(1)])
    assert outcome.status.status == "failed"
    assert outcome.status.reason.startswith("LanguageTool is installed incompletely")


def test_too_little_memory_is_said(home: Path, tmp_path: Path, rules: helpers.Rules) -> None:
    outcome = check(settings_of(home, tmp_path, launch=START._replace(heap_mb=4)), rules, [helpers.article(1)])
    assert outcome.status.status == "failed"
    assert "memory" in outcome.status.reason.lower()


def test_a_run_without_text_starts_nothing(tmp_path: Path, rules: helpers.Rules) -> None:
    outcome = check(settings_of(tmp_path, tmp_path), rules, [parse("", "e.txt"), parse("12\n\n--\n", "n.txt")])
    assert outcome.status.status == "not needed"
    assert outcome.outcome.hits == ((), ())


STRANGE = st.text(
    alphabet=st.sampled_from("ab é\u0301\u0308\u200d\u00ad😀👩‍🚒𝒜𝔅🇺🇦“”<>&\\\"'\u2028\x00\x1f\ud83d"), max_size=12
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(STRANGE, min_size=2, max_size=4))
def test_a_finding_stands_where_the_error_stands(url: str, rules: helpers.Rules, before: list[str]) -> None:
    text = "\n\n".join(f"{strange} stands here. They saw the goverment in the yard {strange}." for strange in before)
    document = parse(text, "t.txt")
    outcome = check(Settings(url=url, use_cache=False, language="en-US", seconds=SLOW), rules, [document])
    assert outcome.status.status == "ran"
    assert not outcome.problems
    (found,) = outcome.quotes
    assert "goverment" in found
    assert "" not in found


def test_one_connection_serves_many_requests(url: str, rules: helpers.Rules) -> None:
    asked: list[str] = []

    def acquire() -> server.Server:
        asked.append(url)
        return server.named(url, SLOW)

    asker = Asker(acquire, Options(seconds=SLOW))
    for number in range(6):
        (first, *_) = asker.ask(Batch("en-US", tuple(pieces(helpers.article(number), 0))))
        assert [match.rule for match in first] == ["MORFOLOGIK_RULE_EN_US"]
    # A connection that breaks off would have cost the server, and another acquisition.
    assert len(asked) == 1


def test_emoji_and_marks_before_within_and_after(url: str, rules: helpers.Rules) -> None:
    line = "👩‍🚒😀 Cafe\u0301 𝒜: the goverment 😀 recieved a\u0301 letter 🇺🇦 and the the key 😀."
    document = parse("\n\n".join(f"{n} {line}" for n in range(5)), "t.txt")
    outcome = check(Settings(url=url, use_cache=False, language="en-US", seconds=SLOW), rules, [document])
    expected = [
        (document.text.index(word, start), word)
        for start in [document.text.index(f"{n} 👩") for n in range(5)]
        for word in helpers.ERRORS
    ]
    found = {(hit.start, document.text[hit.start : hit.end]) for hit in outcome.outcome.hits[0]}
    assert {quote for _, quote in expected} == set(helpers.ERRORS)
    missing = [pair for pair in expected if pair not in found and pair[1] == "the the"]
    assert not missing
    assert outcome.quotes[0].count("the the") == 5


def the_peer() -> Any:
    """language_tool_python."""
    return needs("language_tool_python", "the extra `languagetool` is not installed")


def test_language_tool_python_sees_the_same(url: str, home: Path) -> None:
    peer = the_peer()
    text = "The goverment have decide to build a airport.\n\nThey recieved the the letter."
    with peer.LanguageTool("en-US", remote_server=url) as tool:
        theirs = {(match.rule_id, match.offset, match.error_length) for match in tool.check(text)}

    document = parse(text, "t.txt")
    batch = Batch("en-US", tuple(pieces(document, 0)))
    matches = Asker(lambda: server.named(url), Options(seconds=SLOW)).ask(batch)
    ours = {
        (match.rule, piece.start + match.start, match.end - match.start)
        for piece, own in zip(batch.pieces, matches, strict=True)
        for match in own
    }
    assert ours == theirs
    assert len(ours) >= 4


PEER = """
import sys
import language_tool_python
tool = language_tool_python.LanguageTool("en-US", language_tool_download_version=sys.argv[1])
print(len(tool.check("The goverment met.")), flush=True)
tool.close()
"""


def test_language_tool_python_accepts_the_installation(installation: Installation) -> None:
    the_peer()
    environment = {**os.environ, "LTP_PATH": str(installation.folder.parent)}
    done = subprocess.run(
        [sys.executable, "-c", PEER, installation.version],
        env=environment,
        capture_output=True,
        timeout=300,
        check=False,
    )
    # It gives a server fifteen seconds to start, which a busy machine may not keep.
    if b"did not become ready" in done.stderr:
        absent("the machine is too busy for language_tool_python's limit of 15 seconds")
    assert done.stdout.strip() == b"1", done.stderr[-2000:]
