"""A run that nominates nothing imports no heavy library; asserted in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "jsonschema",
    "language_tool_python",
    "numpy",
    "onnxruntime",
    "openpyxl",
    "pandas",
    "sentence_transformers",
    "spacy",
    "thinc",
    "tokenizers",
    "torch",
    "transformers",
    "yaml",
}
QUIET = "seven boats lay in a row below our house, and nobody spoke of them for an hour.\n" * 64
LOUD = "The army took the town because the enemy is closing. It is one of the five provinces annexed Rome last year.\n"


def modules(folder: Path, text: str) -> set[str]:
    """The top-level modules that checking a text imports, once the index is compiled."""
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    program = (
        "import sys, json\n"
        "sys.argv = ['corrigenda', 'check', sys.argv[1], '--config', 'none', '--no-cache', '--fail-on', 'never']\n"
        "from corrigenda.cli.main import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))\n"
    )
    done: subprocess.CompletedProcess[str] | None = None
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", program, str(path)], capture_output=True, text=True, encoding="utf-8", check=True
        )
    assert done is not None
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_quiet_text_imports_nothing_heavy(tmp_path: Path) -> None:
    assert len(QUIET) > 5_000
    assert modules(tmp_path, QUIET) & HEAVY == set()


def test_a_nominated_sentence_does_reach_spacy(tmp_path: Path) -> None:
    """Otherwise the test above would pass for a program that never tags anything."""
    assert {"spacy"} <= modules(tmp_path, LOUD)


@pytest.mark.parametrize("command", ["--help", "--version"])
def test_help_imports_no_engine(command: str) -> None:
    program = (
        "import sys\n"
        "from corrigenda.cli.main import cli\n"
        f"cli(['{command}'], standalone_mode=False)\n"
        "assert 'corrigenda.pipeline.checker' not in sys.modules and 'corrigenda.documents' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
