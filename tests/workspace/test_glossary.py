"""A project's glossary, from CSV and TBX."""

from pathlib import Path

import pytest

from corrigenda.workspace.glossary import GlossaryError, Term, load

TBX = """<?xml version="1.0"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="1">
<langSec xml:lang="uk"><termSec><term>громада</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>community</term></termSec>
<termSec><term>commune</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>
"""


def written(folder: Path, name: str, text: str) -> Path:
    """Write a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("mark", [",", "\t"])
def test_a_csv_file_names_wanted_and_forbidden_words(tmp_path: Path, mark: str) -> None:
    rows = ["source,target,forbidden", "громада,community;local community,commune", "мер,mayor,", ",,"]
    path = written(tmp_path, "terms.csv", "\ufeff" + "\n".join(rows).replace(",", mark))
    assert load(path) == [
        Term(("громада",), ("community", "local community"), ("commune",)),
        Term(("мер",), ("mayor",), ()),
    ]


def test_deprecated_terms_of_tbx_are_forbidden(tmp_path: Path) -> None:
    assert load(written(tmp_path, "terms.tbx", TBX)) == [Term(("громада",), ("community",), ("commune",))]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("terms.csv", "a,b\nc,d\n", "columns"),
        ("terms.csv", "", "columns"),
        ("terms.csv", "source,target\n", "no terms"),
        ("terms.tbx", "<tbx>", "not valid XML"),
        ("terms.tbx", '<!DOCTYPE t [<!ENTITY a "b">]><t>&a;</t>', "entities"),
    ],
)
def test_what_is_no_glossary_is_told(tmp_path: Path, name: str, text: str, says: str) -> None:
    with pytest.raises(GlossaryError, match=says):
        load(written(tmp_path, name, text))
