"""The cells of reStructuredText's two kinds of tables."""

import re

from corrigenda.documents.markup.lines import Lines

Spans = list[tuple[int, int]]

_BORDER = re.compile(r"[+|][-=+|]*$")
_RULE = re.compile(r"[=-]+(?:[ \t]+[=-]+)*$")
_PIPE = re.compile(r"\|")
_MOST = 100


def grid(lines: Lines, number: int, end: int) -> list[Spans]:
    """Return the cells of a grid table that stands on the lines `[number, end)`: of each the stretches of its lines.

    Cells of several paragraphs are one for each; a cell that spans columns is one where its line has no bar.
    """
    text = lines.text
    cells: list[Spans] = []
    open_cells: dict[int, Spans] = {}

    def close(column: int | None = None) -> None:
        cells.extend(open_cells.pop(key) for key in list(open_cells) if column is None or key == column)

    for n in range(number, end):
        start, last = lines.words[n], lines.ends[n]
        if (_BORDER.fullmatch(text, start, last) and "-" in text[start:last]) or (
            "=" * 3 in text[start:last] and text[start] == "+"
        ):
            close()
            continue
        bars = [found.start() for found in _PIPE.finditer(text, start, last)][:_MOST]
        if text[start] == "+":  # a rule under some of the columns
            bars = [start, *(at for at in bars if at != start)]
        seen: set[int] = set()
        for first, following in zip(bars, [*bars[1:], last], strict=True):
            inside = text[first + 1 : following]
            words = inside.strip()
            column = first - start
            seen.add(column)
            if not words or not words.strip("-=+"):
                close(column)
                continue
            begin = first + 1 + len(inside) - len(inside.lstrip())
            open_cells.setdefault(column, []).append((begin, begin + len(words)))
        for column in [key for key in open_cells if key not in seen]:
            close(column)
    close()
    return sorted(cells)


def simple(lines: Lines, number: int, last: int) -> tuple[int, list[Spans]] | None:
    """Return the line behind a simple table, and its cells; None where no rule closes it."""
    text = lines.text
    rules = [number]
    n = number + 1
    end = 0
    while n < last:
        if not lines.blank(n):
            if lines.columns[n] < lines.columns[number]:
                break
            if text[lines.words[n]] == "=" and _RULE.fullmatch(text, lines.words[n], lines.ends[n]):
                rules.append(n)
                following = n + 1
                if following >= last or lines.blank(following):
                    end = n + 1
                    break
                if len(rules) > 2:
                    end = n + 1
                    break
        n += 1
    if not end:
        return None
    base = lines.starts[number]
    columns = [found.start() for found in re.finditer(r"=+", text[base : lines.ends[number]])]
    cells: list[Spans] = []
    row: list[Spans] = []
    for n in range(number + 1, end):
        start, stop = lines.starts[n], lines.ends[n]
        if lines.blank(n) or _RULE.fullmatch(text, lines.words[n], stop):
            cells += (cell for cell in row if cell)
            row = []
            continue
        edges = [start + column for column in columns if start + column < stop] or [start]
        # Words that reach over a column's edge span both.
        edges = [edge for index, edge in enumerate(edges) if not index or text[edge - 1] in " \t"]
        parts: Spans = []
        for first, following in zip(edges, [*edges[1:], stop], strict=True):
            inside = text[first:following]
            begin = first + len(inside) - len(inside.lstrip())
            parts.append((begin, begin + len(inside.strip())))
        if parts[0][1] > parts[0][0] or not row:
            cells += (cell for cell in row if cell)
            row = [[part] if part[1] > part[0] else [] for part in parts]
            continue
        for index, part in enumerate(parts):
            if part[1] > part[0]:
                if index < len(row):
                    row[index].append(part)
                else:
                    row.append([part])
    cells += (cell for cell in row if cell)
    return end, sorted(cells)
