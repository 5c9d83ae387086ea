"""reStructuredText: what is read, what is masked, and what a correction changes."""

import collections
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from tests.conftest import needs
from tests.documents.markup.holding import (
    code,
    corrected,
    files,
    harmless,
    hostile,
    in_time,
    judged,
    read,
    shown,
    words,
)

SAMPLE = """\
===============
The storm of 12
===============

:Author: Anna Lind
:Abstract: A short *summary* of it.

.. corrigenda: ignore names

Ferries were **cancelled** on *Monday* after a storm, `the council <https://example.org>`_ said::

   code = here

See ``ferry --status`` and |name|, :ref:`the guide <guide>`, :func:`sail`, [1]_ and harbour_.

Goods
-----

- warm clothes
  and a torch
- two boats

  1. a deep item

     > code of its own

term : classifier
    What it says.

.. note:: Bring a coat.
   And a hat.

.. figure:: boat.png
   :alt: A boat on the beach
   :width: 10

   The caption of it.

.. code-block:: python
   :caption: A listing

   x = "teh"

.. [1] The note has two
   lines.

.. _guide: https://example.org

Next paragraph.

   “Nobody was hurt.”

   -- The mayor

+--------+--------+
| Island | Boats  |
+========+========+
| Tarn   | two or |
|        | three  |
+--------+--------+

=====  =======
Ports  Ferries
=====  =======
Tarn   one
       of them
=====  =======

| first line
| second line

>>> teh
1

.. versionadded:: 3.2
   Added by them.

.. |name| replace:: a *name*

--force  Do it by force
-v       Be loud

.. unheard-of:: argument

   Words that nobody knows.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_the_reader_sees(newline: str) -> None:
    document = read(SAMPLE, "rst", newline=newline)
    assert shown(document) == [
        ("heading", "The storm of 12"),
        ("prose", "A short summary of it."),
        ("prose", "Ferries were cancelled on Monday after a storm, the council said:"),
        ("prose", "See ferry --status and |name|, the guide, sail, and harbour."),
        ("heading", "Goods"),
        ("list", "warm clothes and a torch"),
        ("list", "two boats"),
        ("list", "a deep item"),
        ("list", "> code of its own"),
        ("list", "term"),
        ("list", "What it says."),
        ("prose", "Bring a coat. And a hat."),
        ("caption", "A boat on the beach"),
        ("caption", "The caption of it."),
        ("caption", "A listing"),
        ("list", "The note has two lines."),
        ("prose", "Next paragraph."),
        ("quotation", "“Nobody was hurt.”"),
        ("quotation", "The mayor"),
        ("table", "Island"),
        ("table", "Boats"),
        ("table", "Tarn"),
        ("table", "two or three"),
        ("table", "Ports"),
        ("table", "Ferries"),
        ("table", "Tarn"),
        ("table", "one of them"),
        ("prose", "first line"),
        ("prose", "second line"),
        ("prose", "Added by them."),
        ("prose", "a name"),
        ("list", "Do it by force"),
        ("list", "Be loud"),
    ]
    assert not re.search("teh|status|sail|guide>|Lind|https", judged(document))
    assert [directive.text for directive in document.directives] == ["ignore names"]
    assert [unread.what for unread in document.unread] == ["the directive unheard-of"]


def test_inline_marks_are_docutils_marks() -> None:
    assert words('2*3*4 and *a* b * c*, \\*no\\*, un\\ *likely*, "*" and ``a``b``.\n', "rst") == [
        '2*3*4 and a b * c*, *no*, unlikely, "*" and a``b.'
    ]
    assert words("`a title of a book` and `Word`, :sup:`th` (`the words`__)\n", "rst") == [
        "a title of a book and Word, th (the words)"
    ]


def test_a_csv_table_and_a_list_table_have_cells() -> None:
    text = """.. csv-table:: Ports
   :header: "a", "b"

   "Tarn, the old", two boats

.. list-table::

   * - Island
     - Boats
