"""XHTML: pages that are well-formed XML, as books have them, in the events of a page."""

from corrigenda.documents.html.events import Event, Open, Remark, Said, Shut
from corrigenda.documents.xml import events as xml
from corrigenda.documents.xml.scanner import scan

NAMESPACES = {
    "http://www.w3.org/1999/xhtml": "",
    "http://www.idpf.org/2007/ops": "epub",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


def events(raw: str, *, what: str = "the file") -> list[Event]:
    """Return what a page is made of. Elements lie in each other, and an empty one ends with its tag.

    Args:
        raw: The page.
        what: What it is, for messages: "the file", or a part's name.

    Raises:
        Unreadable: It is not well-formed, or not safe to read.
    """
    result: list[Event] = []
    open_: list[int] = []
    for event in scan(raw, what=what, namespaces=NAMESPACES):
        if isinstance(event, xml.Text):
            result.append(Said(event.value, event.start, event.end))
        elif isinstance(event, xml.Start):
            open_.append(len(result))
            attributes = tuple((name.lower(), value) for name, value in event.attributes.items())
            result.append(Open(event.name.rpartition("}")[2].lower(), attributes, event.start, event.end, event.end))
        elif isinstance(event, xml.End):
            number = open_.pop()
            begun = result[number]
            assert isinstance(begun, Open)
            result[number] = begun._replace(close=event.end)
            if event.end > event.start:
                result.append(Shut(begun.name, event.start, event.end))
        elif isinstance(event, xml.Comment):
            result.append(Remark(event.start, event.end))
    return result
