"""Jupyter notebooks: cells of Markdown through the escapes of JSON."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.errors import Unreadable
from tests.conftest import needs
from tests.documents.markup.holding import corrected, harmless, in_time, judged, read, shown

CELLS: list[dict[str, Any]] = [
    {"cell_type": "markdown", "metadata": {},
     "source": ["# The *storm*\n", "\n", "Ferries said \"no\"\\_x,\n", "and\tleft.\n"]},
    {"cell_type": "code", "execution_count": 1, "metadata": {},
     "outputs": [{"output_type": "stream", "name": "stdout", "text": ["teh out\n"]}],
     "source": ["teh = 1\n", "print(teh)"]},
    {"cell_type": "markdown", "metadata": {},
     "source": "One string \u2019 here: caf\u00e9 \U0001f600 `teh`.\n\n- warm clothes"},
    {"cell_type": "raw", "metadata": {}, "source": ["teh raw"]},
    {"cell_type": "markdown", "metadata": {}, "source": []},
    {"source": ["<!-- corrigenda: ignore names -->\n", "Kind comes last."], "metadata": {}, "cell_type": "markdown"},
]  # fmt: skip


def notebook(*, ascii_only: bool, indent: int | None = 1) -> str:
    whole = {"cells": CELLS, "metadata": {"title": "teh"}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(whole, ensure_ascii=ascii_only, indent=indent) + "\n"


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("indent", [1, None])
def test_what_the_reader_sees(ascii_only: bool, indent: int | None) -> None:
    document = read(notebook(ascii_only=ascii_only, indent=indent), "notebook")
    assert (
        shown(document)
        == [
            ("heading", "The storm"),
            ("prose", 'Ferries said "no"_x, and\tleft.'),
            ("prose", "One string ’ here: café 😀 `teh`."),
            ("list", "warm clothes"),
            ("prose", "Kind comes last."),
        ]
        or shown(document)[2][1] == "One string ’ here: café 😀 teh."
    )
    assert "teh" not in judged(document)
    assert document.shows_code
    assert [directive.text for directive in document.directives] == ["ignore names"]
    where = document.locate(document.blocks[-1].start)
    assert where.label == "cell 6" and where.line is not None


def test_a_correction_is_a_string_of_json() -> None:
    for ascii_only in (True, False):
        document = read(notebook(ascii_only=ascii_only), "notebook")
        changed = json.loads(corrected(document, "warm clothes", 'a "warm" ’ \\ coat'))
        assert changed["cells"][2]["source"].endswith('- a "warm" ’ \\ coat')
        changed["cells"][2] = CELLS[2]
        assert changed["cells"] == CELLS
    joined = json.loads(corrected(document, "x, and", "x and"))
    assert "".join(joined["cells"][0]["source"]).endswith("x and\tleft.\n")


def test_what_programs_read_is_not_changed_safely() -> None:
    document = read(notebook(ascii_only=False), "notebook")
    assert harmless(document, "warm clothes", "warm, dry clothes")
    assert not harmless(document, "print", "prin")


@pytest.mark.parametrize(
    "text", ["{}", "[]", '{"cells": ', '{"cells": [{"source": ["a\\q"], "cell_type": "markdown"}]}']
)
def test_what_is_no_notebook_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        registry.read_bytes(text.encode(), "a.ipynb", "notebook")
    assert "\n" not in refused.value.message


def test_real_notebooks_are_read_as_nbformat_reads_them() -> None:
    nbformat: Any = needs("nbformat", "nbformat is not installed")
    paths = sorted(Path(nbformat.__file__).parent.rglob("*.ipynb"))
    paths += sorted(Path("/usr/share").rglob("*.ipynb"))[:10]
    for path in paths:
        data = path.read_bytes()
        document = registry.read_bytes(data, path.name, "notebook")
        assert registry.written(data, document, []) == data
        theirs = " ".join(
            cell.source for cell in nbformat.reads(data.decode(), 4).cells if cell.cell_type == "markdown"
        )
        assert set(re.findall(r"\w+", judged(document))) <= set(re.findall(r"\w+", theirs))
    made = nbformat.reads(notebook(ascii_only=True), 4)
    nbformat.validate(nbformat.reads(corrected(read(notebook(ascii_only=True), "notebook"), "clothes", "coats"), 4))
    assert len(made.cells) == len(CELLS)


@given(st.lists(st.text(max_size=20), max_size=8), st.booleans())
def test_any_cell_is_read_and_written_back(lines: list[str], ascii_only: bool) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": lines}
    text = json.dumps({"cells": [cell], "nbformat": 4}, ensure_ascii=ascii_only)
    document = registry.read_bytes(text.encode("utf-8", "replace"), "a.ipynb", "notebook")
    assert registry.written(text.encode("utf-8", "replace"), document, []) == text.encode("utf-8", "replace")


def test_hostile_texts_cost_what_they_are_long() -> None:
    source = '", "'.join(["a"] * 20_000)
    cell = '{"cell_type": "markdown", "source": ["%s"]}'
    texts = {
        "lines": '{"nbformat": 4, "cells": [' + cell % source + "]}",
        "cells": '{"nbformat": 4, "cells": [' + ",".join([cell % "a"] * 5_000) + "]}",
        "escapes": '{"nbformat": 4, "cells": [' + cell % ('\\"' * 20_000) + "]}",
        "deep": "[" * 100_000,
    }
    in_time("notebook", texts)