"""
    assert words(text, "rst") == ["Ports", "a", "b", "Tarn, the old", "two boats", "Island", "Boats"]


def test_a_title_takes_its_lines_with_it() -> None:
    title = "A storm\n=======\n\nThe storm came.\n"
    longer = corrected(read(title, "rst"), "storm", "heavy storm")
    assert longer == "A heavy storm\n=============\n\nThe storm came.\n"
    framed = corrected(read("=======\nA storm\n=======\n\nIt came.\n", "rst"), "storm", "heavy storm")
    assert framed == "=============\nA heavy storm\n=============\n\nIt came.\n"
    assert corrected(read(title, "rst"), "A storm", "Storm") == "Storm\n=======\n\nThe storm came.\n"


def test_a_correction_is_escaped_and_keeps_markup() -> None:
    document = read("A *boat* of the port and 5 \\* 3.\n", "rst")
    assert corrected(document, "the port", "a*b_ `c`") == "A *boat* of a\\*b\\_ \\`c\\` and 5 \\* 3.\n"
    assert corrected(document, "* 3", "* 4") == "A *boat* of the port and 5 \\* 4.\n"
    assert corrected(document, "5 *", "5*") == "A *boat* of the port and 5\\* 3.\n"


def test_what_programs_read_is_not_changed_safely() -> None:
    document = read(SAMPLE, "rst")
    assert harmless(document, "warm clothes", "warm, dry clothes")
    assert harmless(document, "What it says", "What this says")
    assert not harmless(document, "harbour_", "port_")
    assert not harmless(document, "- two boats", "two boats")
    assert not harmless(document, "Next paragraph", "- Next paragraph")


SKIPPED = (
    "literal literal_block doctest_block comment problematic system_message math math_block raw docinfo label "
    "footnote_reference citation_reference option_group substitution_definition generated field_name classifier target"
).split()


def _docutils(text: str) -> "collections.Counter[str]":
    """Return the words that docutils shows for copy."""
    core: Any = needs("docutils.core", "docutils is not installed")
    from docutils import nodes

    skipped = tuple(getattr(nodes, name) for name in SKIPPED)
    quiet = {"report_level": 5, "halt_level": 6, "file_insertion_enabled": False, "raw_enabled": False}
    pieces: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, skipped) or (isinstance(node, nodes.topic) and "contents" in node["classes"]):
            return
        if isinstance(node, nodes.Text):
            pieces.append(node.astext())
            return
        apart = "" if isinstance(node, nodes.Inline) else "\n"
        pieces.append(apart)
        for child in node.children:
            walk(child)
        pieces.append(apart)

    walk(core.publish_doctree(text, settings_overrides=quiet))
    return collections.Counter(re.findall(r"\w{2,}", "".join(pieces)))


def _packages() -> list[Path]:
    spec = find_spec("docutils")
    site = Path(str(spec.origin)).parent.parent if spec is not None and spec.origin else Path("/nowhere")
    return files("*.rst", site / "docutils", site / "sklearn" / "datasets", Path("/usr/share/doc/python3-pip"))


def test_real_documents_say_what_docutils_reads() -> None:
    needs("docutils.core", "docutils is not installed")
    # Directives of extensions: docutils drops them with their bodies, in which there is copy.
    paths = [path for path in _packages() if not re.search(rb"(?m)^[ ]*\.\. dropdown::", path.read_bytes())]
    assert len(paths) >= 2
    for path in paths:
        data = path.read_bytes()
        document = registry.read_bytes(data, path.name, "rst")
        assert registry.written(data, document, []) == data
        theirs = _docutils(document.text)
        ours = collections.Counter(re.findall(r"\w{2,}", judged(document)))
        known = sum(theirs.values())
        # Names and figures in code of their own, and bibliographic fields, are masked by us alone.
        assert sum((theirs - ours).values()) <= 0.06 * known + 10, (path, theirs - ours)
        assert sum((ours - theirs).values()) <= 0.04 * known + 10, (path, ours - theirs)


@given(
    st.lists(st.sampled_from("a b ** * `` ` | _ \\ :a: .. [1]_ :: - + = \n \n\n   ' \" < >".split(" ")), max_size=60)
)
def test_any_text_is_read_and_written_back(pieces: list[str]) -> None:
    document = read("".join(pieces), "rst")
    edited: Document = registry.edited(document, [])
    assert edited == registry.read_bytes(document.text.encode(), "a.rst", "rst")


@given(st.integers(min_value=0, max_value=30), st.text("ab *`\\_|.", max_size=12))
def test_a_correction_changes_its_characters_alone(number: int, put: str) -> None:
    document = read(SAMPLE, "rst")
    block = document.blocks[number % len(document.blocks)]
    word = re.search(r"\w+", block.view.text)
    assert word is not None
    changed = corrected(document, word[0], put)
    block = next(block for block in document.blocks if word[0] in block.view.text)
    at = block.view.text.index(word[0])
    span = block.view.to_document(at, at + len(word[0]))
    if block.kind.value != "heading":
        assert changed.startswith(document.text[: span.start]) and changed.endswith(document.text[span.end :])


def test_hostile_texts_cost_what_they_are_long() -> None:
    in_time("rst", hostile("* ** ` `` | _ \\ :a:` .. +--+ === :: [1]_ .._a: :a: >>>", 4_000))


def test_code_is_masked() -> None:
    assert [piece for piece in code(read(SAMPLE, "rst")) if "teh" in piece]
