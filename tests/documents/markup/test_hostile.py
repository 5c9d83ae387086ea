"""The texts of benchmarks/hostile.py in every markup language: each is read, or refused in one line."""

import runpy
from pathlib import Path

import pytest

from corrigenda.documents import registry
from corrigenda.documents.errors import Unreadable
from tests.documents.markup.holding import hold

SIZE = 4_000


@pytest.mark.parametrize("name", ["asciidoc", "docbook", "latex", "notebook", "org", "rst", "wiki"])
def test_every_text_is_read_or_refused(root: Path, name: str) -> None:
    made = runpy.run_path(str(root / "benchmarks" / "hostile.py"))["texts"]
    number = 0
    for what, text in made(SIZE):
        number += 1
        data = text.encode("utf-8", "surrogatepass")
        try:
            document = hold(registry.read_bytes(data, what, name))
        except Unreadable as error:
            assert "\n" not in error.message and len(error.message) < 400, what
            continue
        assert registry.written(data, document, []) == data, what
    assert number > 90
