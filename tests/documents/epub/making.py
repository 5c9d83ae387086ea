"""Books for tests, made of the XHTML that stands in them."""

import io
import zipfile
from collections.abc import Mapping, Sequence

_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_OPF = (
    '<?xml version="1.0" encoding="utf-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
    'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x'
    "</dc:identifier><dc:language>{language}</dc:language>{metadata}</metadata><manifest>"
    '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}</manifest>'
    '<spine><itemref idref="nav"/>{spine}</spine></package>'
)
_NAVIGATION = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>c</title></head><body><nav><ol><li>'
    '<a href="c0.xhtml">The list of contents</a></li></ol></nav></body></html>'
)


def chapter(body: str, language: str = "en") -> str:
    """Return a chapter's XHTML."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{language}"><head><title/><script src="a.js"/></head>\n'
        f"<body>{body}</body></html>"
    )


def book(
    *chapters: str,
    language: str = "en",
    metadata: str = "",
    order: Sequence[int] | None = None,
    more: Mapping[str, str] | None = None,
) -> bytes:
    """Return a book. `order` is that of its chapters in the spine, `more` are other parts."""
    numbers = range(len(chapters))
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in numbers)
    spine = "".join(f'<itemref idref="c{n}"/>' for n in (numbers if order is None else order))
    parts = {
        "META-INF/container.xml": _CONTAINER,
        "OEBPS/content.opf": _OPF.format(language=language, metadata=metadata, items=items, spine=spine),
        "OEBPS/nav.xhtml": _NAVIGATION,
        **{f"OEBPS/c{n}.xhtml": text for n, text in enumerate(chapters)},
        "OEBPS/cover.jpg": "\x00\x01",
        **(more or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in parts.items():
            file.writestr(name, text, zipfile.ZIP_DEFLATED)
    return target.getvalue()
