"""Codes, end marks and repetitions beside a source: what is found and what is left alone, through the whole check."""

from pathlib import Path

import pytest

from tests.conftest import Corrigenda


def found(corrigenda: Corrigenda, folder: Path, target: str, source: str, check: str) -> list[tuple[str, str]]:
    """The quotes of a check's findings with their first corrections."""
    (folder / "a.txt").write_text(target, encoding="utf-8")
    (folder / "a.src.txt").write_text(source, encoding="utf-8")
    done = corrigenda(
        "check", str(folder / "a.txt"), "--source", str(folder / "a.src.txt"), "--from", "de", "--format", "json",
        "--fail-on", "never", "--disable", "all", "--enable", check,
    )  # fmt: skip
    (document,) = done.report["documents"]
    return [(own["quote"], next((one["text"] for one in own["corrections"]), "")) for own in document["findings"]]


@pytest.mark.parametrize(
    ("check", "target", "source", "expected"),
    [
        ("bilingual/figures", "There are 14 lamps on the quay.", "Am Kai stehen 41 Laternen.", [("14", "41")]),
        ("bilingual/figures", "There are 41 lamps on the quay.", "Am Kai stehen 41 Laternen.", []),
        ("bilingual/markup", "Dear {nmae}, the ferry sails.", "Liebe {name}, die Fähre fährt.", [("{nmae}", "{name}")]),
        ("bilingual/markup", "Dear {name}, the ferry sails.", "Liebe {name}, die Fähre fährt.", []),
        (
            "bilingual/repeated",
            "The ferry sails sails.",
            "Die Fähre fährt.",
            [("sails sails", "sails")],
        ),
        ("bilingual/repeated", "The ferry sails.", "Die Fähre fährt.", []),
        ("bilingual/end-mark", "The ferry sails in heavy fog", "Die Fähre fährt bei Nebel.", [("fog", "fog.")]),
    ],
)
def test_a_pair_is_compared(
    corrigenda: Corrigenda,
    tmp_path: Path,
    check: str,
    target: str,
    source: str,
    expected: list[tuple[str, str]],
) -> None:
    assert found(corrigenda, tmp_path, target, source, check) == expected
