"""The cache keeps answers, never the text, and is worth nothing to who has not the text."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.engines.grammar.answers import Cache
from corrigenda.storage.vault import Vault

JSON = st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=4), max_leaves=8)


@given(st.text(), JSON)
def test_what_is_sealed_comes_back_to_who_has_the_text(text: str, answer: object) -> None:
    vault = Vault("6.8")
    assert vault.unseal(text, vault.seal(text, answer)) == answer


def test_another_text_cannot_unseal_it() -> None:
    vault = Vault("6.8")
    with pytest.raises(ValueError, match="damaged"):
        vault.unseal("another text", vault.seal("the text", ["government"]))


def test_another_server_or_other_options_are_another_key() -> None:
    assert Vault("6.8").key("text") != Vault("6.9").key("text")


def test_it_keeps_answers_between_runs(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "cache.sqlite3"
    first = Cache(path)
    first.put([(b"a", b"1"), (b"b", b"")])
    first.close()
    second = Cache(path)
    assert second.get([b"a", b"b", b"c"]) == {b"a": b"1", b"b": b""}
    second.close()


def test_more_keys_than_one_query_may_hold(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite3")
    keys = [n.to_bytes(4, "big") for n in range(3000)]
    cache.put([(key, b"x") for key in keys])
    assert len(cache.get(keys)) == 3000
    cache.close()


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_broken_file_is_an_empty_cache(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c.sqlite3"
    path.write_bytes(content)
    cache = Cache(path)
    assert cache.get([b"a"]) == {}
    cache.put([(b"a", b"1")])
    assert cache.get([b"a"]) == {b"a": b"1"}
    cache.close()


def test_a_place_that_cannot_be_written_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file" / "c.sqlite3")
    cache.put([(b"a", b"1")])
    assert cache.get([b"a"]) == {}
    cache.close()


def test_a_locked_cache_loses_nothing_but_time(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    cache = Cache(path)
    cache.put([(b"a", b"1")])
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    assert cache.get([b"a"]) == {b"a": b"1"}
    other.rollback()
    other.close()
    cache.close()
