"""OpenDocument texts for tests, made of the XML that stands in them."""

import io
import zipfile
from collections.abc import Mapping

MIME = "application/vnd.oasis.opendocument.text"
_O = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{prefix}="{_O}{name}:1.0"'
    for prefix, name in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    ]
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
AUTOMATIC = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T3" style:family="text"><style:text-properties style:text-line-through-style="solid"/>'
    "</style:style>"
    '<style:style style:name="T4" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T5" style:family="text" style:parent-style-name="Source_20_Text"/>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
    '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Caption"/>'
    '<style:style style:name="P3" style:family="paragraph" style:parent-style-name="Contents_20_1"/>'
    '<style:style style:name="P4" style:family="paragraph" style:parent-style-name="Preformatted_20_Text"/>'
)
STYLES = (
    f"{_HEAD}<office:document-styles {_SPACES}><office:styles>"
    '<style:default-style style:family="paragraph"><style:text-properties fo:language="en" fo:country="GB"/>'
    "</style:default-style></office:styles><office:master-styles>"
    '<style:master-page style:name="Standard"><style:header><text:p>A running head</text:p></style:header>'
    "</style:master-page></office:master-styles></office:document-styles>"
)
MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_O}manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml">'
    "{}</manifest:file-entry></manifest:manifest>"
)


def content(body: str) -> str:
    """Return the XML of a text; `body` is that of its paragraphs."""
    return (
        f"{_HEAD}<office:document-content {_SPACES}><office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def flat(body: str) -> bytes:
    """Return a flat file of a text."""
    return (
        f'{_HEAD}<office:document {_SPACES} office:mimetype="{MIME}"><office:automatic-styles>{AUTOMATIC}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def text(body: str, *, more: Mapping[str, str] | None = None, mime: str = MIME, styles: str = "") -> bytes:
    """Return a package of a text; `more` are other parts, or other contents of these."""
    parts = {
        "content.xml": content(body),
        "META-INF/manifest.xml": MANIFEST.format(""),
        **({"styles.xml": styles} if styles else {}),
        "Pictures/a.png": "\x00\x01",
        **(more or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("mimetype", mime, zipfile.ZIP_STORED)
        for name, said in parts.items():
            file.writestr(name, said, zipfile.ZIP_DEFLATED)
    return target.getvalue()
