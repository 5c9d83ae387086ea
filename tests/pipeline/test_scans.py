"""All scans of the shipped checks fit into one RE2 set, which the first documents of a run do not ask."""

import pytest

from corrigenda.documents import registry
from corrigenda.pipeline.index import load
from corrigenda.pipeline.nominate import Nominator


def test_a_run_of_many_documents_nominates_what_a_run_of_one_does() -> None:
    text = "He said on 17.01.2024 that 19.5 thousand people came... « Yes », he said , and the the bus left at 18h42."
    document = registry.read_bytes(text.encode(), "a.txt", "text")
    many = Nominator(load())
    first = {(nominee.rule.number, nominee.start) for nominee in many.nominate(0, document)}
    assert first
    for number in range(1, 40):
        found = {(nominee.rule.number, nominee.start) for nominee in many.nominate(number, document)}
        assert found == first


def test_a_set_that_does_not_fit_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    document = registry.read_bytes(b"He said on 17.01.2024 that 19.5 thousand people came.", "a.txt", "text")
    monkeypatch.setattr("corrigenda.pipeline.nominate._SET_MEMORY", 1 << 16)
    many = Nominator(load())
    found = [len(many.nominate(number, document)) for number in range(20)]
    assert found[0]
    assert set(found) == {found[0]}
