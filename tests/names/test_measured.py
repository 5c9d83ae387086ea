"""The bars that the names have to clear on marked texts, asked of the library itself; and what importing it costs."""

import json
import subprocess
import sys
from pathlib import Path

from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty
from corrigenda.names.report import all_issues, all_pairs


def fold(one: str, two: str) -> frozenset[str]:
    """A pair as the measure compares it: case folded, and of as many words only those that differ."""
    a, b = (form.strip("'’ ").casefold() for form in (one, two))
    left, right = a.split(), b.split()
    if len(left) == len(right) > 1 and left != right:
        differing = [(x, y) for x, y in zip(left, right, strict=True) if x != y]
        a, b = (" ".join(words) for words in zip(*differing, strict=True))
    return frozenset((a, b))


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_pairs_found_pairs_wrong_and_traps_taken(shared_dir: Path) -> None:
    folder = shared_dir / "measure" / "sets" / "names-uk-ru"
    texts = {str(row["id"]): str(row["text"]) for row in lines(folder / "texts.jsonl")}
    wanted = found = said = right = taken = 0
    for row in lines(folder / "gold.jsonl"):
        pairs = all_pairs(NameContext(texts[str(row["id"])]))
        here = {
            fold(pair.minority.text, pair.majority.text) for pair in pairs if pair.certainty is not Certainty.POSSIBLE
        }
        marked = {fold(*pair) for pair in row["pairs"]}  # type: ignore[attr-defined]
        traps = {fold(*pair) for pair in row.get("not_pairs", [])}  # type: ignore[attr-defined]
        wanted, found, said = wanted + len(marked), found + len(marked & here), said + len(here)
        right, taken = right + len(marked & here), taken + len(traps & here)
    assert found / wanted >= 0.80
    assert right / said >= 0.93
    assert taken <= 6


def test_silence_on_native_news(shared_dir: Path) -> None:
    words = findings = 0
    for row in lines(shared_dir / "measure" / "sets" / "native-news" / "texts.jsonl"):
        text = str(row["text"])
        context = NameContext(text)
        words += len(text.split())
        findings += sum(len(p.minority.spans) for p in all_pairs(context) if p.certainty is not Certainty.POSSIBLE)
        findings += sum(len(i.spans) for i in all_issues(context) if i.certainty is not Certainty.POSSIBLE)
    assert 1000 * findings / words <= 0.06


def test_importing_reads_no_list_and_no_heavy_library() -> None:
    program = (
        "import sys, corrigenda.names.report, corrigenda.names.index, corrigenda.names.verdict\n"
        "from corrigenda.languages.en import dictionary\nfrom corrigenda.names import data, gazetteer\n"
        "heavy = {'spacy', 'numpy', 'pandas', 'yaml', 'gzip', 'torch', 'onnxruntime', 'jsonschema'}\n"
        "print(sorted(heavy & set(sys.modules)), data.curated.cache_info().currsize,"
        " dictionary._lists.cache_info().currsize, gazetteer._shipped.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "0", "0", "0"]
