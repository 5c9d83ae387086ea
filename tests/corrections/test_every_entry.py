"""Every correction of every entry of every check, made in sentences of many shapes, leaves a sentence that parses.

What an entry looks for is put into sentences with subjects of each person and number; each of its corrections is made
there, and the text may then have no fault that it had not before, and nothing of the same check at the place.
"""

import pytest

from corrigenda import resources
from corrigenda.documents.document import Document
from corrigenda.finding import Finding
from corrigenda.pipeline.checker import Checker
from corrigenda.pipeline.compile import compile_checks
from corrigenda.pipeline.examples import findings, read_example
from corrigenda.pipeline.index import assemble
from corrigenda.rules.check import Check, check_files, load
from corrigenda.settings import PREVIEW, Settings
from tests.corrections.carriers import Carried, carried
from tests.corrections.faults import KINDS, faults, put, usable

NO_MODEL = Settings(engines={"embeddings": "off", "language-model": "off", "grammar": "off"})
WITH_ENTRIES = ("pattern", "phrases", "regex")
FOUND = 0.9
"""Least share of entries that the generated texts must hold; conditions on the document and comparisons keep the rest
silent.
"""


def shipped() -> list[Check]:
    folder = resources.folder("checks")
    return [load(path, folder) for path in check_files(folder)]


class Corrected:
    """The texts, what was found in them, and what each correction made of them."""

    def __init__(self) -> None:
        checks = [check for check in shipped() if check.detector in WITH_ENTRIES]
        index = assemble([compile_checks(checks)], enabled=("all", PREVIEW))
        items = list(dict.fromkeys(item for check in checks for item in carried(check)))
        # A sentence whose shape brings two determiners together proves nothing about what is put there.
        self.items = [item for item in items if not KINDS["two determiners"](item.text)]
        self.made: list[tuple[Carried, Document, Finding, str]] = []
        with Checker(index, NO_MODEL) as own:
            documents = [read_example(item.text, str(number)) for number, item in enumerate(self.items)]
            for item, document, found in zip(self.items, documents, findings(own, documents), strict=True):
                for finding in found:
                    if finding.check == item.check:
                        self.made += [(item, document, finding, text) for text in usable(finding)]
            after = [put(document.text, finding, text) for _, document, finding, text in self.made]
            unique = list(dict.fromkeys(after))
            again = findings(own, [read_example(text, str(number)) for number, text in enumerate(unique)])
            self.again = dict(zip(unique, again, strict=True))


@pytest.fixture(scope="module")
def corrected() -> Corrected:
    return Corrected()


def test_nearly_every_entry_is_found_in_the_texts(corrected: Corrected) -> None:
    entries = {(item.check, item.line) for item in corrected.items}
    corrections = {(item.check, item.line) for item, _, _, _ in corrected.made}
    advice = {(item.check, item.line) for item in corrected.items} - corrections
    assert len(advice) <= (1 - FOUND + 0.1) * len(entries)  # entries with advice alone are corrected nowhere
    assert len(entries) > 500


def test_a_correction_changes_something(corrected: Corrected) -> None:
    assert [(item.check, item.line, text) for item, _, finding, text in corrected.made if text == finding.quote] == []


def test_a_corrected_sentence_has_no_new_fault(corrected: Corrected) -> None:
    bad = set()
    for item, document, finding, text in corrected.made:
        if not document.text[0].isalpha() or not any(map(str.isalpha, text)) or item.check.startswith("cleanup/"):
            continue  # a mark or a character that was broken: there is no grammar in it
        for fault in faults(document.text, put(document.text, finding, text)):
            bad.add(f"{item.check}:{item.line}: {finding.quote!r} → {text!r}: {fault}")
    assert sorted(bad) == []


def test_a_corrected_place_is_not_found_again(corrected: Corrected) -> None:
    bad = set()
    for item, document, finding, text in corrected.made:
        for other in corrected.again[put(document.text, finding, text)]:
            if other.check == item.check and other.start < finding.start + len(text) and finding.start < other.end:
                bad.add(f"{item.check}:{item.line}: {finding.quote!r} → {text!r}, and then {other.quote!r}")
    assert sorted(bad) == []


def test_no_shipped_correction_is_advice_in_disguise() -> None:
    """What may be applied is text for exactly that place; what tells the editor to do something is display-only."""
    from corrigenda.rules.check import corrections_of

    bad = []
    for check in shipped():
        owners = [check.options, *check.options.get("entries", ())]
        texts = [c for owner in owners for c in corrections_of(owner.get("corrections", ()))]
        for correction in (*check.corrections, *texts):
            written = correction.text.lower()
            advice = written.startswith(("write ", "look up", "say ", "name ", "leave ", "explain ")) or any(
                part in written for part in ("…", "somebody", "the singular", "the plural", " or ")
            )
            if advice and correction.applicability.value != "display-only" and not check.id.startswith("cleanup/"):
                bad.append(f"{check.id}: {correction.text}")
    assert bad == []
