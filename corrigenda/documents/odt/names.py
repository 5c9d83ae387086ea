"""The names of OpenDocument's XML."""

from types import MappingProxyType

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"

NAMESPACES = MappingProxyType(
    {
        **{f"{_OASIS}{name}:1.0": name for name in ("office", "text", "table", "style", "meta", "manifest")},
        f"{_OASIS}drawing:1.0": "draw",
        f"{_OASIS}xsl-fo-compatible:1.0": "fo",
        f"{_OASIS}svg-compatible:1.0": "svg",
        "http://purl.org/dc/elements/1.1/": "dc",
    }
)
"""Prefixes under which names are told, by namespace."""

UNSEEN = frozenset(
    "text:tracked-changes text:note-citation text:ruby-text text:hidden-text text:hidden-paragraph text:script "
    "text:sequence-decls text:variable-decls text:user-field-decls text:dde-connection-decls text:number "
    "text:table-of-content text:illustration-index text:table-index text:object-index text:user-index "
    "text:alphabetical-index text:bibliography office:forms office:scripts office:settings office:meta "
    "office:font-face-decls office:styles office:automatic-styles office:binary-data math:math draw:object "
    "table:shapes".split()
)
"""Elements of which a reader sees nothing, or what a program makes: lists of contents, what was deleted."""

FIELDS = frozenset(
    "text:page-number text:page-count text:date text:time text:sequence text:sequence-ref text:reference-ref "
    "text:bookmark-ref text:note-ref text:author-name text:author-initials text:chapter text:file-name "
    "text:title text:subject text:creator text:initial-creator text:creation-date text:creation-time "
    "text:modification-date text:modification-time text:editing-duration text:variable-get text:variable-set "
    "text:user-field-get text:database-display text:expression text:bibliography-mark text:word-count "
    "text:character-count text:paragraph-count text:table-count text:image-count text:sender-firstname "
    "text:sender-lastname text:placeholder".split()
)
"""Fields, whose words a program puts in."""

PARAGRAPHS = frozenset(("text:p", "text:h"))
