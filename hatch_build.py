"""Build hook: compiles the shipped checks into the index that an installed corrigenda starts from."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Writes the index into the build folder and has it packed as corrigenda/_compiled/index.jsonl."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the checks, except for an editable installation, which reads them from their folder."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from corrigenda.pipeline.compile import write_compiled

            target = Path(self.directory, ".compiled", "index.jsonl")
            count = write_compiled(target)
        finally:
            sys.path.remove(self.root)
        self.app.display_info(f"compiled {count} checks")
        build_data["force_include"][str(target)] = "corrigenda/_compiled/index.jsonl"
