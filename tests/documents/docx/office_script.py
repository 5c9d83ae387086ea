"""Run by the interpreter that has LibreOffice's bindings: opens a document there, does one thing, and saves it.

python3 office_script.py PORT IN OUT accept|reject|keep|text
"""

import contextlib
import sys
import time

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8", ".txt": "Text (encoded)", ".pdf": "writer_pdf_Export"}


def value(name, content):  # type: ignore[no-untyped-def]
    one = PropertyValue()
    one.Name, one.Value = name, content
    return one


def connected(port):  # type: ignore[no-untyped-def]
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - whatever it is, the program has not started yet
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def main():  # type: ignore[no-untyped-def]
    port, source, target, what = sys.argv[1:5]
    context = connected(port)
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (value("Hidden", True),))
    if what in ("accept", "reject"):
        helper = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        command = ".uno:AcceptAllTrackedChanges" if what == "accept" else ".uno:RejectAllTrackedChanges"
        helper.executeDispatch(document.getCurrentController().getFrame(), command, "", 0, ())
    ending = target[target.rindex(".") :]
    more = (value("FilterOptions", "UTF8,LF"),) if ending == ".txt" else ()
    document.storeToURL(uno.systemPathToFileUrl(target), (value("FilterName", FILTERS[ending]), *more))
    document.close(True)
    with contextlib.suppress(Exception):  # it may be gone before it answers
        desktop.terminate()


main()
