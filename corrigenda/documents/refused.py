"""Formats that are not read, for whoever names a file of one: what it is, and what to do instead."""

from collections.abc import Mapping
from types import MappingProxyType

_AS_DOCX = "save it as .docx and check that"

ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        ".pdf": "a PDF shows pages and does not say which of their words follow which; open it in a word processor, "
        f"{_AS_DOCX}, or check the text that it was made from",
        ".rtf": f"RTF is not read; open it in a word processor, {_AS_DOCX}",
        ".doc": f"this is a document of Word 2003 or older; {_AS_DOCX}",
        ".dot": f"this is a template of Word 2003 or older; {_AS_DOCX}",
        ".wps": f"this is a document of Microsoft Works; {_AS_DOCX}",
        ".wpd": f"this is a document of WordPerfect; {_AS_DOCX}",
        ".pages": "this is a document of Pages; export it as Word and check that",
        ".docm": "a document with macros (programs in it) is not opened; save it without them, as .docx, "
        "and check that",
        ".dotm": "a template with macros (programs in it) is not opened; save it without them, as .docx, "
        "and check that",
    }
)
"""Sentences without their capital letter and full stop, by the ending in lower case with its dot."""
