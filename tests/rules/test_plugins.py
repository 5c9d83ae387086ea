"""What other packages add: a detector with the keys of its checks, and a folder of checks. Only a name asks for it."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

DETECTOR = """
from typing import Annotated, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.rules.hit import Hit
from corrigenda.rules.options import Key
from corrigenda.rules.rule import Rule


class ShoutKeys(TypedDict):
    least: Annotated[int, Key("capitals in a row", least=2)]


class ShoutPayload(NamedTuple):
    least: int


class Shout(Detector):
    name = "shout"
    scope = "sentence"
    values = frozenset(("letters",))
    options = ShoutKeys

    def compile_check(self, check, resources):
        return [Rule(structure=self.name, payload=ShoutPayload(check.options["least"]))]

    def places(self, document, rule):
        for number, block in enumerate(document.blocks):
            if block.view.text.isupper():
                yield number, block.start, block.end

    def confirm(self, nominees, context):
        for nominee in nominees:
            if nominee.end - nominee.start >= nominee.rule.payload(ShoutPayload).least:
                letters = str(nominee.end - nominee.start)
                yield Hit(nominee.rule.check, nominee.document, nominee.start, nominee.end, values={"letters": letters})


DETECTOR = Shout()
"""
CHECK = """\
id: acme/shout
summary: A line all in capitals
why: Scraped pages write their buttons in capitals.
category: design-and-markup/boilerplate
severity: suggestion
message: This line shouts {letters} letters
detector: shout
least: 5
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with an installed package in it, for PYTHONPATH."""
    site = tmp_path / "site"
    checks = site / "acme" / "acme"
    checks.mkdir(parents=True)
    (site / "acme" / "__init__.py").write_text("", encoding="utf-8")
    (site / "acme" / "shout.py").write_text(DETECTOR, encoding="utf-8")
    (checks / "shout.yaml").write_text(CHECK, encoding="utf-8")
    metadata = site / "acme-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(
        "[corrigenda.detectors]\nshout = acme.shout:DETECTOR\n[corrigenda.checks]\nacme = acme\n", encoding="utf-8"
    )
    return site


def run(program: str, site: Path, folder: Path) -> str:
    """Run a program in a process that has the package installed, twice, the second time with warm caches."""
    import os

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])}
    done = None
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(program)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env=environment,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert done is not None
    return done.stdout


def test_checks_and_detector_of_a_package_that_the_configuration_names(site: Path, tmp_path: Path) -> None:
    (tmp_path / "corrigenda.toml").write_text('check-folders = ["plugin:acme"]\ndisable = ["all"]\nenable = ["acme"]\n')
    (tmp_path / "page.txt").write_text("BUY IT NOW\n\nA ferry came.\n", encoding="utf-8")
    program = """
        import sys
        sys.argv = ["corrigenda", "check", "page.txt", "--format", "json", "--fail-on", "never", "--no-cache"]
        from corrigenda.cli.main import main
        main()
        """
    said = run(program, site, tmp_path)
    assert '"check": "acme/shout"' in said and "This line shouts 10 letters." in said


def test_a_package_that_nobody_names_is_not_imported(site: Path, tmp_path: Path) -> None:
    program = """
        import sys
        from corrigenda.pipeline.index import load
        assert "acme/shout" not in load().checks
        assert "acme" not in sys.modules
        """
    run(program, site, tmp_path)


def test_the_keys_of_its_checks_are_checked(site: Path, tmp_path: Path) -> None:
    own = tmp_path / "own" / "house"
    own.mkdir(parents=True)
    (own / "shout.yaml").write_text(CHECK.replace("acme/", "house/").replace("least: 5", "leest: 5"), encoding="utf-8")
    program = """
        from pathlib import Path
        from corrigenda.errors import CheckError
        from corrigenda.pipeline.index import load
        try:
            load([Path("own").resolve()])
        except CheckError as error:
            print(error.line, error.message)
        """
    assert run(program, site, tmp_path).startswith("8 'leest' is not a key of the check; did you mean 'least'?")


def test_a_package_that_is_not_installed_is_an_error_with_the_line(tmp_path: Path) -> None:
    from corrigenda.workspace.config import ConfigError, load

    path = tmp_path / "corrigenda.toml"
    path.write_text('jobs = 1\ncheck-folders = ["plugin:nowhere"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="no package adds checks as 'nowhere'") as caught:
        load(path)
    assert caught.value.line == 2
