"""A child that dies, hangs or talks nonsense costs the paragraph in question, and nothing else."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import psutil
import pytest

from corrigenda.engines.grammar.backend import Options
from corrigenda.engines.grammar.errors import RefusedError, UnavailableError
from corrigenda.engines.grammar.lingotweaker.backend import LingoTweaker
from corrigenda.engines.grammar.lingotweaker.package import Package
from corrigenda.engines.grammar.match import Match
from tests.grammar.lingotweaker.conftest import Standing
from tests.grammar.lingotweaker.helpers import batch, gone, rules

TEXTS = [f"The goverment of house {number} met. I can heard you. It was an university." for number in range(40)]
RULES = ["MORFOLOGIK_RULE_EN_US", "MD_BASEFORM", "EN_A_VS_AN"]


def _killed(backend: LingoTweaker) -> bool:
    pid = backend.pid
    if pid is None:
        return False
    try:
        psutil.Process(pid).kill()
    except psutil.NoSuchProcess:
        return False
    return True


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.05, 0.1, 0.3, 0.6, 1.0, 1.5, 2.0, 3.0])
def test_killed_at_any_moment_nothing_of_the_run_is_lost(real: Package, delay: float) -> None:
    """From before Python has started in it, through the loading of the engine, to the middle of the work."""
    backend = LingoTweaker(Options(threads=2))
    found: dict[int, list[list[str]]] = {}

    def ask(part: int) -> None:
        found[part] = rules(backend.ask(batch(*TEXTS[part::2])))

    threads = [threading.Thread(target=ask, args=(part,)) for part in range(2)]
    for thread in threads:
        thread.start()
    while backend.pid is None:
        time.sleep(0.001)
    first = backend.pid
    time.sleep(delay)
    _killed(backend)
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    assert found == {part: [RULES] * 20 for part in range(2)}
    backend.close()
    assert gone(first)


def test_killed_between_two_requests_it_is_started_again(real: Package) -> None:
    backend = LingoTweaker(Options())
    for _ in range(2):
        assert rules(backend.ask(batch(TEXTS[0]))) == [RULES]
        pid = backend.pid
        assert _killed(backend) and pid is not None
        assert gone(pid)
    assert rules(backend.ask(batch(TEXTS[0]))) == [RULES]
    backend.close()


def test_two_backends_at_once_do_not_know_of_each_other(real: Package) -> None:
    one, other = LingoTweaker(Options()), LingoTweaker(Options())
    assert rules(one.ask(batch(TEXTS[0]))) == rules(other.ask(batch(TEXTS[0]))) == [RULES]
    assert one.pid != other.pid
    one.close()
    assert rules(other.ask(batch(TEXTS[1]))) == [RULES]
    other.close()


@pytest.mark.parametrize("word", ["CRASH", "PANIC", "WRONG", "MEMORY"])
def test_the_guilty_paragraph_is_found_and_the_others_are_checked(standing_in: Standing, word: str) -> None:
    backend = standing_in()
    texts = ["one", "two", f"it is {word}", "four"]
    with pytest.raises(RefusedError) as caught:
        backend.ask(batch(*texts))
    assert "grammar engine" in str(caught.value)
    assert rules(backend.ask(batch(*texts[:2]))) == [["ALL"], ["ALL"]]
    # From now on it is known, and costs no process.
    pid = backend.pid
    with pytest.raises(RefusedError):
        backend.ask(batch(texts[2]))
    with pytest.raises(RefusedError):
        backend.ask(batch(*texts[2:]))
    assert rules(backend.ask(batch(texts[3]))) == [["ALL"]]
    assert backend.pid == pid
    assert backend.failed is None


def test_who_was_there_when_another_crashed_is_not_guilty(standing_in: Standing) -> None:
    backend = standing_in(Options(threads=4))
    outcomes: dict[str, list[list[str]] | str] = {}

    def ask(text: str) -> None:
        try:
            outcomes[text] = rules(backend.ask(batch(text)))
        except RefusedError as error:
            outcomes[text] = str(error)

    texts = ["one", "CRASH", *(f"text {number}" for number in range(30))]
    threads = [threading.Thread(target=ask, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert outcomes.pop("CRASH") == "the grammar engine failed on it"
    assert outcomes == {text: [["ALL"]] for text in texts if text != "CRASH"}


def test_a_paragraph_that_hangs_is_given_up_in_its_time(standing_in: Standing) -> None:
    backend = standing_in(Options(seconds=1.0))
    backend.ask(batch("one"))
    pid = backend.pid
    with pytest.raises(RefusedError, match="did not answer within 1 seconds"):
        backend.ask(batch("HANG"))
    assert pid is not None and gone(pid)
    assert rules(backend.ask(batch("two"))) == [["ALL"]]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop a process")
def test_a_child_that_stands_still_is_given_up(standing_in: Standing) -> None:
    backend = standing_in(Options(seconds=1.0), load_seconds=1.0)
    backend.ask(batch("one"))
    pid = backend.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    # More than fits into a pipe: nobody must wait for it to be read.
    with pytest.raises(UnavailableError, match="not ready within 2 seconds"):
        backend.ask(batch("word " * 15_000))
    assert gone(pid)


def test_after_many_losses_nothing_is_started_any_more(standing_in: Standing) -> None:
    backend = standing_in(module="import os; os.write(2, b'no such luck\\n'); os.abort()")
    started = time.monotonic()
    with pytest.raises(UnavailableError, match=r"lost 4 times; it was not started again \(.*no such luck"):
        backend.ask(batch("one", "two", "three"))
    assert backend.failed is not None
    with pytest.raises(UnavailableError):
        backend.ask(batch("four"))
    assert time.monotonic() - started < 60


def test_a_child_that_has_grown_is_replaced_between_two_paragraphs(standing_in: Standing) -> None:
    backend = standing_in()
    backend.ask(batch("one"))
    first = backend.pid
    assert rules(backend.ask(batch("GROW", "two", "three"))) == [["ALL"]] * 3
    second = backend.pid
    backend.ask(batch("four"))
    assert first is not None and second is not None and first != second == backend.pid
    assert gone(first)


def test_a_child_that_has_grown_is_replaced_when_the_others_have_finished(standing_in: Standing) -> None:
    backend = standing_in(Options(threads=4))
    outcomes: list[list[list[str]]] = []

    def ask(number: int) -> None:
        outcomes.append(rules(backend.ask(batch("GROW" if number == 2 else "one", f"text {number}"))))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert outcomes == [[["ALL"]] * 2] * 20


def test_panics_without_end_are_given_up(standing_in: Standing) -> None:
    backend = standing_in()
    with pytest.raises(UnavailableError, match="was lost"):
        for number in range(100):
            with contextlib.suppress(RefusedError):
                backend.ask(batch(f"PANIC {number}"))


def _orphan(end: Callable[[subprocess.Popen[str]], None]) -> int:
    """Have another Python start a child and end, and return that child's process."""
    program = (
        "import sys\n"
        "from corrigenda.engines.grammar.backend import Options\n"
        "from corrigenda.engines.grammar.lingotweaker.backend import LingoTweaker\n"
        "from tests.grammar.lingotweaker.helpers import batch\n"
        "backend = LingoTweaker(Options())\n"
        "backend.ask(batch('A word.'))\n"
        "print(backend.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdout is not None and process.stdin is not None
    pid = int(process.stdout.readline())
    end(process)
    process.wait(60)
    process.stdin.close()
    process.stdout.close()
    return pid


def _close(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()


@pytest.mark.parametrize("end", [subprocess.Popen.kill, subprocess.Popen.terminate, _close])
def test_it_ends_with_the_run_however_that_ends(
    real: Package, root: object, monkeypatch: pytest.MonkeyPatch, end: Callable[[subprocess.Popen[str]], None]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root))
    assert gone(_orphan(end))


def test_it_does_not_end_with_the_thread_that_asked_first(real: Package) -> None:
    backend = LingoTweaker(Options())
    found: list[list[list[Match]]] = []
    thread = threading.Thread(target=lambda: found.append(backend.ask(batch(TEXTS[0]))))
    thread.start()
    thread.join()
    pid = backend.pid
    time.sleep(0.2)
    assert rules(backend.ask(batch(TEXTS[0]))) == rules(found[0]) == [RULES]
    assert backend.pid == pid
    backend.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not Windows's")
def test_ctrl_c_is_not_its_business(real: Package) -> None:
    backend = LingoTweaker(Options())
    backend.ask(batch(TEXTS[0]))
    pid = backend.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)
    os.kill(pid, signal.SIGHUP)
    assert rules(backend.ask(batch(TEXTS[1]))) == [RULES]
    assert backend.pid == pid
    backend.close()
