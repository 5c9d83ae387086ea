"""The namespaces of Office Open XML, each under one prefix, whichever edition of the standard a file follows."""

from collections.abc import Mapping
from types import MappingProxyType

_TRANSITIONAL = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"

NAMESPACES: Mapping[str, str] = MappingProxyType(
    {
        f"{_TRANSITIONAL}/wordprocessingml/2006/main": "w",
        f"{_STRICT}/wordprocessingml/main": "w",
        f"{_TRANSITIONAL}/officeDocument/2006/relationships": "r",
        f"{_STRICT}/officeDocument/relationships": "r",
        f"{_TRANSITIONAL}/officeDocument/2006/math": "m",
        f"{_STRICT}/officeDocument/math": "m",
        f"{_TRANSITIONAL}/drawingml/2006/wordprocessingDrawing": "wp",
        f"{_STRICT}/drawingml/wordprocessingDrawing": "wp",
        f"{_TRANSITIONAL}/drawingml/2006/chart": "c",
        f"{_STRICT}/drawingml/chart": "c",
        f"{_TRANSITIONAL}/drawingml/2006/diagram": "dgm",
        f"{_STRICT}/drawingml/diagram": "dgm",
        f"{_TRANSITIONAL}/markup-compatibility/2006": "mc",
        f"{_TRANSITIONAL}/package/2006/relationships": "",
        f"{_TRANSITIONAL}/package/2006/content-types": "",
        "urn:schemas-microsoft-com:vml": "v",
        "urn:schemas-microsoft-com:office:office": "o",
        "http://www.w3.org/XML/1998/namespace": "xml",
    }
)

VALUE = "w:val"

_OFF = frozenset({"0", "false", "off", "none", "nil"})


def is_on(attributes: Mapping[str, str]) -> bool:
    """Return whether a property that is on or off is on: it is where it says nothing."""
    return attributes.get(VALUE, "1") not in _OFF
