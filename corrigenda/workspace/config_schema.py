"""The part of the configuration's schema that the registry of engines decides.

`python -m corrigenda.workspace.config_schema` writes it into reports/config.schema.json; a test holds that the file is
current.
"""

import json

from corrigenda import resources
from corrigenda.engines.engine import STATES
from corrigenda.engines.registry import kinds


def text() -> str:
    """Return the schema of the configuration with the engines that there are, as the file has it."""
    schema = json.loads(resources.path("reports", "config.schema.json").read_text(encoding="utf-8"))
    schema["properties"]["engines"]["properties"] = {
        kind.name: {"description": kind.summary, "type": "string", "enum": list(STATES), "default": STATES[0]}
        for kind in kinds()
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the schema of the configuration to its place."""
    resources.path("reports", "config.schema.json").write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
