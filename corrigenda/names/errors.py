"""What can go wrong with names: a list that is missing or broken, a kept table that does not fit its text."""


class NameListError(ValueError):
    """A list of `corpora/` cannot be read: the message names the file, where possible its line, and what is wrong."""


class NameTableError(ValueError):
    """A kept name table or index is broken, or was made from another text."""
