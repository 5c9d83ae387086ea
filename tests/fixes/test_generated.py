"""`fix` on generated documents: only copy differs, for two parsers that are not ours, and a second time brings nothing.

CORRIGENDA_GENERATED says how many documents are made: 200 take some six seconds of a core.
"""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from corrigenda.documents import registry
from corrigenda.fixes.apply import Corrected
from corrigenda.fixes.fixer import Fixer
from corrigenda.pipeline.checker import checker
from corrigenda.settings import Settings
from tests.conftest import needs
from tests.fixes import generated, parsers

DOCUMENTS = int(os.environ.get("CORRIGENDA_GENERATED", "200"))
OFF = {"spacy": "off", "embeddings": "off", "language-model": "off", "grammar": "off"}
_SPACE = re.compile(r"[\s\u200b\u00ad\u2060\ufeff]+")


@pytest.fixture(scope="module")
def fixer(compiled: Path) -> Iterator[Fixer]:
    needs("mistune", "a parser of Markdown that is not ours")
    needs("mdit_py_plugins", "another, with what documentation adds")
    with checker(Settings(engines=OFF)) as engine:
        yield Fixer(engine, (), Path())


def corrected(fixer: Fixer, made: generated.Made, *, unsafe: bool = False) -> Corrected:
    data = made.text.encode()
    document = registry.read_bytes(data, made.name, "markdown")
    return fixer.correct(document, data, unsafe=unsafe)


def seen_otherwise(made: generated.Made, after: str) -> Iterator[str]:
    """Yield the parsers for which more than copy differs."""
    flavour = made.name.partition("-")[0]
    for name, parse in (("markdown-it", parsers.by_markdown_it), ("mistune", parsers.by_mistune)):
        if parse(made.text, flavour) != parse(after, flavour):
            yield name


def differences(made: generated.Made, after: str) -> Iterator[str]:
    """Yield what is not as it was, but for copy."""
    yield from seen_otherwise(made, after)
    before = Counter({construct: made.text.count(construct) for construct in made.constructs})
    for construct, count in before.items():
        if after.count(construct) != count:
            yield construct
    if _SPACE.sub("", unicodedata.normalize("NFC", made.text)) != _SPACE.sub("", unicodedata.normalize("NFC", after)):
        yield "letters"
    if made.text.count("\n") != after.count("\n"):
        yield "lines"


def test_only_copy_differs(fixer: Fixer) -> None:
    made = [generated.make(seed) for seed in range(DOCUMENTS)]
    wrong: dict[str, list[str]] = {}
    applied = 0
    for one in made:
        result = corrected(fixer, one)
        applied += len(result.applied)
        found = list(differences(one, result.document.text))
        again = corrected(fixer, one._replace(text=result.document.text))
        if again.data != result.data:
            found.append("a second time")
        if found:
            wrong[one.name] = found
    assert wrong == {}
    slips = sum(one.slips for one in made)
    print(f"{len(made)} documents, {slips} slips planted, {applied} corrections made")
    assert applied > slips / 3, "the copy around the constructs is corrected"
    assert not fixer.problems


def test_structure_stays_whatever_is_allowed(fixer: Fixer) -> None:
    wrong: dict[str, list[str]] = {}
    for seed in range(DOCUMENTS, DOCUMENTS + DOCUMENTS // 5):
        made = generated.make(seed)
        after = corrected(fixer, made, unsafe=True).document.text
        low = after.lower()
        lost = [one for one in made.constructs if made.text.lower().count(one.lower()) > low.count(one.lower())]
        # What hides in a name is a person's to decide, who has decided so here.
        lost = [*(one for one in lost if one[0] != "@"), *seen_otherwise(made, after)]
        if lost:
            wrong[made.name] = lost
    assert wrong == {}
