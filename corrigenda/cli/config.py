"""`corrigenda config`: what is in force, and where it comes from."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from corrigenda.cli.common import configuration, refuse_unknown, trust_option
from corrigenda.cli.printing import say, say_json


@click.command(name="config", short_help="Show the settings in force and where they come from.")
@click.option("--config", "given", metavar="FILE", help="Configuration file; 'none' for none.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="Output format.")
@trust_option
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(given: str | None, trust: bool | None, output: str, debug: bool) -> None:
    """Show every setting: its value, and whether the file or the default says so."""
    from corrigenda.workspace.config import NOT_SETTINGS, Config, setting_of
    from corrigenda.workspace.trust import grammar_in_environment, user_file, variable

    loaded = configuration(given, trust)
    refuse_unknown(loaded)
    rows: list[tuple[str, Any, str]] = []
    for entry in Config._fields:
        if entry in NOT_SETTINGS:
            continue
        name = setting_of(entry)
        origin = "default"
        if loaded.path is not None and name in loaded.said:
            line = loaded.line_of(name)
            origin = f"{loaded.path.as_posix()}:{line}" if line else loaded.path.as_posix()
        origin = loaded.elsewhere.get(name, origin)
        value = _plain(getattr(loaded, entry))
        said = grammar_in_environment()
        if name == "engines" and said and "grammar" not in value:
            value = {**value, "grammar": said}
            from_variable = variable("grammar")
            origin = from_variable if origin == "default" else f"{origin}; grammar: {from_variable}"
        rows.append((name, value, origin))
    if output == "json":
        data = {name: {"value": value, "from": origin} for name, value, origin in rows}
        say_json({"file": str(loaded.path) if loaded.path else None, "settings": data})
    else:
        say(f"configuration file: {loaded.path or 'none found; these are the defaults'}")
        say(f"your own: {user_file()}{'' if user_file().exists() else ' (there is none)'}")
        say(f"trust: {loaded.trust.name.lower()}")
        width = max(len(name) for name, _, _ in rows)
        for name, value, origin in rows:
            say(f"  {name:{width}}  {json.dumps(value, ensure_ascii=False)}  ({origin})")
    sys.exit(0)


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value.value if hasattr(value, "value") else value
