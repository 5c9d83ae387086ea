"""Nothing leaves the machine, and no library leaves an identifier of it."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import os, sys
from corrigenda import resources
from corrigenda.engines.models.embeddings import load_session
load_session(resources.path("corpora", "models") / "all-minilm-l6-v2" / "model.onnx")
assert "onnxruntime" in sys.modules
"""


def test_the_runtime_writes_nothing_beside_our_own_caches(tmp_path: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        # The runtime reports nothing where it sees a build server, which would hide what it does elsewhere.
        if name not in ("CI", "TF_BUILD", "GITHUB_ACTIONS", "BUILD_BUILDID", "ORT_DISABLE_TELEMETRY")
    }
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        environment[name] = str(tmp_path)
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, env=environment)
    assert [path.name for path in tmp_path.rglob("*") if "corrigenda" not in path.parts] == []
