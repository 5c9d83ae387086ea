"""The cache: scores come back, text does not lie in it, two processes and a kill do it no harm."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.storage.keys import key
from corrigenda.storage.scores import Cache
from corrigenda.storage.sqlite import CacheFile

WRITER = """
import sys
from pathlib import Path
from corrigenda.storage.scores import Cache, key
cache = Cache(Path(sys.argv[1]))
for round in range(int(sys.argv[3])):
    items = {key(sys.argv[2], str(round), str(i)): (f"{round}:{i}".encode() * 20)[:64] for i in range(50)}
    cache.put_many(items)
    assert cache.trouble is None, cache.trouble
    print(round, flush=True)
"""


def writer(path: Path, name: str, rounds: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(rounds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def test_values_come_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "scores.sqlite"
    items = {key("m", str(i)): bytes([i % 256]) * 16 for i in range(1_200)}
    first = Cache(path)
    first.put_many(items)
    assert first.get_many(list(items)) == items
    first.close()
    assert Cache(path).get_many([*items, key("m", "unknown")]) == items
    assert Cache(path).info().entries == 1_200


def test_a_cache_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "none" / "scores.sqlite")
    assert cache.info().entries == 0
    assert cache.clear() == 0
    assert not cache.path.parent.exists()


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_keys_differ_when_any_part_does(left: list[str], right: list[str]) -> None:
    assert (key(*left) == key(*right)) == (left == right)


def test_no_text_lies_in_the_files(tmp_path: Path) -> None:
    from corrigenda.engines.models import embeddings

    cache = Cache(tmp_path / "scores.sqlite")
    secret = "The unpublished harvest figures were moved to Thursday."
    embeddings.load(cache=cache).encode([secret])
    cache.close()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert content
    for word in (b"unpublished", b"harvest", b"Thursday"):
        assert word not in content


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "scores.sqlite"
    writers = [writer(path, name, 40) for name in ("a", "b")]
    for process in writers:
        process.communicate(timeout=60)
        assert process.returncode == 0
    wanted = [key(name, str(r), str(i)) for name in "ab" for r in range(40) for i in range(50)]
    assert len(Cache(path).get_many(wanted)) == 4_000


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_a_kill_loses_nothing_that_was_written(tmp_path: Path) -> None:
    path = tmp_path / "scores.sqlite"
    process = writer(path, "killed", 100_000)
    assert process.stdout is not None
    done = -1
    until = time.monotonic() + 30
    while done < 20 and time.monotonic() < until:
        done = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    rest = [int(line) for line in process.stdout.read().split()]
    process.wait()
    done = rest[-1] if rest else done
    cache = Cache(path)
    for number in range(done + 2):
        found = cache.get_many([key("killed", str(number), str(i)) for i in range(50)])
        # Each round was one transaction: all of it or nothing, and nothing only for the one cut off.
        assert len(found) == 50 or (number > done and not found)
    cache.put_many({key("after"): b"x"})
    assert cache.get_many([key("after")]) == {key("after"): b"x"}
    assert cache.trouble is None


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scores.sqlite"
    path.write_bytes(content)
    cache = Cache(path)
    cache.put_many({key("k"): b"v"})
    assert cache.get_many([key("k")]) == {key("k"): b"v"}


def test_a_folder_in_its_place_is_done_without(tmp_path: Path) -> None:
    path = tmp_path / "scores.sqlite"
    path.mkdir()
    cache = Cache(path)
    cache.put_many({key("k"): b"v"})
    assert cache.get_many([key("k")]) == {}
    assert cache.trouble is not None and "done without" in cache.trouble


def test_it_stays_under_its_limit(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "scores.sqlite", limit_bytes=400_000)
    for number in range(40):
        cache.put_many({key(str(number), str(i)): bytes(1_536) for i in range(20)})
    info = cache.info()
    assert 50 < info.entries < 260
    cache.close()
    assert cache.path.stat().st_size < 600_000
    assert cache.clear() == info.entries
    assert cache.info().entries == 0
    cache.close()
    assert cache.path.stat().st_size < 50_000


def test_what_was_used_today_outlives_what_was_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "scores.sqlite", limit_bytes=200_000)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 9 * 86_400)
    old = {key("old", str(i)): bytes(1_536) for i in range(40)}
    cache.put_many(old)
    monkeypatch.setattr(time, "time", lambda: now)
    used = sorted(old)[::4]
    cache.get_many(used)
    for number in range(9):
        cache.put_many({key("new", str(number), str(i)): bytes(1_536) for i in range(10)})
    assert len(cache.get_many(used)) > len(cache.get_many(sorted(set(old) - set(used))))


def test_a_forked_process_opens_its_own(tmp_path: Path) -> None:
    import multiprocessing

    cache = Cache(tmp_path / "scores.sqlite")
    cache.put_many({key("parent"): b"1"})
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("no fork on this system")
    child = multiprocessing.get_context("fork").Process(target=cache.put_many, args=({key("child"): b"2"},))
    child.start()
    child.join(30)
    assert child.exitcode == 0
    assert cache.get_many([key("parent"), key("child")]) == {key("parent"): b"1", key("child"): b"2"}


def caches() -> list[Callable[[Path], CacheFile]]:
    from corrigenda.engines.grammar import answers
    from corrigenda.engines.llm import work
    from corrigenda.storage import results, scores

    return [results.open_cache, scores.Cache, answers.open_cache, work.open_cache]


@pytest.mark.parametrize("opened", caches())
def test_all_caches_are_one_kind_of_file(tmp_path: Path, opened: Callable[[Path], CacheFile]) -> None:
    path = tmp_path / "deep" / "cache.sqlite"
    cache = opened(path)
    cache.put_many({b"a": b"1"})
    cache.close()
    assert opened(path).get_many([b"a", b"b"]) == {b"a": b"1"}


def test_a_file_of_another_version_or_with_other_tables_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    first = CacheFile(path, version=1)
    first.put_many({b"a": b"1"})
    first.close()
    second = CacheFile(path, version=2)
    assert second.get_many([b"a"]) == {}
    second.put_many({b"a": b"2"})
    second.close()
    with closing(sqlite3.connect(path)) as database:
        database.executescript('DROP TABLE entries; CREATE TABLE "it\'s ""other" (x TEXT);')
    third = CacheFile(path, version=2)
    third.put_many({b"a": b"3"})
    assert third.get_many([b"a"]) == {b"a": b"3"}


def test_damage_that_shows_while_reading_costs_the_entries_alone(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    cache = CacheFile(path, version=1)
    cache.put_many({key(str(number)): bytes(500) for number in range(2_000)})
    cache.close()
    data = bytearray(path.read_bytes())
    data[8_192:] = b"\xaa" * (len(data) - 8_192)
    path.write_bytes(data)
    keys = [key(str(number)) for number in range(2_000)]
    assert cache.get_many(keys) == {} and cache.trouble is not None
    cache.put_many({b"after": b"x"})
    assert cache.get_many([b"after"]) == {b"after": b"x"}


def test_another_ones_lock_is_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corrigenda.storage.sqlite.BUSY_SECONDS", 0.3)
    path = tmp_path / "cache.sqlite"
    cache = CacheFile(path, version=1)
    cache.put_many({b"a": b"1"})
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert cache.get_many([b"a"]) == {b"a": b"1"}
        started = time.monotonic()
        for _ in range(50):
            cache.put_many({b"b": b"2"})
        assert time.monotonic() - started < 5
        other.execute("ROLLBACK")
    cache.close()
    cache.put_many({b"b": b"2"})
    assert cache.get_many([b"b"]) == {b"b": b"2"}
