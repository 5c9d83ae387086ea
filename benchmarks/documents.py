"""What reading a large document costs: a Word file of 300 pages and an HTML page of 5 MB, against the same as text.

    python benchmarks/documents.py [--check] [--html-megabytes 5] [--pages 300]

Each way runs in a process of its own, after one in which nothing is read:

    seconds     of processor time from the file's bytes to the document, without the start of the process
    MB          highest memory of the process above that of the one in which nothing is read
    words       in the views of its blocks, which must be the same in each format of one text

With `--check`, whole runs of `corrigenda check` with the rules alone follow: seconds from start to end, and MB in all.
Where python-docx is installed, it is timed too, for taking the paragraphs' texts alone.

The text is made up of the same words every time. A page is 500 words; a run of the Word file changes its look every
eight words, as a text does that several people edited. Exits 1 when a bar is missed: a page of the Word file is read in
at most 20 ms, and takes at most 0.5 MB.
"""

import argparse
import io
import json
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PAGE_WORDS = 500
PARAGRAPH_WORDS = 70
RUN_WORDS = 8
SECONDS_A_PAGE, MEGABYTES_A_PAGE = 0.02, 0.5
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORDS = (
    "the harbour town council said on Monday that its new ferry would leave every morning from the old quay near "
    "market square and people who had waited for years came with flags while a band played songs which nobody under "
    "forty had ever heard before they went home in the rain after the mayor gave a short speech about bridges"
).split()

_MEASURE = """
import json, re, sys, time
from pathlib import Path
from corrigenda.documents import registry
path, way = sys.argv[1:]
seconds, words = 0.0, 0
if way == "python-docx":
    import docx
    begun = time.process_time()
    words = sum(len(p.text.split()) for p in docx.Document(path).paragraphs)
    seconds = time.process_time() - begun
elif way:
    data = Path(path).read_bytes()
    registry.reader(way)
    begun = time.process_time()
    document = registry.read_bytes(data, "a", way, limit=64 * 2**20)
    seconds = time.process_time() - begun
    words = sum(len(block.view.text.split()) for block in document.blocks)
# Not by getrusage, which counts the process that this one was made of too.
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps([seconds, peak, words]))
"""


def paragraphs(words: int) -> Iterator[list[str]]:
    """Yield paragraphs of a text of so many words, always the same ones."""
    chance = random.Random(17)
    left = words
    while left > 0:
        size = min(left, PARAGRAPH_WORDS)
        chosen = chance.choices(_WORDS, k=size)
        for at in range(0, size, 14):
            chosen[at] = chosen[at].capitalize()
            chosen[min(size, at + 14) - 1] += "."
        yield chosen
        left -= size


def word_file(text: list[list[str]]) -> bytes:
    """Return a Word file of paragraphs in which the look changes every few words."""
    body: list[str] = []
    looks = ("", "<w:b/>", '<w:lang w:val="en-GB"/>', '<w:rFonts w:ascii="Arial"/>')
    for number, own in enumerate(text):
        body.append(f'<w:p w:rsidR="00{number:06X}"><w:pPr><w:spacing w:after="120"/></w:pPr>')
        for at in range(0, len(own), RUN_WORDS):
            said = escape(" ".join(own[at : at + RUN_WORDS]) + (" " if at + RUN_WORDS < len(own) else ""))
            look = looks[(number + at) % len(looks)]
            body.append(
                f'<w:r w:rsidRPr="00{at:06X}"><w:rPr><w:sz w:val="22"/>{look}</w:rPr>'
                f'<w:t xml:space="preserve">{said}</w:t></w:r>'
            )
        body.append("</w:p>")
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="'
        'application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        'ContentType="'
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" Type="{_OFFICE}/'
        'officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>',
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return target.getvalue()


def html_page(text: list[list[str]]) -> bytes:
    """Return a page of paragraphs with the inline elements that pages have."""
    inside = "".join(
        f'<p class="copy">{" ".join(own[:20])} <a href="/x?a=1&amp;b={n}">{" ".join(own[20:24])}</a> '
        f"<em>{' '.join(own[24:27])}</em> {' '.join(own[27:])}</p>\n"
        for n, own in enumerate(text)
    )
    head = "<!doctype html><html lang=en><head><title>A page</title></head><body><main>"
    return f"{head}{inside}</main></body></html>".encode()


def measured(path: Path, way: str) -> tuple[float, float, int]:
    """Return seconds, MB of the process and words of reading a file in a way."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path), way], capture_output=True, check=True, cwd=ROOT, text=True
    )
    seconds, megabytes, words = json.loads(done.stdout)
    return seconds, megabytes, words


_WHOLE = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
subprocess.run([sys.executable, "-m", "corrigenda", "check", sys.argv[1], "--config", "none", "--quiet", "--format",
    "jsonl", "--output", sys.argv[1] + ".jsonl", "--jobs", "1"], check=False, capture_output=True)
print(json.dumps([time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""


def whole(path: Path) -> tuple[float, float]:
    """Return seconds and MB of a whole run of `corrigenda check`."""
    done = subprocess.run(
        [sys.executable, "-c", _WHOLE, str(path)], capture_output=True, check=True, cwd=ROOT, text=True
    )
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--html-megabytes", type=float, default=5.0)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        book = list(paragraphs(options.pages * PAGE_WORDS))
        page = list(paragraphs(int(options.html_megabytes * 2**20 / 6.7)))
        files = {
            "text": ("book.txt", "\n\n".join(" ".join(own) for own in book).encode()),
            "docx": ("book.docx", word_file(book)),
            "page as text": ("page.txt", "\n\n".join(" ".join(own) for own in page).encode()),
            "html": ("page.html", html_page(page)),
        }
        paths = {}
        for name, (file, data) in files.items():
            paths[name] = Path(folder, file)
            paths[name].write_bytes(data)
        _, idle, _ = measured(paths["text"], "")
        ways = [("text", "text"), ("docx", "docx"), ("docx", "python-docx"), ("page as text", "text"), ("html", "html")]
        print(f"{'':24}{'file MB':>9}{'seconds':>9}{'MB':>8}{'words':>10}")
        for name, way in ways:
            try:
                seconds, megabytes, words = measured(paths[name], way)
            except subprocess.CalledProcessError as error:
                print(f"{name + ', ' + way:24} not measured: {error.stderr.strip().splitlines()[-1]}")
                continue
            size = paths[name].stat().st_size / 2**20
            print(f"{name + ', ' + way:24}{size:9.2f}{seconds:9.2f}{megabytes - idle:8.1f}{words:10,}")
            if way == "docx":
                failed |= (
                    seconds > SECONDS_A_PAGE * options.pages or megabytes - idle > MEGABYTES_A_PAGE * options.pages
                )
        if options.check:
            print(f"\n{'whole runs':24}{'seconds':>9}{'MB':>8}")
            for name, path in paths.items():
                seconds, megabytes = whole(path)
                print(f"{name:24}{seconds:9.1f}{megabytes:8.0f}")
    if failed:
        print("A bar is missed: reading the Word file takes too long, or too much memory.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
