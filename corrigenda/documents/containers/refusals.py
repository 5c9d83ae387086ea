"""Files that are not what their name says, or cannot be read as it: one sentence each, and what to do."""

from corrigenda.documents.errors import Unreadable

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF-", "a PDF; open it in a word processor, save it as .docx and check that"),
    (b"{\\rtf", "an RTF document; save it as .docx and check that"),
)


def refusal_of(data: bytes, kind: str) -> Unreadable | None:
    """Return why a file's bytes cannot be a package, None where they can.

    Args:
        data: The file's bytes.
        kind: What it should be, with its article.
    """
    if data.startswith(_ZIP):
        return None
    if not data:
        return Unreadable(f"The file is empty; it is not {kind}.")
    if data.startswith(_COMPOUND):
        if _ENCRYPTED_STREAM in data:
            return Unreadable("The file is protected by a password. Save a copy without one and check that.")
        return Unreadable("This is a document of an old Office program. Save it as .docx and check that.")
    for signature, what in _OTHERS:
        if data.startswith(signature):
            return Unreadable(f"This is {what}.")
    return Unreadable(f"This is not {kind}, although its name says so. Save it again with the program that made it.")


def damaged(kind: str, part: str = "") -> Unreadable:
    """Return the refusal of a package that is cut off or damaged, in one of its parts or as a whole."""
    where = f" (the part {part})" if part else ""
    return Unreadable(f"The file is cut off or damaged{where}, so that it is not {kind} any more. Ask for it again.")
