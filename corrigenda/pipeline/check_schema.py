"""The schema of check files, made from the keys that the detectors describe.

`python -m corrigenda.pipeline.check_schema` writes checks/check.schema.json; a test holds that the file is current.
"""

import json

from corrigenda import resources
from corrigenda.detectors.registry import built_in
from corrigenda.rules.schema import check_schema


def text() -> str:
    """Return the schema of check files with the detectors of this package, as the file has it."""
    schema = check_schema({detector.name: detector.options for detector in built_in()})
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write the schema of check files to its place."""
    resources.path("checks", "check.schema.json").write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
