"""The JSON Schema of the configuration says what the reader says, judged by validators that are not ours."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda import resources
from corrigenda.workspace.config import FILE, NOT_SETTINGS, Config, ConfigError, field_of, load, setting_of
from corrigenda.workspace.template import TEMPLATE
from corrigenda.workspace.trust import Trust

SCHEMA_FILE = resources.path("reports", "config.schema.json")
SCHEMA: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
KEYS = sorted(key for key, entry in SCHEMA["properties"].items() if "deprecated" not in entry)

SEVERAL = """\
profile = "minimal"
language = "en-GB"
fail-on = "warning"
enable = ["names", "artefacts/calque"]
exclude = ["drafts/**", "*.tmp.md"]
words = ["Ургамчай"]
jobs = 0

[severity]
"names" = "suggestion"

[engines]
spacy = "on"
language-model = "off"
grammar = "http://127.0.0.1:8081/"

[names]
"Kyiv" = "Kyiv"

[[overrides]]
files = ["archive/**"]
disable = ["consistency"]
severity = { "names/mixed-spelling" = "suggestion" }

[[overrides]]
files = ["wire/*.txt", "*.md"]
from = "uk"
enable = ["cleanup"]
"""


def test_the_engines_of_the_schema_are_those_that_there_are() -> None:
    from corrigenda.workspace.config_schema import text

    assert SCHEMA_FILE.read_text(encoding="utf-8") == text()
    assert sorted(SCHEMA["properties"]["engines"]["properties"]) == [
        "embeddings",
        "grammar",
        "language-model",
        "languagetool",
        "llm",
        "multilingual",
        "spacy",
    ]


def written(folder: Path, text: str) -> Path:
    path = folder / FILE
    path.write_text(text, encoding="utf-8")
    return path


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_every_setting_is_in_it_with_its_default() -> None:
    own = {setting_of(name) for name in Config._fields if name not in NOT_SETTINGS}
    assert set(KEYS) == own
    default = Config()
    for key, entry in SCHEMA["properties"].items():
        assert entry["description"]
        if key not in KEYS:
            continue
        value = getattr(default, field_of(key))
        if "default" in entry and value is not None:
            assert entry["default"] == (list(value) if isinstance(value, tuple) else value), key


def everything_said() -> str:
    """The template with each commented setting turned on."""
    return re.sub(r'^# (?=(?:[a-z-]+ = |"[^"]+" = |\[\[))', "", TEMPLATE, flags=re.MULTILINE)


@pytest.mark.parametrize(
    "text", ["", TEMPLATE, everything_said(), SEVERAL], ids=["empty", "template", "all", "several"]
)
def test_what_is_right_is_right_for_both(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    load(path)
    assert list(VALIDATOR.iter_errors(tomllib.loads(text))) == []
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA_FILE), str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_template_names_every_setting() -> None:
    said = tomllib.loads(everything_said())
    assert set(said) == set(KEYS)


def test_the_template_changes_nothing(tmp_path: Path) -> None:
    assert load(written(tmp_path, TEMPLATE)).settings() == Config().settings()


def test_a_mistake_is_one_for_the_other_validator_too(tmp_path: Path) -> None:
    path = written(tmp_path, 'fail_on = "error"\n')
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA_FILE), str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and "fail_on" in done.stdout


WORDS = st.sampled_from(
    ["", "news", "auto", "en-GB", "error", "warning", "never", "on", "off", "http://a", "ftp://a", "names", "x"]
)
PLAIN: st.SearchStrategy[Any] = st.one_of(WORDS, st.integers(-2, 3), st.booleans(), st.just(1.5))
TABLE_KEYS = st.sampled_from(["names", "spacy", "grammar", "files", "disable", "enable", "severity", "x"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(TABLE_KEYS, inner, max_size=3)),
    max_leaves=6,
)


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from([*KEYS, "unknown"]), VALUES, max_size=2))
def test_the_reader_and_the_schema_agree(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]) -> None:
    text = "".join(f"{key} = {toml(value)}\n" for key, value in data.items())
    assert tomllib.loads(text) == data
    # A folder of its own: other tests look for a configuration upwards from theirs.
    path = written(tmp_path_factory.mktemp("config"), text)
    try:
        # The schema says what form a value has, not whether a project may decide it.
        load(path, Trust.TRUSTED)
    except ConfigError as error:
        assert not VALIDATOR.is_valid(data), f"{text}\nonly the reader refuses it: {error.message}"
    else:
        assert VALIDATOR.is_valid(data), f"{text}\nonly the schema refuses it"
