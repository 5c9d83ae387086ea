"""What can go wrong between a file and its document."""


class DocumentError(Exception):
    """A document cannot be read or written. `message` is one line for an editor, without the file's name."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[type["DocumentError"], tuple[str]]:
        return type(self), (self.message,)


class Unreadable(DocumentError):  # noqa: N818 - it names the state of the file, as the report does
    """A file cannot be read as a document: what is wrong with it, and what to do."""


class Unwritable(DocumentError):  # noqa: N818 - see Unreadable
    """Corrections cannot be written back into a document: why, and what to do."""
