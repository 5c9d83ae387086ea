"use strict";
/* Text from a file becomes nodes here, and only here: by textContent, with hidden and direction characters shown as chips. */

const HIDDEN = new RegExp(
  "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u3164\\uffa0]",
  "gu",
);
const PICTURE = /\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?$/u;
const KINDS = { caption: "p", list: "p", table: "p", quotation: "p", prose: "p", quiet: "pre" };

function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") element.textContent = value;
    else if (key in element && key !== "role" && typeof value !== "object") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function codeName(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/* Append text from a file. With `spaces`, blanks are drawn too: the place is about them. */
function appendText(parent, text, spaces = false) {
  let at = 0;
  for (const match of text.matchAll(HIDDEN)) {
    const character = match[0];
    if (character === "\n" || character === "\t") continue;
    if (character === "\u200d" && PICTURE.test(text.slice(Math.max(0, match.index - 4), match.index))) continue;
    appendPlain(parent, text.slice(at, match.index), spaces);
    at = match.index + character.length;
    if (character === "\r") {
      if (text[at] !== "\n") parent.append("\n");
    } else {
      parent.append(make("span", { className: "chip", text: codeName(character) }));
    }
  }
  appendPlain(parent, text.slice(at), spaces);
}

function appendPlain(parent, text, spaces) {
  if (!text) return;
  if (!spaces) {
    parent.append(text);
    return;
  }
  for (const piece of text.split(/([ \t\u00a0\u2000-\u200a\u202f\u3000]+)/u)) {
    if (/^\s+$/u.test(piece)) parent.append(make("span", { className: "blank", title: blankName(piece), text: piece }));
    else if (piece) parent.append(piece);
  }
}

function blankName(piece) {
  const plain = [...piece].every((character) => character === " ");
  return plain ? `${piece.length} spaces` : [...piece].map(codeName).join(" ");
}

/* Whether a place is about blanks or hidden characters, so that they must be drawn. */
function aboutBlanks(text) {
  return text.trim() === "" || /^\s|\s$|\s\s/u.test(text);
}

/* Text for where there are no nodes, such as titles and menus: hidden characters become their code names. */
function plainName(text) {
  return text.replace(HIDDEN, (character) => `<${codeName(character)}>`);
}

function oneLine(text) {
  return plainName(text.replace(/\s+/gu, " ").trim().slice(0, 400));
}

/* Cut [from, to) of a paragraph at the ends of findings, markup and styles. Returns pieces in order. */
function pieces(entry, paragraph, findings, from, to) {
  const cuts = new Set([from, to]);
  const cut = (a, b) => {
    if (a > from && a < to) cuts.add(a);
    if (b > from && b < to) cuts.add(b);
  };
  for (const index of findings) cut(entry.findings[index].from, entry.findings[index].to);
  const quiet = (paragraph.quiet || []).filter(([a, b]) => a < to && from < b);
  const styles = (paragraph.styles || []).filter(([a, b]) => a < to && from < b);
  for (const [a, b] of [...quiet, ...styles]) cut(a, b);
  const ends = [...cuts].sort((a, b) => a - b);
  const out = [];
  for (let index = 0; index + 1 < ends.length; index += 1) {
    const [a, b] = [ends[index], ends[index + 1]];
    out.push({
      from: a,
      to: b,
      findings: findings.filter((f) => entry.findings[f].from < b && a < entry.findings[f].to),
      quiet: quiet.some(([x, y]) => x <= a && b <= y),
      styles: styles.filter(([x, y]) => x <= a && b <= y).map(([, , style]) => style),
    });
  }
  return out;
}

/* The finding that a piece belongs to when several share it: the gravest, then the shortest. */
function topmost(entry, findings) {
  const rank = (f) => [SEVERITIES.indexOf(entry.findings[f].severity), entry.findings[f].to - entry.findings[f].from, f];
  return [...findings].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
  })[0];
}

