"use strict";
/* The cards: what, why, evidence, corrections, source; and the filters over them. */

const filters = { severity: new Set(SEVERITIES), category: "", theme: "", state: "", confidence: "" };
const CONFIDENCES = ["0.95", "0.9", "0.8", "0.7", "0.5"];
const APPLICABILITY = { safe: "safe", unsafe: "needs a look", "display-only": "advice" };

function shown(doc, index) {
  const finding = report.documents[doc].findings[index];
  const decision = decisionOn(doc, index);
  const state = decision ? decision.verdict : "open";
  return (
    filters.severity.has(finding.severity) &&
    (!filters.category || categoryOf(finding)[0] === filters.category) &&
    (!filters.theme || themeOf(finding) === filters.theme || finding.check === filters.theme) &&
    (!filters.confidence || finding.confidence >= Number(filters.confidence)) &&
    (!filters.state || state === filters.state)
  );
}

function clearFilters() {
  filters.severity = new Set(SEVERITIES);
  filters.category = "";
  filters.theme = "";
  filters.state = "";
  filters.confidence = "";
}

function tallyBy(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) || 0) + 1);
  return counts;
}

function buildFilters(doc, onChange) {
  const { findings } = report.documents[doc];
  const bySeverity = tallyBy(findings, (f) => f.severity);
  const severities = make("div", { className: "group", role: "group", "aria-label": "Show severities" });
  for (const severity of SEVERITIES.filter((name) => bySeverity.has(name))) {
    const button = make(
      "button",
      { type: "button", className: `filter ${severity}`, "aria-pressed": String(filters.severity.has(severity)) },
      make("span", { className: "swatch", "aria-hidden": "true" }),
      `${severity} `,
      make("span", { className: "number", text: String(bySeverity.get(severity) || 0) }),
    );
    button.addEventListener("click", () => {
      if (filters.severity.has(severity)) filters.severity.delete(severity);
      else filters.severity.add(severity);
      button.setAttribute("aria-pressed", String(filters.severity.has(severity)));
      onChange();
    });
    severities.append(button);
  }
  const byCategory = tallyBy(findings, (f) => categoryOf(f)[0]);
  const categories = [...CATEGORIES, ["other", "O", "Other"]]
    .filter(([key]) => byCategory.has(key))
    .map(([key, letter, name]) => [key, `${letter}  ${name} (${byCategory.get(key)})`]);
  const byTheme = [...tallyBy(findings, themeOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const byCheck = [...tallyBy(findings, (f) => f.check)].sort(([a], [b]) => (a < b ? -1 : 1));
  const themes = byTheme.flatMap(([key, number]) => [
    [key, `${oneLine(key)} (${number})`],
    ...byCheck.filter(([check]) => check !== key && check.split("/")[0] === key).map(([check, count]) => [check, `\u00a0\u00a0${oneLine(check)} (${count})`]),
  ]);
  const sure = CONFIDENCES.map((least) => [least, findings.filter((f) => f.confidence >= Number(least)).length])
    .filter(([, number]) => number && number < findings.length)
    .map(([least, number]) => [least, `${Math.round(Number(least) * 100)} % sure or more (${number})`]);
  const states = ["open", "accepted", "rejected"].map((key) => [key, key]);
  const row = make("div", { className: "selects" });
  row.append(
    choice("Category", "category", [["", "All categories"], ...categories], onChange),
    choice("Theme or check", "theme", [["", "All checks"], ...themes], onChange),
    choice("Confidence", "confidence", [["", "Any confidence"], ...sure], onChange),
    choice("State", "state", [["", "Open and decided"], ...states], onChange),
  );
  return [severities, row];
}

function choice(label, key, options, onChange) {
  const select = make("select", { "aria-label": label });
  for (const [value, text] of options) select.append(make("option", { value, text, selected: filters[key] === value }));
  select.addEventListener("change", () => {
    filters[key] = select.value;
    onChange();
  });
  return select;
}

/* The characters in which a correction differs, for emphasis: what words both share at each end is left plain. */
function changedPart(before, after) {
  const [old, fresh] = [before.split(/(\s+)/u), after.split(/(\s+)/u)];
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  )
    tail += 1;
  const cut = fresh.length - tail;
  return [fresh.slice(0, head).join(""), fresh.slice(head, cut).join(""), fresh.slice(cut).join("")];
}

function correctionText(quote, text) {
  const holder = make("span", { className: "replacement", dir: "auto" });
  if (text === "") {
    holder.append(make("em", { text: "delete it" }));
    return holder;
  }
  const [head, changed, tail] = changedPart(quote, text);
  const blanks = aboutBlanks(text);
  appendText(holder, head, blanks);
  if (changed) {
    const strong = make("b");
    appendText(strong, changed, blanks);
    holder.append(strong);
  }
  appendText(holder, tail, blanks);
  return holder;
}

function buildCard(doc, index, act) {
  const entry = report.documents[doc];
  const finding = entry.findings[index];
  const [, letter, category] = categoryOf(finding);
  const about = report.checks[finding.check];
  const bodyId = `finding-body-${index + 1}`;
  const message = make("span", { className: "message", dir: "auto" });
  appendText(message, finding.message);
  const head = make(
    "button",
    { type: "button", className: "card-head", "aria-expanded": "false", "aria-controls": bodyId },
    make("span", { className: "index", text: String(index + 1) }),
    make(
      "span",
      { className: "label" },
      make("span", { className: "severity", text: finding.severity }),
      make("span", { className: "category", text: `${letter} · ${category}` }),
      make("span", { className: "line", text: plainName(placeOf(finding)) }),
      make("span", { className: "state" }),
    ),
    message,
    firstCorrection(finding),
  );
  head.addEventListener("click", () => act.toggle(index));

  const quote = make("q", { className: "quote", dir: "auto" });
  appendText(quote, finding.quote.length > 400 ? `${finding.quote.slice(0, 400)}…` : finding.quote, aboutBlanks(finding.quote));
  // A mark or a blank says nothing alone: its neighbours stand beside it.
  if (entry.text !== null && finding.quote.trim().length < 3) {
    const [before, after] = [make("span", { className: "beside" }), make("span", { className: "beside" })];
    appendText(before, entry.text.slice(Math.max(0, finding.from - 24), finding.from).replace(/^[^\n]*\n|^\S*\s(?=.)/su, ""));
    appendText(after, entry.text.slice(finding.to, finding.to + 24).replace(/\n[^]*$|\s\S*$/su, ""));
    quote.prepend(before);
    quote.append(after);
  }
  const body = make("div", { className: "card-body", id: bodyId, hidden: true });
  // What the message quotes in whole is not said again.
  if (!finding.message.includes(`“${finding.quote}”`) || aboutBlanks(finding.quote)) body.append(make("p", { className: "what" }, quote));
  if (finding.in_quotation) body.append(make("p", { className: "in-quotation", text: report.original_words }));
  body.append(...corrections(doc, index, act));
  if (finding.evidence_lines.length) body.append(evidence(finding.evidence_lines));
  body.append(...allAlike(doc, index, act));
  body.append(source(finding, about));
  return make(
    "li",
    { className: `card ${finding.severity}`, id: `finding-${index + 1}`, "data-finding": index },
    make("h3", {}, head),
    body,
  );
}

/* Where a finding stands, for a person: its line, or the place that the file names. */
function placeOf(finding) {
  return finding.label || `line ${finding.line}`;
}

/* What a closed card shows: the correction that `a` would make, or the advice. */
function firstCorrection(finding) {
  const first = usable(finding)[0] || finding.corrections[0];
  if (!first) return null;
  if (first.applicability === "display-only") {
    const advice = make("span", { className: "first" });
    appendText(advice, `Advice: ${first.text}`);
    return advice;
  }
  const line = make("span", { className: "first", "aria-label": `Correction: ${oneLine(first.text) || "delete it"}` });
  line.append(make("span", { className: "arrow", text: "→ ", "aria-hidden": "true" }), correctionText(finding.quote, first.text));
  return line;
}

/* Buttons that decide every finding of the same name, or of the same check, at once. */
function allAlike(doc, index, act) {
  const finding = report.documents[doc].findings[index];
  const rows = [];
  const add = (label, group) => {
    if (group.length < 2) return;
    const articles = new Set(group.map(([place]) => place)).size;
    const where = articles > 1 ? ` in ${articles} articles` : "";
    const row = make("div", { className: "alike" }, make("span", { className: "alike-label", text: `${label}${where}` }));
    for (const [verdict, word] of [["accepted", "Accept"], ["rejected", "Reject"]]) {
      const button = make("button", { type: "button", text: `${word} all ${group.length}`, "aria-label": `${word} all ${group.length}: ${label}${where}` });
      button.addEventListener("click", () => act.all(index, verdict, group));
      row.append(button);
    }
    rows.push(row);
  };
  add(`Spelled “${oneLine(finding.quote)}”`, sameName(doc, index));
  add("From the same check", sameCheck(doc, index));
  return rows.length ? [make("div", { className: "all-alike", role: "group", "aria-label": "All findings like this one" }, ...rows)] : [];
}

function corrections(doc, index, act) {
  const finding = report.documents[doc].findings[index];
  const nodes = [];
  for (const correction of finding.corrections.filter((c) => c.applicability === "display-only")) {
    const advice = make("p", { className: "advice", dir: "auto" });
    appendText(advice, `Advice: ${correction.text}`);
    nodes.push(advice);
  }
  const name = `correction-${index + 1}`;
  const group = make("fieldset", { className: usable(finding).length ? "corrections" : "corrections own-only" }, make("legend", { text: usable(finding).length ? "Correction" : "Your own correction" }));
  usable(finding).forEach((correction, place) => {
    const radio = make("input", { type: "radio", name, value: String(place), checked: place === 0 });
    radio.addEventListener("change", () => act.choose(index));
    group.append(
      make(
        "label",
        { className: "correction" },
        radio,
        place < 9 ? make("kbd", { "aria-hidden": "true", text: String(place + 1) }) : null,
        correctionText(finding.quote, correction.text),
        make("span", { className: "note", text: APPLICABILITY[correction.applicability] }),
      ),
    );
  });
  const own = make("input", { type: "text", className: "own-text", "aria-label": "Your own correction", autocomplete: "off" });
  own.placeholder = "your own words";
  own.value = finding.quote.length < 200 && !/[\r\n]/u.test(finding.quote) ? finding.quote : "";
  const ownRadio = make("input", { type: "radio", name, value: "own", checked: !usable(finding).length, "aria-label": "Your own" });
  own.addEventListener("focus", () => {
    ownRadio.checked = true;
  });
  own.addEventListener("input", () => {
    ownRadio.checked = true;
    const decision = decisionOn(doc, index);
    if (decision && decision.verdict === "accepted") act.choose(index);
  });
  own.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault(); // the next card's button has the focus by then, and must not be pressed
      act.accept(index);
    }
    if (event.key === "Escape") document.querySelector(`#finding-${index + 1} .card-head`).focus();
  });
  ownRadio.addEventListener("change", () => act.choose(index));
  group.append(make("div", { className: "correction own" }, ownRadio, make("kbd", { "aria-hidden": "true", text: "e" }), own));
  const buttons = make("div", { className: "actions" });
  for (const [action, label, key] of [["accept", "Accept", "a"], ["reject", "Reject", "r"], ["reopen", "Reopen", ""]]) {
    const button = make("button", { type: "button", className: action }, label, key ? make("kbd", { "aria-hidden": "true", text: key }) : null);
    button.addEventListener("click", () => act[action](index));
    buttons.append(button);
  }
  const copy = make("button", { type: "button", className: "copy", text: "Copy", title: "Copy this finding as text" });
  copy.addEventListener("click", () => act.copy(index));
  buttons.append(copy);
  const reason = make("input", { type: "text", className: "reason", "aria-label": "Reason for rejecting (optional)", autocomplete: "off", maxLength: 500 });
  reason.placeholder = "reason for rejecting (optional)";
  reason.addEventListener("change", () => act.reason(index));
  reason.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      act.reject(index);
    }
    if (event.key === "Escape") document.querySelector(`#finding-${index + 1} .card-head`).focus();
  });
  nodes.push(group, buttons, reason);
  return nodes;
}

