"""A bilingual check of an installed package, which compares the figures of paired sentences and quotes the source."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.command import Outcome, in_process

_DETECTOR = """
import re
from typing import NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.rules.hit import Hit
from corrigenda.rules.rule import Rule


class FigureKeys(TypedDict):
    pass


class Figure(Detector):
    name = "figure"
    scope = "sentence"
    options = FigureKeys

    def compile_check(self, check, resources):
        return [Rule(structure="source")]

    def confirm(self, nominees, context):
        for nominee in nominees:
            bitext = context.bitext(nominee.document)
            for pair in bitext.sure():
                for own in re.finditer(r"\\d+", pair.target[0].text):
                    others = list(re.finditer(r"\\d+", pair.source[0].text))
                    if others and own[0] not in [other[0] for other in others]:
                        start, end = bitext.target_span(pair.target[0], *own.span())
                        place = bitext.source_span(pair.source[0], 0)
                        yield Hit(
                            nominee.rule.check,
                            nominee.document,
                            start,
                            end,
                            source_span=(place.start, place.end),
                            evidence={"language": bitext.language},
                        )


DETECTOR = Figure()
"""
_CHECK = """\
id: acme/figure
summary: Another figure than the source's
why: A figure changed on its way into English.
category: accuracy/mistranslation
severity: warning
message: "The source says “{source_quote}”, and {quote} is no figure of it"
detector: figure
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with an installed package in it, which the tests of a file can import."""
    site = tmp_path_factory.mktemp("site")
    checks = site / "acme" / "acme"
    checks.mkdir(parents=True)
    (site / "acme" / "__init__.py").write_text("", encoding="utf-8")
    (site / "acme" / "figure.py").write_text(_DETECTOR, encoding="utf-8")
    (checks / "figure.yaml").write_text(_CHECK, encoding="utf-8")
    metadata = site / "acme-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(
        "[corrigenda.detectors]\nfigure = acme.figure:DETECTOR\n[corrigenda.checks]\nacme = acme\n", encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(site)
        yield site
    for name in [name for name in sys.modules if name.partition(".")[0] == "acme"]:
        del sys.modules[name]


class Project:
    """A folder with a configuration under which the package's check alone runs."""

    CONFIGURATION = 'check-folders = ["plugin:acme"]\ndisable = ["all"]\nenable = ["acme"]\nfail-on = "never"\n'

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.configure()

    def configure(self, more: str = "") -> None:
        """Write the configuration, with more settings."""
        self.write("corrigenda.toml", self.CONFIGURATION + more)

    def write(self, name: str, text: str) -> Path:
        """Write a file of the project, and the folders that it lies in."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def run(self, *arguments: str, env: Mapping[str, str] | None = None) -> Outcome:
        """Run `corrigenda` in the project."""
        return in_process(arguments, b"", self.folder, env or {})


@pytest.fixture
def project(tmp_path: Path, site: Path) -> Project:
    """An empty project."""
    folder = tmp_path / "project"
    folder.mkdir()
    return Project(folder)
