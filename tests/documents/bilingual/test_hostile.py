"""Files that nobody wrote: cut, mixed up, nested; each is read or refused in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit
from tests.documents.bilingual.holding import hold
from tests.documents.bilingual.test_android import STRINGS as ANDROID
from tests.documents.bilingual.test_applications import ARB, STRINGS, XCSTRINGS
from tests.documents.bilingual.test_exchange import MODERN, STRINGSDICT, TMX, XLIFF
from tests.documents.bilingual.test_yaml import RAILS

PO = (
    'msgid ""\nmsgstr "Language: en\\n"\n\n#, fuzzy\nmsgctxt "a"\nmsgid "b"\n'
    'msgstr[0] "A %d \\"boat\\"."\n"More"\n#~ msgid "c"\n'
)
SAMPLES = [
    ("po", PO),
    ("xliff", XLIFF),
    ("xliff", MODERN),
    ("tmx", TMX),
    ("yaml", RAILS),
    ("arb", ARB),
    ("xcstrings", XCSTRINGS),
    ("strings", STRINGS),
    ("stringsdict", STRINGSDICT),
    ("android", ANDROID),
]


@pytest.mark.parametrize(("name", "text"), SAMPLES)
@given(data=st.data())
def test_any_change_of_a_file_is_read_or_refused_in_one_line(name: str, text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(at, min(len(text), at + 60)))
        other = data.draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + data.draw(st.sampled_from(["", text[other : other + 40], '"', "<", "{", "\n", "\\"]))
            + text[end:]
        )
    raw = text.encode()
    try:
        document = registry.read_bytes(raw, "a.x", name)
    except Unreadable as error:
        assert "\n" not in error.message and len(error.message) < 400
        return
    hold(document)
    assert registry.written(raw, document, []) == raw
    for block in document.blocks[:3]:
        edit = registry.spelled(document, Edit(block.start, block.start, "Boats "))
        for harmless in registry.harmless(document, [edit]):
            registry.read_bytes(registry.written(raw, document, [harmless]), "a.x", name)