/* For each paragraph the findings that touch it. */
function paragraphFindings(entry) {
  const lists = entry.paragraphs.map(() => []);
  entry.findings.forEach((finding, index) => {
    let [low, high] = [0, lists.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entry.paragraphs[middle].to > finding.from) high = middle;
      else low = middle + 1;
    }
    for (let place = low; place < lists.length && entry.paragraphs[place].from < finding.to; place += 1) lists[place].push(index);
  });
  return lists;
}

function reference(entry, index) {
  const finding = entry.findings[index];
  const [, letter] = categoryOf(finding);
  return make(
    "sup",
    { className: "ref" },
    make("span", { className: "unseen", text: `, ${finding.severity} ` }),
    String(index + 1),
    make("span", { className: "letter", text: letter }),
  );
}

function markLink(entry, index, text) {
  const finding = entry.findings[index];
  const link = make("a", { className: `mark ${finding.severity}`, href: `#finding-${index + 1}`, "data-finding": index });
  link.title = oneLine(finding.message);
  if (text) {
    const body = make("span", { className: "marked" });
    appendText(body, text, aboutBlanks(finding.quote));
    link.append(body);
  }
  return link;
}

/* The element that a paragraph becomes. In Markdown it looks as it reads; a table's row is a row. */
function shell(paragraph, row) {
  const { kind, level, quoted, depth, role } = paragraph;
  const name = row ? "tr" : kind === "heading" ? "h3" : KINDS[kind] || "p";
  const element = make(name, { className: `block ${kind}`, dir: "auto" });
  if (paragraph.head) element.classList.add("head");
  if (role) element.classList.add(role);
  if (level) element.dataset.level = level;
  if (quoted) element.dataset.quoted = quoted;
  if (kind === "list") element.dataset.depth = depth || 0;
  if (paragraph.line) element.dataset.line = paragraph.line;
  if (role === "rule") element.setAttribute("aria-label", "rule");
  return element;
}

/* A row whose marks and changes each stand in one cell is shown as cells; any other as its line. */
function isRow(paragraph, spans) {
  const { cells } = paragraph;
  return Boolean(cells) && cells.length > 1 && spans.every(({ from, to }) => cells.some(([a, b]) => a <= from && to <= b));
}

/* Fill a paragraph by `fill(parent, from, to)`: the whole of it, or each of its cells. */
function filled(entry, paragraph, spans, fill) {
  const row = isRow(paragraph, spans);
  const element = shell(paragraph, row);
  if (!row) {
    if (paragraph.marker) element.append(make("span", { className: "marker", "data-marker": paragraph.marker, "aria-hidden": "true" }));
    fill(element, paragraph.from, paragraph.to);
    return element;
  }
  let at = paragraph.from;
  for (const [from, to] of paragraph.cells) {
    const cell = make(paragraph.head ? "th" : "td", paragraph.head ? { scope: "col" } : {});
    if (at < from) cell.append(hush(entry.text.slice(at, from)));
    fill(cell, from, to);
    element.append(cell);
    at = to;
  }
  if (at < paragraph.to && element.lastChild) element.lastChild.append(hush(entry.text.slice(at, paragraph.to)));
  return element;
}

/* Markup that a reader does not see: it is there, and hidden unless the editor asks for it. */
function hush(text) {
  const span = make("span", { className: "quiet-inline" });
  appendText(span, text);
  return span;
}

function dressed(styles) {
  return styles.map((style) => `is-${style}`).join(" ");
}

/* Rows that follow each other become one table. */
function grouped(elements) {
  const out = [];
  for (const element of elements) {
    const last = out[out.length - 1];
    if (element.classList.contains("markup") && last && last.classList.contains("copy-table")) {
      last.append(element); // the line of dashes below a table's head
      continue;
    }
    if (element.tagName !== "TR") {
      out.push(element);
      continue;
    }
    let body = last && last.classList.contains("copy-table") ? last.querySelector("tbody") : null;
    if (!body || element.classList.contains("head")) {
      body = make("tbody");
      out.push(make("div", { className: "copy-table", tabIndex: 0, role: "region", "aria-label": "Table of the article" }, make("table", {}, body)));
    }
    body.append(element);
  }
  return out;
}

