"""One article in every markup language: the same findings at the same words as in plain text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corrigenda.api import Session
from corrigenda.documents import registry
from corrigenda.documents.formats.text import parse
from tests.documents.markup.holding import Render, hold


def _rst(kind: str, words: str) -> str:
    words = re.sub(r"[\\*`|]", r"\\\g<0>", words)
    return f"{words}\n{'-' * len(words)}\n" if kind == "heading" else f"* {words}" if kind == "list" else words


def _asciidoc(kind: str, words: str) -> str:
    return f"== {words}" if kind == "heading" else f"* {words}" if kind == "list" else words


def _latex(kind: str, words: str) -> str:
    words = re.sub(r"[%&$#_]", r"\\\g<0>", words)
    return f"\\section{{{words}}}" if kind == "heading" else f"\\item {words}" if kind == "list" else words


def _org(kind: str, words: str) -> str:
    return f"* {words}" if kind == "heading" else f"- {words}" if kind == "list" else words


def _wiki(kind: str, words: str) -> str:
    return f"== {words} ==" if kind == "heading" else f"* {words}" if kind == "list" else words


RENDERS: dict[str, Render] = {"rst": _rst, "asciidoc": _asciidoc, "latex": _latex, "org": _org, "wiki": _wiki}


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Session() as session:
        yield session


def _found(session: Session, text: str, name: str) -> list[tuple[str, str]]:
    checked = session.check(text, format=name, name=f"article.{name}")
    return sorted((finding.check, " ".join(finding.quote.split())) for finding in checked.findings)


@pytest.mark.parametrize("name", RENDERS)
def test_the_first_article(session: Session, shared_dir: Path, name: str) -> None:
    plain = parse((shared_dir / "articles" / "kherson.txt").read_text("utf-8"), "kherson.txt")
    written = [RENDERS[name](block.kind.value, block.view.text) for block in plain.blocks]
    text = "\n\n".join(written) + "\n"
    document = hold(registry.read_bytes(text.encode(), "a", name))
    assert [block.view.text for block in document.blocks] == [block.view.text for block in plain.blocks]
    expected = _found(session, plain.text, "text")
    assert len(expected) > 20
    assert _found(session, text, name) == expected
