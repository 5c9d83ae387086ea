"""Word files for tests, made of the XML that stands in them."""

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ALL = (
    f"{W} {R} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="House"><w:name w:val="House"/><w:basedOn w:val="berschrift1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Bold"><w:name w:val="Crosshead"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Pre"><w:name w:val="HTML Preformatted"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Toc1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/>'
    "</w:numPr></w:pPr></w:style>"
    '<w:style w:type="character" w:styleId="Emph"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Mono"><w:name w:val="HTML Code"/></w:style>'
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Notes to self"/><w:rPr><w:vanish/></w:rPr></w:style>'
    "</w:styles>"
)


def run(text: str, properties: str = "", *, space: bool = True) -> str:
    """Return a run; `text` is XML."""
    own = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    kept = ' xml:space="preserve"' if space else ""
    return f"<w:r>{own}<w:t{kept}>{text}</w:t></w:r>"


def para(*runs: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; what is no XML becomes a run."""
    own = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties
    inside = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p>{f'<w:pPr>{own}</w:pPr>' if own else ''}{inside}</w:p>"


def document(body: str) -> str:
    """Return the XML of a document's part."""
    return f"{HEAD}<w:document {ALL}><w:body>{body}</w:body></w:document>"


def story(kind: str, inside: str) -> str:
    """Return the XML of another part: `ftr`, `hdr`, `footnotes`, `comments`."""
    return f"{HEAD}<w:{kind} {ALL}>{inside}</w:{kind}>"


def word(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    styles: str = STYLES,
    types: str = _TYPES,
    raw: str | bytes | None = None,
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a Word file.

    Args:
        body: What stands in `w:body`.
        parts: Texts of more parts by their names in the folder `word`, each linked by the kind that its name begins
            with and by its name as identifier.
        styles: The text of styles.xml.
        types: The text of the content types.
        raw: What the document's part is, instead of a body.
        extra: Parts that nothing links to, by name.
    """
    kinds = {name: name.partition(".")[0].rstrip("0123456789") for name in parts or {}}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}"/>'
        for name, kind in {"styles.xml": "styles", **kinds}.items()
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'{HEAD}<Relationships {_RELATIONS}><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": document(body) if raw is None else raw,
        "word/_rels/document.xml.rels": f"{HEAD}<Relationships {_RELATIONS}>{relations}</Relationships>",
        "word/styles.xml": styles,
        **{f"word/{name}": text for name, text in (parts or {}).items()},
        **(extra or {}),
        "word/media/image1.png": bytes(range(256)),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (2024, 2, 29, 12, 30, 58))
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    return target.getvalue()


def part(data: bytes, name: str = "word/document.xml") -> str:
    """Return the text of a file's part."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode("utf-8")


def parts(data: bytes) -> list[tuple[object, ...]]:
    """Return all that a file says of its parts, and their contents."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return [
            (i.filename, i.compress_type, i.date_time, i.external_attr, i.extra, i.comment, file.read(i))
            for i in file.infolist()
        ]
