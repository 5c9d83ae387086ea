"""A document in which a check finds more than a report lists."""

from pathlib import Path

from corrigenda.pipeline.merge import MAX_HITS
from tests import home
from tests.conftest import HOUSE_TERM, Corrigenda

TEXT = "It lay on the territory of the port.\n\n"


def test_all_of_it_is_corrected(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "own" / "house").mkdir(parents=True)
    check = HOUSE_TERM.replace('["in"]', "[{text: in, applicability: safe}]")
    (tmp_path / "own" / "house" / "term.yaml").write_text(check, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\n', encoding="utf-8"
    )
    home.trust(tmp_path)
    (tmp_path / "a.md").write_text(TEXT * (2 * MAX_HITS + 100), encoding="utf-8")
    outcome = corrigenda("fix", "a.md")
    assert outcome.code == 0 and f"{2 * MAX_HITS + 100:,} corrections made in 1 file" in outcome.err
    assert "on the territory of" not in (tmp_path / "a.md").read_text(encoding="utf-8")
