"""When output is coloured: the same answer for every command."""

import subprocess
import sys
from pathlib import Path

import pytest

from corrigenda.reporting.color import wants_color
from tests.conftest import Corrigenda

UNSET = {"NO_COLOR": "", "FORCE_COLOR": "", "CLICOLOR": "", "CLICOLOR_FORCE": "", "TERM": "xterm"}


@pytest.mark.parametrize(
    ("env", "on_terminal", "in_pipe"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": "0"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "3"}, True, True),
        ({"FORCE_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "false"}, False, False),
        ({"FORCE_COLOR": "0", "CLICOLOR_FORCE": "1"}, False, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, True, False),
        ({"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True, True),
        ({"CLICOLOR": "1"}, True, False),
        ({"CLICOLOR": "0"}, False, False),
        ({"CLICOLOR": "0", "FORCE_COLOR": "1"}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
    ],
)
def test_when_to_colour(env: dict[str, str], on_terminal: bool, in_pipe: bool) -> None:
    assert (wants_color(env, True), wants_color(env, False)) == (on_terminal, in_pipe)


@pytest.mark.parametrize(("env", "colored"), [({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "0"}, False), ({}, False)])
def test_check_goes_by_it(corrigenda: Corrigenda, tmp_path: Path, env: dict[str, str], colored: bool) -> None:
    (tmp_path / "text.txt").write_text("He said  that.\n", encoding="utf-8")
    out = corrigenda("check", "text.txt", "--config", "none", "--disable", "language", env={**UNSET, **env}).out
    assert ("\x1b[" in out) is colored


@pytest.mark.parametrize(("forced", "colored"), [("1", True), ("0", False)])
def test_what_click_prints_goes_by_it_too(forced: str, colored: bool) -> None:
    program = (
        "import click, sys\n"
        "from corrigenda.cli import main\n"
        "@main.cli.command('show')\n"
        "def show(): click.echo(click.style('a', fg='red'))\n"
        "main.cli.get_command = lambda ctx, name: show\n"
        "main._COMMANDS['show'] = ''\n"
        "sys.argv = ['corrigenda', 'show']\n"
        "main.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={**UNSET, "FORCE_COLOR": forced}, capture_output=True, check=True
    )
    assert (b"\x1b[" in done.stdout) is colored
