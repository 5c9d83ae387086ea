"""LibreOffice, driven as a person would drive it: documents opened, tracked changes accepted or rejected, and saved."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from tests.conftest import absent

SCRIPT = Path(__file__).with_name("office_script.py")
_SECONDS = 180

What = Literal["accept", "reject", "keep"]


def program() -> str:
    """Return LibreOffice's program; without one the test is as with anything else that is absent."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        absent("LibreOffice is not installed: make system-deps")
    return found


def interpreter() -> str:
    """Return a Python that has LibreOffice's bindings, which belong to the system's."""
    found = next((name for name in ("/usr/bin/python3", sys.executable) if _has_bindings(name)), None)
    if found is None:
        absent("LibreOffice's bindings for Python are not installed: make system-deps")
    return found


def _has_bindings(python: str) -> bool:
    if not Path(python).exists():
        return False
    tried = subprocess.run([python, "-c", "import uno"], capture_output=True, env=_environment(), check=False)
    return tried.returncode == 0


def saved(source: Path, target: Path, what: What = "keep") -> Path:
    """Open a document, accept or reject all that is tracked in it or leave it, and save it as its new name's ending
    says. The profile is a folder of its own beside the target.
    """
    office, python = program(), interpreter()
    with _running(office, target.parent / "profile") as port:
        command = [python, str(SCRIPT), str(port), str(source.resolve()), str(target.resolve()), what]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, env=_environment(), check=False
        )
    assert target.exists(), f"LibreOffice did not save {target.name}: {done.stdout}{done.stderr}"
    return target


@contextmanager
def _running(office: str, profile: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [
        office,
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        f"-env:UserInstallation={profile.resolve().as_uri()}",
        f"--accept=socket,host=127.0.0.1,port={port};urp;",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment())
    try:
        yield port
    finally:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment() -> dict[str, str]:
    """Return the environment without what would lead the system's Python to this one's packages."""
    return {key: text for key, text in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