/* The paragraphs, each beside what of the source it stands for, where the source was at hand. */
function facing(entry, originals) {
  const out = grouped(originals);
  if (!entry.source) return out;
  const beside = new Map();
  entry.paragraphs.forEach((paragraph, index) => {
    if (!paragraph.source) return;
    const top = originals[index].closest(".copy-table") || originals[index];
    if (!beside.has(top)) beside.set(top, make("div", { className: "source", dir: "auto", lang: entry.source_language || null }));
    for (const [text, lost] of paragraph.source) {
      const piece = make("p", { className: lost ? "lost" : "", title: lost ? "Nothing in the translation stands for this" : null });
      appendText(piece, text);
      beside.get(top).append(piece);
    }
  });
  return out.map((element) => make("div", { className: "facing" }, element, beside.get(element) || make("div", { className: "source" })));
}

/* One paragraph of the article with its marks. */
function articleParagraph(entry, paragraph, findings) {
  const end = paragraph.to;
  const spans = findings.map((index) => ({ from: entry.findings[index].from, to: entry.findings[index].to }));
  return filled(entry, paragraph, spans, (parent, from, to) => {
    for (const piece of pieces(entry, paragraph, findings, from, to)) {
      const text = entry.text.slice(piece.from, piece.to);
      if (!piece.findings.length) {
        if (piece.quiet && paragraph.kind !== "quiet") parent.append(hush(text));
        else if (piece.quiet) parent.append(make("span", { className: "quiet-inline", text }));
        else if (piece.styles.length) {
          const span = make("span", { className: dressed(piece.styles) });
          appendText(span, text);
          parent.append(span);
        } else appendText(parent, text);
        continue;
      }
      const top = topmost(entry, piece.findings);
      const link = markLink(entry, top, text);
      if (piece.styles.length) link.querySelector(".marked").className += ` ${dressed(piece.styles)}`;
      link.dataset.covers = piece.findings.join(" ");
      parent.append(link);
      for (const index of piece.findings.filter((f) => Math.min(end, entry.findings[f].to) === piece.to)) {
        if (entry.findings[index].to > end) continue;
        if (index === top) link.append(reference(entry, index));
        else {
          const more = markLink(entry, index, "");
          more.classList.add("more");
          more.append(reference(entry, index));
          parent.append(more);
        }
        parent.append(make("ins", { "data-finding": index, hidden: true }));
      }
    }
  });
}

/* Text of a paragraph without marks: markup quiet, the rest in its style. */
function appendCopy(parent, entry, paragraph, from, to) {
  if (from >= to) return;
  for (const piece of pieces(entry, paragraph, [], from, to)) {
    const text = entry.text.slice(piece.from, piece.to);
    if (piece.quiet) parent.append(hush(text));
    else if (piece.styles.length) {
      const span = make("span", { className: dressed(piece.styles) });
      appendText(span, text);
      parent.append(span);
    } else appendText(parent, text);
  }
}

/* One paragraph as corrected so far. A correction over several paragraphs stands where it begins. */
function correctedParagraph(doc, paragraph, changes) {
  const entry = report.documents[doc];
  const here = changes.filter((change) => change.to > paragraph.from && change.from < paragraph.to);
  const element = filled(entry, paragraph, here, (parent, from, to) => {
    let at = from;
    for (const change of here) {
      if (change.to <= from || change.from >= to) continue;
      appendCopy(parent, entry, paragraph, at, Math.max(at, change.from));
      if (change.from >= from) {
        if (change.text) {
          const inserted = make("ins", { "data-finding": change.index });
          appendText(inserted, change.text, aboutBlanks(change.text));
          parent.append(inserted);
        } else parent.append(make("span", { className: "gone", "data-finding": change.index, title: "Text was removed here" }));
      }
      at = Math.max(at, Math.min(to, change.to));
    }
    appendCopy(parent, entry, paragraph, at, to);
  });
  if (element.textContent.trim() === "") {
    element.textContent = "";
    element.classList.add("removed");
    element.append(make(element.tagName === "TR" ? "td" : "span", { text: "removed" }));
  }
  return element;
}
