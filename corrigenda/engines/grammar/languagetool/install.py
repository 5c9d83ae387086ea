"""Getting LanguageTool onto this machine, into the user's data folder, once.

Two ways lead to the same layout, which is also the one that language_tool_python looks for (its `LTP_PATH`):

    HOME/LanguageTool-6.8/languagetool-server.jar
    HOME/LanguageTool-6.8/libs/*.jar

`language_tool_python` downloads LanguageTool's own release, which must have the SHA-256 below; it is run in a process
of its own, as any other downloader would be. `maven` has Apache Maven copy the jars that corpora/languagetool/pom.xml
lists, from Maven Central or whatever mirror the user's settings.xml names; each must have its hash of
corpora/languagetool/jars.sha256.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from corrigenda import resources
from corrigenda.engines.grammar.errors import UnavailableError
from corrigenda.engines.grammar.languagetool import java
from corrigenda.engines.grammar.languagetool.installation import Installation, home

VERSION = "6.8"
"""The release that is installed; the pom and language_tool_python's own list of checksums both have it."""

ARCHIVE = "6a7f6b67b779ae9505f7579f0c41453ea8d1bd72ae750bdc2c55ba974281467d"
"""The SHA-256 of that release's archive."""

Way = Literal["auto", "language_tool_python", "maven"]

_DOWNLOAD = (
    "import sys\n"
    "from language_tool_python.download_lt import LocalLanguageTool\n"
    "LocalLanguageTool.from_version_name(sys.argv[1]).download()\n"
)
_SECONDS = 900.0


def install(
    way: Way = "auto", *, folder: Path | None = None, report: Callable[[str], None] = lambda line: None
) -> Installation:
    """Install LanguageTool and return where; an installation of `VERSION` that is there is returned as it is.

    Args:
        way: How; "auto" tries language_tool_python where it is installed, then Maven.
        folder: Home folder; None for the user's.
        report: Is told each step in one line.

    Raises:
        UnavailableError: Nothing could be installed. The message names what each way lacked.
    """
    folder = home() if folder is None else folder
    present = _of_version(folder)
    if present is not None:
        report(f"LanguageTool {present.version} is installed already in {present.folder}.")
        return present
    java.find()
    steps: list[tuple[str, Callable[[Path], None]]] = []
    if way in ("auto", "language_tool_python"):
        steps.append(("language_tool_python", _by_language_tool_python))
    if way in ("auto", "maven"):
        steps.append(("Maven", _by_maven))
    failures: list[str] = []
    for name, step in steps:
        report(f"Getting LanguageTool {VERSION} by {name} (about 250 MB) …")
        try:
            with _staging(folder) as staging:
                step(staging)
                _verify(staging / f"LanguageTool-{VERSION}")
                _settle(staging / f"LanguageTool-{VERSION}", folder / f"LanguageTool-{VERSION}")
        except UnavailableError as error:
            failures.append(f"{name}: {error.reason}")
            report(f"{name} could not: {error.reason}")
            continue
        except OSError as error:
            raise UnavailableError(f"{folder} cannot be written ({error.strerror or error})") from error
        present = _of_version(folder)
        if present is not None:
            report(f"LanguageTool {present.version} is installed in {present.folder}.")
            return present
    raise UnavailableError("LanguageTool could not be installed. " + "; ".join(failures))


