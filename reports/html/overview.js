"use strict";
/* Several articles: where the findings are, as a plot and as a table. */

const SVG = "http://www.w3.org/2000/svg";
const PLOT_ROWS = 20;

function shape(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function baseName(path) {
  return path.split("/").pop() || path;
}

/* The shortest endings of the paths that tell the documents apart. */
function shortNames(paths) {
  const names = paths.map((path) => path.split("/"));
  return names.map((parts, index) => {
    for (let take = 1; take <= parts.length; take += 1) {
      const tail = parts.slice(-take).join("/");
      if (names.every((other, place) => place === index || other.slice(-take).join("/") !== tail)) return tail;
    }
    return parts.join("/");
  });
}

/* A path in whole, in lines of so many characters, broken after a slash where that can be. */
function pathLines(path, length) {
  const lines = [""];
  for (const part of path.split(/(?<=[/\\])/u)) {
    const characters = [...part];
    if ([...lines[lines.length - 1]].length + characters.length > length && lines[lines.length - 1]) lines.push("");
    while (characters.length > length) lines.splice(lines.length - 1, 0, characters.splice(0, length).join(""));
    lines[lines.length - 1] += characters.join("");
  }
  return lines;
}

/* A path in whole, as nodes: it may break after a slash. */
function pathNodes(path) {
  return plainName(path).split(/(?<=[/\\])/u).flatMap((part, index) => (index ? [make("wbr"), part] : [part]));
}

function severityCounts(findings) {
  const counts = tallyBy(findings, (f) => f.severity);
  return SEVERITIES.map((severity) => counts.get(severity) || 0);
}

/* A matrix: a row for each document, a column for each theme, a disc whose area is the number of findings. */
function buildPlot() {
  const withFindings = report.documents
    .map((entry, doc) => ({ doc, findings: entry.findings }))
    .filter(({ findings }) => findings.length)
    .sort((a, b) => b.findings.length - a.findings.length || a.doc - b.doc);
  // Those with most findings, in the order of the table.
  const first = withFindings.slice(0, PLOT_ROWS).sort((a, b) => a.doc - b.doc);
  const rows = first.map(({ doc, findings }) => ({ name: plainName(report.documents[doc].path), findings }));
  const rest = withFindings.slice(PLOT_ROWS);
  if (rest.length) rows.push({ name: `${rest.length} more articles`, findings: rest.flatMap(({ findings }) => findings) });
  const themes = [...new Set(rows.flatMap(({ findings }) => findings.map(themeOf)))].sort();
  if (!rows.length) return [];
  const most = Math.max(...rows.flatMap(({ findings }) => [...tallyBy(findings, themeOf).values()]));
  for (const row of rows) row.lines = pathLines(row.name, 52);
  const longest = Math.max(...rows.flatMap(({ lines }) => lines.map((line) => [...line].length)));
  const left = Math.max(90, longest * 7.4 + 24);
  const step = Math.max(88, Math.min(150, (1040 - left) / themes.length));
  const [top, line] = [34, 17];
  for (const row of rows) row.height = Math.max(32, row.lines.length * line + 12);
  const width = left + themes.length * step + 60;
  const height = top + rows.reduce((sum, row) => sum + row.height, 0) + 8;
  const plot = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": "plot-title", class: "matrix" });
  plot.append(shape("title", { id: "plot-title" }, `Findings by theme in ${rows.length} rows; the table below has the numbers.`));
  plot.style.maxWidth = `${width}px`;
  plot.style.minWidth = `${Math.min(width, 560)}px`;
  themes.forEach((name, column) => {
    plot.append(shape("text", { x: left + column * step + step / 2, y: 16, class: "axis", "text-anchor": "middle" }, plainName(name)));
  });
  plot.append(shape("text", { x: width - 8, y: 16, class: "axis", "text-anchor": "end" }, "all"));
  let above = top;
  rows.forEach(({ name, findings, lines, height: tall }) => {
    const y = above + tall / 2;
    above += tall;
    plot.append(shape("line", { x1: 0, x2: width, y1: above, y2: above, class: "rule" }));
    lines.forEach((part, place) => {
      plot.append(shape("text", { x: 2, y: y + 4 + (place - (lines.length - 1) / 2) * line, class: "name" }, part));
    });
    themes.forEach((theme, column) => {
      const here = findings.filter((finding) => themeOf(finding) === theme);
      if (!here.length) return;
      const x = left + column * step + step / 2;
      const radius = 4 + 11 * Math.sqrt(here.length / most);
      const worst = SEVERITIES.find((severity) => here.some((finding) => finding.severity === severity));
      const disc = shape("g", { class: `disc ${worst}` });
      disc.append(shape("title", {}, `${name}, ${plainName(theme)}: ${here.length}, the gravest an ${worst}`.replace("an w", "a w").replace("an s", "a s")));
      disc.append(shape("circle", { cx: x, cy: y, r: radius }));
      disc.append(shape("text", { x: x + radius + 5, y: y + 4, class: "count" }, String(here.length)));
      plot.append(disc);
    });
    plot.append(shape("text", { x: width - 8, y: y + 4, class: "count total", "text-anchor": "end" }, String(findings.length)));
  });
  const keys = make("p", { className: "plot-keys" });
  keys.append("Area: number of findings. Colour: the gravest among them, ");
  SEVERITIES.forEach((severity, index) => {
    keys.append(make("span", { className: `key ${severity}`, text: severity }), index < 2 ? ", " : ".");
  });
  const scroll = make("div", { className: "table-scroll", tabIndex: 0, role: "region", "aria-label": "Plot of findings by theme" });
  scroll.append(plot);
  return [make("figcaption", { text: "Findings by theme and article" }), scroll, keys];
}

function buildTable() {
  const head = make("thead");
  const titles = make("tr");
  const body = make("tbody");
  ["Article", "Errors", "Warnings", "Suggestions", "Decided"].forEach((label, column) => {
    const title = make("th", { scope: "col", className: column ? "num" : "" });
    const button = make("button", { type: "button", text: label });
    button.addEventListener("click", () => sortRows(body, titles, column));
    title.append(button);
    titles.append(title);
  });
  titles.children[0].setAttribute("aria-sort", "ascending");
  head.append(titles);
  report.documents.forEach((entry, doc) => {
    const row = make("tr", { "data-doc": doc });
    const cell = make("th", { scope: "row" });
    const label = pathNodes(entry.path);
    if (entry.findings.length) cell.append(make("a", { href: `#document-${doc + 1}` }, ...label));
    else cell.append(make("span", {}, ...label));
    row.append(cell);
    if (entry.status === "not checked") {
      row.append(make("td", { colSpan: 4, className: "not-checked", text: "could not be checked" }));
    } else {
      severityCounts(entry.findings).forEach((number, place) => {
        row.append(make("td", { className: `num ${number ? SEVERITIES[place] : "nil"}`, "data-label": `${SEVERITIES[place]}${number === 1 ? "" : "s"}`, text: number ? String(number) : "–" }));
      });
      row.append(make("td", { className: "num", "data-label": "decided", "data-decided": doc }));
    }
    body.append(row);
  });
  return [head, body];
}

/* Numbers fall, names rise; a second press turns the order round. */
function sortRows(body, titles, column) {
  const before = titles.children[column].getAttribute("aria-sort");
  const first = column ? "descending" : "ascending";
  const order = before === first ? (column ? "ascending" : "descending") : first;
  for (const title of titles.children) title.removeAttribute("aria-sort");
  titles.children[column].setAttribute("aria-sort", order);
  const value = (doc) => {
    if (!column) return doc;
    return column < 4 ? severityCounts(report.documents[doc].findings)[column - 1] : decisions[doc].size;
  };
  const sign = order === "ascending" ? 1 : -1;
  const rows = [...body.children].sort((a, b) => {
    const [x, y] = [Number(a.dataset.doc), Number(b.dataset.doc)];
    return sign * (value(x) - value(y)) || x - y;
  });
  body.append(...rows);
}

function refreshDecided() {
  for (const cell of document.querySelectorAll("[data-decided]")) {
    const doc = Number(cell.dataset.decided);
    const total = report.documents[doc].findings.length;
    cell.textContent = total ? `${decisions[doc].size} of ${total}` : "–";
    cell.classList.toggle("nil", !total);
  }
}
