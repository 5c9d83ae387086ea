"""Which Java there is, and whether it is new enough for LanguageTool."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corrigenda.engines.grammar.errors import UnavailableError

MINIMUM = 17
"""LanguageTool 6.6 and newer are compiled for Java 17 (class file version 61)."""

_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


@dataclass(frozen=True, slots=True)
class Java:
    """A Java runtime: the path of its executable, and its major version (17 for 17.0.15, 8 for 1.8.0)."""

    path: str
    major: int


def executable(environ: Mapping[str, str] | None = None) -> str:
    """Return the path of the `java` to run: that of JAVA_HOME where it is set, otherwise the first on PATH.

    Raises UnavailableError when there is none.
    """
    environ = os.environ if environ is None else environ
    home = environ.get("JAVA_HOME", "")
    folders = [str(Path(home, "bin"))] if home else []
    for folder in (*folders, environ.get("PATH", "")):
        found = shutil.which("java", path=folder) if folder else None
        if found:
            return found
    raise UnavailableError(
        f"Java is missing; install Java {MINIMUM} or newer, or set JAVA_HOME to where it is", absent=True
    )


def too_old(major: int | None) -> UnavailableError:
    """Return the refusal of an old Java."""
    which = f"Java {major}" if major else "this Java"
    return UnavailableError(
        f"{which} is too old for LanguageTool; install Java {MINIMUM} or newer, or set JAVA_HOME to it"
    )


def find(environ: Mapping[str, str] | None = None, timeout: float = 20.0) -> Java:
    """Return the Java that would be used, after asking it for its version (which takes some 0.2 seconds).

    Raises UnavailableError when there is none, when it is older than `MINIMUM`, or when it does not say its version in
    `timeout` seconds.
    """
    path = executable(environ)
    try:
        done = subprocess.run(
            [path, "-version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(
            f"{path} does not run; install Java {MINIMUM} or newer, or set JAVA_HOME to it"
        ) from error
    match = _VERSION.search((done.stderr + done.stdout).decode("utf-8", "replace"))
    if match is None:
        raise UnavailableError(f"{path} does not say which Java it is; set JAVA_HOME to a Java {MINIMUM} or newer")
    major = int(match[1])
    if major < MINIMUM:
        raise too_old(major)
    return Java(path, major)
