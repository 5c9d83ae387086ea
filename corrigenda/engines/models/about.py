"""What a model folder says of itself: the file `model.json` in it, written when the folder was made.

Everything that loads, lists, installs or caches by model goes by this one description. Nothing in it comes from the
run's text, and reading it imports no model library.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from corrigenda.storage import confined
from corrigenda.storage.atomic import replace_file

FILE = "model.json"
# A converted language model is two graphs: one from tokens to hidden states, one from those to log-probabilities.
BODY = "body.onnx"
HEAD = "head.onnx"

Kind = Literal["embeddings", "language-model"]
Runtime = Literal["onnx", "torch"]


class ModelError(Exception):
    """A model cannot be used. The message is one line for the user: what, where, and what to do about it."""


class ModelMissingError(ModelError):
    """The named model is not installed."""


class RuntimeMissingError(ModelError):
    """The model is there, and the libraries that run it are not installed."""


class About(NamedTuple):
    """A model folder described.

    `files` maps each file's path in the folder to its sha256; `identity` is the sha256 of that list, and stands for
    the model in every cache key, so that another revision or another quantisation never meets the old scores.
    `settings` is what the runtime needs (dimensions, layers …).
    """

    name: str
    kind: Kind
    runtime: Runtime
    origin: str
    revision: str
    licence: str
    folder: Path
    files: Mapping[str, str] = {}
    settings: Mapping[str, Any] = {}

    @property
    def identity(self) -> str:
        """A sha256 in hexadecimal that changes when any file of the model does."""
        listing = "\n".join(f"{name}\0{digest}" for name, digest in sorted(self.files.items()))
        return hashlib.sha256(listing.encode("utf-8")).hexdigest()

    @property
    def size_bytes(self) -> int:
        """What the model's files take on disk; a missing file counts nothing."""
        return sum(path.stat().st_size for name in self.files if (path := self.folder / name).is_file())

    def damaged(self) -> list[str]:
        """The files that are missing or no longer have their hash, sorted. Reads every file."""
        return sorted(name for name, digest in self.files.items() if sha256(self.folder / name) != digest)


_LIBRARIES = {"onnx": ("onnxruntime", "tokenizers"), "torch": ("torch", "transformers", "sentence-transformers")}


def versions(about: About) -> str:
    """The installed versions of the libraries that run a model, without importing them.

    They belong in cache keys: another version of a runtime may bring other kernels, which round differently.
    """
    from importlib import metadata

    found = []
    for library in _LIBRARIES[about.runtime]:
        try:
            found.append(f"{library} {metadata.version(library)}")
        except metadata.PackageNotFoundError:
            found.append(f"{library} -")
    return ", ".join(found)


def sha256(path: Path) -> str:
    """The sha256 of a file in hexadecimal, or an empty string when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def read(folder: Path) -> About:
    """Read the description of a model folder.

    Raises ModelMissingError when the folder has none, ModelError when it is damaged.
    """
    path = folder / FILE
    try:
        data = json.loads(confined.read_text(path, limit=confined.MIB))
    except FileNotFoundError:
        raise ModelMissingError(f"{folder} holds no model ({FILE} is missing)") from None
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} cannot be read ({error}); install the model again") from None
    try:
        if data["kind"] not in ("embeddings", "language-model") or data["runtime"] not in ("onnx", "torch"):
            raise KeyError("kind")
        files = {str(name): str(digest) for name, digest in data["files"].items()}
        if not files or any(Path(name).is_absolute() or ".." in Path(name).parts for name in files):
            raise KeyError("files")
        return About(
            name=str(data["name"]),
            kind=data["kind"],
            runtime=data["runtime"],
            origin=str(data["origin"]),
            revision=str(data["revision"]),
            licence=str(data["licence"]),
            folder=folder,
            files=files,
            settings=dict(data["settings"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        raise ModelError(f"{path} is damaged; install the model again") from None


def write(about: About) -> None:
    """Write the description into the model's folder, replacing it whole. Raises OSError."""
    data = {
        "name": about.name,
        "kind": about.kind,
        "runtime": about.runtime,
        "origin": about.origin,
        "revision": about.revision,
        "licence": about.licence,
        "settings": about.settings,
        "files": dict(sorted(about.files.items())),
    }
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    replace_file(about.folder / FILE, text.encode("utf-8"))
