"""Load spaCy's pipeline without the large libraries that spaCy imports merely because they are installed.

spaCy's thinc tries `import torch`, `import cupy` and `import h5py`, and goes on without the ones that are missing. None
of them is used by a pipeline such as en_core_web_sm, but torch alone costs seconds and 500 MB, and a broken torch takes
spaCy down. So these names are refused in the thread that loads the pipeline, for as long as it loads. Everything else
may import them at any time: other threads meanwhile, and the extra `models` afterwards. What has been imported before
stays as it is.

A plug-in of spaCy (an entry point of somebody's package) may want one of these libraries, or be broken by itself. spaCy
loads the factories of all plug-ins before any pipeline; where that fails it is loaded without them, which no pipeline
notices that does not use one.

thinc remembers what it found. A program that wants to run a pipeline on torch in the same process, beside a checker
that runs one without, imports torch first.
"""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

UNREQUESTED = frozenset(
    {"cupy", "cupyx", "h5py", "jax", "mxnet", "pandas", "sklearn", "tensorflow", "torch", "transformers"}
)
"""Top-level modules that cost much and that no pipeline needs unless its own configuration says so."""

# What a pipeline's config.cfg has in it when the pipeline runs on torch: spacy-curated-transformers.Transformer.v1,
# spacy-transformers.TransformerModel.v3, PyTorchWrapper, TorchBiLSTMEncoder.v1 …
_SIGNS_OF_TORCH = ("torch", "transformer")


class _Refusal:
    """A finder that reports the unrequested modules as missing to the thread that made it, and finds nothing itself."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """See importlib.abc.MetaPathFinder."""
        if name in UNREQUESTED and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{name} is not imported merely because it is installed", name=name)
        return None


@contextmanager
def unrequested_refused() -> Iterator[None]:
    """Let no import in this thread load a module of `UNREQUESTED` that is not loaded yet."""
    refusal = _Refusal()
    sys.meta_path.insert(0, refusal)
    try:
        yield
    finally:
        sys.meta_path.remove(refusal)


class NoSuchPipeline(OSError):  # noqa: N818 - it names the state
    """No pipeline is installed under a name, and no folder of this path holds one."""


def load_pipeline(name: str, exclude: Sequence[str]) -> "Language":
    """Import spaCy and load a pipeline without the components `exclude`.

    `name`: an installed pipeline package, or a folder that holds a pipeline. Raises NoSuchPipeline when there is none,
    and what spaCy's and the pipeline's own code raise.
    """
    if pipeline_folder(name) is None:
        raise NoSuchPipeline(f"there is no pipeline {name}")
    if runs_on_torch(name):
        return _load(name, exclude)
    try:
        with unrequested_refused():
            return _load(name, exclude)
    except Exception as error:
        # A plug-in of spaCy that is installed here wants the library, or is broken.
        if isinstance(error, ImportError) and error.name in UNREQUESTED:
            with suppress(Exception):
                return _load(name, exclude)
        with suppress(Exception), unrequested_refused(), _without_plug_ins():
            return _load(name, exclude)
        raise


@contextmanager
def _without_plug_ins() -> Iterator[None]:
    """Let spaCy load no factory of a plug-in. Raises what importing spaCy raises."""
    from spacy.util import registry

    factories = registry._entry_point_factories
    before = factories.entry_points
    factories.entry_points = False
    try:
        yield
    finally:
        factories.entry_points = before


def pipeline_folder(name: str) -> Path | None:
    """Return the folder of a pipeline, None where there is none.

    `name` is that of an installed package, which is looked for and not imported, or the path of a folder: whole, or
    beginning with a dot, so that a name never means a folder that happens to lie in the current one.
    """
    folder = Path(name).expanduser()
    if folder.is_absolute() or name.startswith("."):
        return folder if folder.is_dir() else None
    # To look for "a.b" Python imports "a".
    if not name.isidentifier():
        return None
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return None
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    # Other packages are no pipelines, and spaCy would import them to see.
    return folder if (folder / "meta.json").is_file() else None


def runs_on_torch(name: str) -> bool:
    """Whether the configuration of a pipeline names torch or transformers; imports nothing."""
    folder = pipeline_folder(name)
    if folder is None:
        return False
    # In a package the pipeline lies in a folder of its own, named after the version.
    for path in (*folder.glob("config.cfg"), *folder.glob("*/config.cfg")):
        text = path.read_text(encoding="utf-8", errors="replace").lower()
        if any(sign in text for sign in _SIGNS_OF_TORCH):
            return True
    return False


def _load(name: str, exclude: Sequence[str]) -> "Language":
    import spacy

    return spacy.load(name, exclude=exclude)