def _of_version(folder: Path) -> Installation | None:
    found = Installation(VERSION, folder / f"LanguageTool-{VERSION}")
    return found if found.jar.is_file() and (found.folder / "libs").is_dir() else None


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Yield a folder on the same disk, so that what is half there never looks whole, and remove it afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix="install-", dir=folder))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _settle(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError:
        # Another run installed it meanwhile; its copy is as good as ours.
        if not (target / "languagetool-server.jar").is_file():
            raise


def _by_language_tool_python(staging: Path) -> None:
    if importlib.util.find_spec("language_tool_python") is None:
        raise UnavailableError("it is not installed (pip install 'corrigenda[languagetool]')")
    environment = {**os.environ, "LTP_PATH": str(staging), "PYTHONIOENCODING": "utf-8"}
    environment[f"LTP_DOWNLOAD_SHA256_{VERSION.replace('.', '_')}"] = ARCHIVE
    environment.pop("LTP_JAR_DIR_PATH", None)
    _run([sys.executable, "-c", _DOWNLOAD, VERSION], staging, environment)


def _by_maven(staging: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise UnavailableError("there is no mvn on PATH (install Apache Maven)")
    folder = staging / f"LanguageTool-{VERSION}"
    # Maven may write beside the pom, so it gets a copy.
    pom = staging / "pom.xml"
    pom.write_bytes(resources.path("corpora", "languagetool", "pom.xml").read_bytes())
    command = [maven, "--quiet", "--batch-mode", "--strict-checksums", "--file", str(pom)]
    command += [f"-Dlanguagetool.version={VERSION}", "dependency:copy-dependencies"]
    command += [f"-DoutputDirectory={folder / 'libs'}"]
    _run(command, staging, dict(os.environ))
    with suppress(FileNotFoundError):
        (folder / "libs" / "languagetool-server.jar").rename(folder / "languagetool-server.jar")
    hold(folder, resources.path("corpora", "languagetool", "jars.sha256").read_text(encoding="utf-8"))


def hold(folder: Path, listed: str) -> None:
    """Hold the jars of a folder against a list of hashes, a line each as sha256sum writes it.

    Raises UnavailableError for a jar that has another hash, or none.
    """
    hashes = {name: digest for digest, name in (line.split() for line in listed.splitlines())}
    for path in sorted(folder.rglob("*.jar")):
        name = path.relative_to(folder).as_posix()
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != hashes.get(name):
                raise UnavailableError(f"{name} is not the one that this version of corrigenda knows")


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(f"it was not done after {_SECONDS / 60:.0f} minutes") from error
    except OSError as error:
        raise UnavailableError(f"it does not run ({error.strerror or error})") from error
    if done.returncode:
        raise UnavailableError(f"it failed: {_last_words(done.stdout.decode('utf-8', 'replace'))}")


def _last_words(output: str) -> str:
    """Return the line of an output that says most, in at most 200 characters."""
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in output.splitlines()]
    lines = [line for line in lines if line]
    if any("ConnectionError" in line or "UnknownHostException" in line or "Unknown host" in line for line in lines):
        return "its server cannot be reached; is there a network?"
    errors = [line for line in lines if line.startswith("[ERROR]")]
    line = (errors[:1] or lines[-1:] or ["it said nothing"])[0]
    return line.removeprefix("[ERROR]").strip()[:200]


def _verify(folder: Path) -> None:
    """Hold the jars against the list in the server's manifest. Raises UnavailableError for one that is missing or
    broken.
    """
    jar = folder / "languagetool-server.jar"
    try:
        with zipfile.ZipFile(jar) as archive:
            manifest = archive.read("META-INF/MANIFEST.MF").decode("utf-8")
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise UnavailableError(f"{jar.name} is missing or broken") from error
    # A manifest breaks its lines after 72 bytes and goes on after a space.
    unfolded = re.sub(r"\r?\n ", "", manifest)
    listed = re.search(r"^Class-Path: (.*)$", unfolded, re.MULTILINE)
    names = sorted({name for name in (listed[1].split() if listed else ()) if name.startswith("libs/")})
    missing = [name for name in names if not (folder / name).is_file()]
    if not names or "libs/language-en.jar" in missing or len(missing) > 5:
        raise UnavailableError(
            f"{len(missing) or 'all'} of its {len(names)} jars are missing, such as {', '.join(missing[:3])}"
        )
    broken = [path.name for path in sorted((folder / "libs").glob("*.jar")) if not zipfile.is_zipfile(path)]
    if broken:
        raise UnavailableError(f"{', '.join(broken[:3])} came broken")
