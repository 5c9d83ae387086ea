"use strict";
/* Text from a file becomes nodes here, and only here: by textContent, with hidden and direction characters shown as chips. */

const HIDDEN = new RegExp(
  "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u3164\\uffa0]",
  "gu",
);
const PICTURE = /\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?$/u;
const KINDS = { heading: "h3", caption: "p", list: "p", table: "p", quotation: "p", prose: "p", quiet: "pre" };

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

/* Cut [from, to) at every finding's and every markup's ends. Returns [from, to, findings, quiet] pieces. */
function pieces(entry, [, from, to, quiet], findings) {
  const cuts = new Set([from, to]);
  for (const index of findings) {
    cuts.add(Math.max(from, entry.findings[index].from));
    cuts.add(Math.min(to, entry.findings[index].to));
  }
  for (const [a, b] of quiet) {
    cuts.add(Math.max(from, a));
    cuts.add(Math.min(to, b));
  }
  const ends = [...cuts].sort((a, b) => a - b);
  const out = [];
  for (let index = 0; index + 1 < ends.length; index += 1) {
    const [a, b] = [ends[index], ends[index + 1]];
    out.push([
      a,
      b,
      findings.filter((f) => entry.findings[f].from < b && a < entry.findings[f].to),
      quiet.some(([x, y]) => x <= a && b <= y),
    ]);
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
      if (entry.paragraphs[middle][2] > finding.from) high = middle;
      else low = middle + 1;
    }
    for (let place = low; place < lists.length && entry.paragraphs[place][1] < finding.to; place += 1) lists[place].push(index);
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

/* One paragraph of the article with its marks. */
function articleParagraph(entry, paragraph, findings) {
  const [kind, , to] = paragraph;
  const element = make(KINDS[kind] || "p", { className: `block ${kind}`, dir: "auto" });
  for (const [a, b, here, quiet] of pieces(entry, paragraph, findings)) {
    const text = entry.text.slice(a, b);
    if (!here.length) {
      if (quiet && kind !== "quiet") {
        const span = make("span", { className: "quiet-inline" });
        appendText(span, text);
        element.append(span);
      } else appendText(element, text);
      continue;
    }
    const top = topmost(entry, here);
    const link = markLink(entry, top, text);
    link.dataset.covers = here.join(" ");
    element.append(link);
    for (const index of here.filter((f) => Math.min(to, entry.findings[f].to) === b)) {
      if (entry.findings[index].to > to) continue;
      if (index === top) link.append(reference(entry, index));
      else {
        const more = markLink(entry, index, "");
        more.classList.add("more");
        more.append(reference(entry, index));
        element.append(more);
      }
      element.append(make("ins", { "data-finding": index, hidden: true }));
    }
  }
  return element;
}

/* One paragraph as corrected so far. A correction over several paragraphs stands where it begins. */
function correctedParagraph(doc, paragraph, changes) {
  const entry = report.documents[doc];
  const [kind, from, to] = paragraph;
  const element = make(KINDS[kind] || "p", { className: `block ${kind}`, dir: "auto" });
  let at = from;
  for (const change of changes) {
    if (change.to <= from || change.from >= to) continue;
    appendText(element, entry.text.slice(at, Math.max(at, change.from)));
    if (change.from >= from) {
      if (change.text) {
        const inserted = make("ins", { "data-finding": change.index });
        appendText(inserted, change.text, aboutBlanks(change.text));
        element.append(inserted);
      } else element.append(make("span", { className: "gone", "data-finding": change.index, title: "Text was removed here" }));
    }
    at = Math.max(at, Math.min(to, change.to));
  }
  appendText(element, entry.text.slice(at, to));
  if (element.textContent.trim() === "") {
    element.textContent = "";
    element.classList.add("removed");
    element.append(make("span", { text: "removed" }));
  }
  return element;
}
