"""What a compiled index is known by: the content of the checks, and of all that decides what they compile to."""

import hashlib
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from corrigenda import __version__, resources
from corrigenda.errors import CheckError
from corrigenda.storage import confined

FORMAT = 14
"""Of the index; another format is not read but made anew."""
LARGEST = confined.MIB
"""Bytes of a check file that are read for its key; the largest that is understood is smaller."""
CORPORA = (
    "boilerplate.jsonl",
    "confusables",
    "contrasts.jsonl",
    "dialects.tsv",
    "english_words.txt.gz",
    "exemplars",
    "foreign_words.tsv",
    "function_words.tsv",
    "lexicons",
    "lists",
    "topics.tsv",
    "unlikely.json",
    "word_frequencies.tsv",
)
"""Files and folders of corpora/ that compiling reads."""

_PACKAGE = Path(__file__).resolve().parent.parent


def key_of(folder: Path) -> str:
    """Hash all that decides what the checks of a folder compile to: the checks, the code, the corpora it reads.

    Contents count, and no file times. The code and corpora of an installation are those of its version.
    Raises CheckError for a check file that is not read: a pipe, one without end, or a link that leads out.
    """
    digest = hashlib.sha256(f"{FORMAT} {__version__} {folder}".encode("utf-8", "surrogateescape"))
    own = resources.folder("checks")
    _add(digest.update, str(folder), ".yaml", _read if folder == own else _Confined(folder))
    if not resources.is_installed():
        _add(digest.update, str(_PACKAGE), ".py")
        corpora = str(resources.folder("corpora"))
        for name in CORPORA:
            _add(digest.update, os.path.join(corpora, name), "")
    return digest.hexdigest()[:32]


@cache
def corpora_key() -> str:
    """Hash what texts are compared with, in a checkout: there it changes without a new version. "" in an installation.

    Models are left out: their identity is that of the engine that asks them.
    """
    if resources.is_installed():
        return ""
    digest = hashlib.sha256()
    corpora = str(resources.folder("corpora"))
    for name in sorted(os.listdir(corpora)):
        if name != "models":
            _add(digest.update, os.path.join(corpora, name), "")
    return digest.hexdigest()[:32]


def _read(file: str) -> bytes:
    with open(file, "rb", buffering=0) as stream:
        return stream.read()


class _Confined:
    """Reads the check files of a folder that may be a stranger's."""

    def __init__(self, folder: Path) -> None:
        self._tree = confined.tree_of(folder)

    def __call__(self, file: str) -> bytes:
        try:
            return confined.read_bytes(file, limit=LARGEST, root=self._tree if os.path.islink(file) else None)
        except confined.Outside:
            raise CheckError(Path(file), 1, "this link leads out of the folder, and is not followed") from None
        except OSError as error:
            raise CheckError(Path(file), 1, f"the file cannot be read ({error.strerror or error})") from None


def _add(update: Callable[[bytes], object], path: str, ending: str, read: Callable[[str], bytes] = _read) -> None:
    """Add the names and contents of a file, or of the files of a folder."""
    for file, name in _files(path, ending):
        content = read(file)
        update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        update(content)


def _files(path: str, ending: str) -> Iterator[tuple[str, str]]:
    """Yield a file, or the files below a folder in order, as path and path inside it; os.walk is the fastest way."""
    if os.path.isfile(path):
        yield path, os.path.basename(path)
    for root, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if name.endswith(ending) and not name.startswith("."):
                file = os.path.join(root, name)
                yield file, file[len(path) + 1 :]  # relpath takes longer than all the reading