function evidence(lines) {
  const list = make("ul", { className: "evidence" });
  for (const [label, text] of lines) {
    const item = make("li", { dir: "auto" });
    if (label) item.append(make("span", { className: "evidence-label", text: `${oneLine(label)}: ` }));
    appendText(item, text.length > 1000 ? `${text.slice(0, 1000)}…` : text);
    list.append(item);
  }
  return list;
}

function source(finding, about) {
  const details = make("details", { className: "source" });
  details.append(make("summary", { text: "Why it was found" }));
  if (about && about.summary) details.append(make("p", { text: `${plainName(about.summary)}.` }));
  if (about && about.why) details.append(make("p", { text: plainName(about.why) }));
  if (finding.figures.length) details.append(evidence(finding.figures));
  const facts = [`Check ${finding.check}`, finding.category, finding.label || `line ${finding.line}, column ${finding.column}`];
  facts.push(`confidence ${Math.round(finding.confidence * 100)} %`);
  details.append(make("p", { className: "facts", text: plainName(facts.filter(Boolean).join(" · ")) }));
  if (about && about.sources.length) {
    const list = make("ul");
    for (const text of about.sources) list.append(make("li", { text: plainName(text) }));
    details.append(list);
  }
  return details;
}

/* The correction that a card has chosen, or null when it offers none and the editor wrote none. */
function chosen(doc, index) {
  const finding = report.documents[doc].findings[index];
  const card = document.getElementById(`finding-${index + 1}`);
  const picked = card.querySelector(`input[name="correction-${index + 1}"]:checked`);
  if (!picked) return null;
  if (picked.value === "own") {
    const text = card.querySelector(".own-text").value;
    return text === finding.quote ? null : text;
  }
  return usable(finding)[Number(picked.value)].text;
}

function showChoice(doc, index) {
  const decision = decisionOn(doc, index);
  document.querySelector(`#finding-${index + 1} .reason`).value = decision && decision.reason ? decision.reason : "";
  if (!decision || decision.verdict !== "accepted") return;
  const finding = report.documents[doc].findings[index];
  const card = document.getElementById(`finding-${index + 1}`);
  const place = usable(finding).findIndex((correction) => correction.text === decision.correction);
  const own = card.querySelector(".own-text");
  if (place < 0) own.value = decision.correction;
  card.querySelector(`input[name="correction-${index + 1}"][value="${place < 0 ? "own" : place}"]`).checked = true;
}
