"""The part of the configuration's schema that the registry of engines decides.

`python -m corrigenda.workspace.config_schema` writes it into reports/config.schema.json; a test holds that the file is
current.
"""

import json

from corrigenda import resources
from corrigenda.engines.engine import STATES, Kind
from corrigenda.engines.registry import kinds


def text() -> str:
    """Return the schema of the configuration with the engines that there are, as the file has it."""
    schema = json.loads(resources.path("reports", "config.schema.json").read_text(encoding="utf-8"))
    schema["properties"]["engines"]["properties"] = dict(_engine(kind) for kind in kinds()) | dict(
        _former(kind) for kind in kinds() if kind.formerly
    )
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _engine(kind: Kind) -> tuple[str, dict[str, object]]:
    words = {"enum": [*STATES, *kind.values]}
    which = {"anyOf": [words, {"pattern": "^https?://"}]} if kind.address else words
    return kind.name, {"description": kind.summary, "type": "string", **which, "default": kind.default}


def _former(kind: Kind) -> tuple[str, dict[str, object]]:
    name, own = _engine(kind)
    return kind.formerly, {**own, "description": f"The former name of {name}.", "deprecated": True}


def main() -> None:
    """Write the schema of the configuration to its place."""
    resources.path("reports", "config.schema.json").write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
