"""A mistake in the configuration is reported with the line it stands on, whatever table it is in."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda.workspace.config import ConfigError, load
from corrigenda.workspace.toml_lines import line_of

OVERRIDES = """\
# A comment with severity = "grave" in it.
[[overrides]]
files = ["a/**"]
severity = { "names" = "warning" }

[[overrides]]
files = [
    "b/**",  # severity = "x"
]
severity = { "names" = "grave" }

[[overrides]]
files = ["c/**"]
disable = []
"""


def test_an_error_in_a_later_table_names_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "corrigenda.toml"
    path.write_text(OVERRIDES, encoding="utf-8")
    with pytest.raises(ConfigError, match="grave") as caught:
        load(path)
    assert caught.value.line == 10


def in_pyproject(text: str) -> str:
    """The same settings in a table of a larger file, three lines further down."""
    tables = re.sub(r"^(\[+)(?=[a-z])", r"\1tool.corrigenda.", text, flags=re.MULTILINE)
    return f'[project]\nname = "severity"\n[tool.corrigenda]\n{tables}'


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[overrides]]\nfiles = ["a"]\n\n[[overrides]]\ndisable = ["a"]', 4, "an override needs files"),
        ('[[overrides]]\nfiles = ["a"]\n[[overrides]]\n\nfiles = []', 5, "an override needs files"),
        ('[[overrides]]\nfiles = ["a"]\n[[overrides]]\nfiles = ["a"]\ndisabel = []', 5, "did you mean 'disable'"),
        (
            '[[overrides]]\nfiles = ["a"]\n[overrides.severity]\na = "error"\n[[overrides]]\nfiles = ["b"]\n'
            '[overrides.severity]\nb = "error"\na = "no"',
            9,
            "one of error",
        ),
        ('words = ["fail-on = 1"]\n"fail-on" = "no"', 2, "one of error"),
        ('words = [\n  "a",\n  """\nfail-on = 1\n""",\n]\n\'fail-on\' = "no"', 7, "one of error"),
        ('[names]\n"a" = "b"\n"c.d" = 1', 3, "table of strings"),
        ('severity.names = "error"\nseverity."names/mixed" = "no"', 2, "one of error"),
        ('words = [\n  "a",\n  1,\n]', 1, "list of strings"),
    ],
)
def test_the_line_of_a_mistake_anywhere(tmp_path: Path, text: str, line: int, words: str, newline: str) -> None:
    for name, shown, offset in (("corrigenda.toml", text, 0), ("pyproject.toml", in_pyproject(text), 3)):
        path = tmp_path / name
        path.write_text(shown, encoding="utf-8", newline=newline)
        with pytest.raises(ConfigError) as caught:
            load(path)
        assert words in caught.value.message and caught.value.line == line + offset, name


KEYS = st.sampled_from(["a", "b", "overrides", '"c d"', "'e.f'"])
ITEMS = st.sampled_from(["1", '"x"', '"""\na = 1\n[b]\n"""', "[\n1,\n# b = 2\n]", "{ a = 1 }", "'''\n[[t]]'''"])
PAIRS = st.lists(st.tuples(KEYS, ITEMS), unique_by=lambda pair: pair[0])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), PAIRS), max_size=6))
def test_lines_of_keys_by_where_they_were_written(tables: list[tuple[int, list[tuple[str, str]]]]) -> None:
    lines: list[str] = []
    places: list[tuple[tuple[str | int, ...], int]] = []
    for number, (blanks, pairs) in enumerate(tables):
        lines += ["# [[t]]", ""] * blanks
        places.append((("t", number), len(lines) + 1))
        lines.append("[[t]]")
        for key, value in pairs:
            places.append((("t", number, key.strip("\"'")), len(lines) + 1))
            lines += f"{key} = {value}".split("\n")
    text = "\n".join(lines)
    assert [(path, line_of(text, path)) for path, _ in places] == places
    assert line_of(text, ("t", len(tables))) == 0
