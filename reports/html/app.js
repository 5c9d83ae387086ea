"use strict";
/* Puts the page together and answers the editor: routes, keys, decisions, exports. */

const at = { doc: -1, active: -1 };
const byId = (id) => document.getElementById(id);
const page = { marks: new Map(), shared: new Map(), lists: [], originals: [], copies: [] };
const several = report.documents.length > 1;
const names = shortNames(report.documents.map((entry) => entry.path));

function say(text) {
  const status = byId("status");
  status.textContent = text;
  status.classList.add("visible");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => status.classList.remove("visible"), 4000);
}

function current() {
  return report.documents[at.doc];
}

function showMasthead() {
  byId("run-title").textContent = plainName(report.title);
  const checked = report.documents.filter((entry) => entry.status !== "not checked").length;
  byId("partial").textContent = report.documents.length ? `${numberOf(checked, "article")} checked. ${report.partial}` : "";
}

/* The verdict follows the decisions: what is accepted or rejected no longer counts as open. */
function refreshVerdict() {
  const { counts, accepted: taken, rejected } = tally();
  const done = taken + rejected;
  let text = done ? openVerdict(counts, taken, rejected) : report.verdict;
  const checked = report.documents.filter((entry) => entry.status !== "not checked").length;
  if (several) text = text.replace(/^([\d,]+ problems?|No problems) (found|left)/u, `$& in ${numberOf(checked, "article")}`);
  // A number stays with its word where the line breaks.
  const parts = text.split(/([\d,]+ \p{L}+)/u);
  byId("verdict").replaceChildren(...parts.map((part, place) => (place % 2 ? make("span", { className: "together", text: part }) : part)));
  document.body.dataset.verdict = counts[0] || report.unread ? "grave" : "plain";
}

function showNotRun() {
  const footer = byId("not-run");
  const section = (title, rows) => {
    if (!rows.length) return;
    const list = make("ul");
    for (const row of rows) {
      const item = make("li", { dir: "auto" });
      appendText(item, row);
      list.append(item);
    }
    footer.append(make("section", {}, make("h2", { text: title }), list));
  };
  section("Could not be checked", report.problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)));
  section("Did not run", report.idle);
  section("About this run", report.about);
  footer.append(make("p", { className: "colophon", text: `Made by corrigenda ${plainName(report.corrigenda)}. This file asks for nothing from the network.` }));
}

function showOverview() {
  byId("plot").replaceChildren(...buildPlot());
  byId("documents").replaceChildren(...buildTable());
}

function route() {
  const match = /^#document-(\d+)$/u.exec(location.hash);
  const place = match ? Number(match[1]) - 1 : -1;
  if (/^#finding-/u.test(location.hash) || location.hash === "#main") return;
  if (report.documents[place]) openDocument(place);
  else if (several || !report.documents.length) openOverview();
  else openDocument(0);
}

function openOverview() {
  at.doc = -1;
  at.active = -1;
  delete document.body.dataset.active;
  byId("overview").hidden = false;
  byId("workspace").hidden = true;
  byId("toolbar").hidden = true;
  document.body.dataset.page = "overview";
  document.title = `${report.title}: ${report.documents.length} articles`;
  refreshDecided();
  refreshVerdict();
  scrollTo(0, 0);
}

function openDocument(doc) {
  at.doc = doc;
  at.active = -1;
  delete document.body.dataset.active;
  document.body.dataset.page = "document";
  const entry = current();
  document.title = `${plainName(baseName(entry.path))}: ${report.title}`;
  byId("overview").hidden = true;
  byId("workspace").hidden = false;
  byId("toolbar").hidden = false;
  byId("to-overview").hidden = !several;
  byId("document-name").textContent = plainName(names[doc]);
  byId("document-name").title = plainName(entry.path);
  byId("export-text").disabled = entry.text === null;
  byId("copy-text").disabled = entry.text === null;
  document.body.toggleAttribute("data-reads", entry.reads);
  clearFilters();
  buildArticle(entry);
  byId("filters").replaceChildren(...(entry.findings.length > 1 ? buildFilters(doc, applyFilters) : []));
  byId("cards").replaceChildren(...entry.findings.map((finding, index) => buildCard(doc, index, act)));
  entry.findings.forEach((finding, index) => showChoice(doc, index));
  refreshAll();
  scrollTo(0, 0);
}

function buildArticle(entry) {
  const article = byId("article");
  page.marks = new Map();
  page.shared = new Map();
  page.copies = [];
  const title = (text) => make("p", { className: "page-title", text });
  if (entry.text === null) {
    article.replaceChildren(make("p", { className: "none", text: "The text of this article was not at hand when the report was made; the findings are complete." }));
    byId("corrected").replaceChildren();
    return;
  }
  page.lists = paragraphFindings(entry);
  page.originals = entry.paragraphs.map((paragraph, index) => articleParagraph(entry, paragraph, page.lists[index]));
  article.replaceChildren(title(entry.source ? `Proof, beside ${plainName(entry.source)}` : "Proof"), ...facing(entry, page.originals));
  if (!entry.paragraphs.length) article.append(make("p", { className: "none", text: "This article is empty." }));
  for (const element of article.querySelectorAll("[data-finding]")) {
    const index = Number(element.dataset.finding);
    if (!page.marks.has(index)) page.marks.set(index, []);
    page.marks.get(index).push(element);
    for (const other of (element.dataset.covers || "").split(" ").filter(Boolean).map(Number)) {
      if (other === index) continue;
      if (!page.shared.has(other)) page.shared.set(other, []);
      page.shared.get(other).push(element);
    }
    if (element.tagName === "A")
      element.addEventListener("click", (event) => {
        event.preventDefault();
        activate(index, { focus: event.detail === 0, keepArticle: true });
      });
  }
  const changes = accepted(at.doc);
  page.copies = entry.paragraphs.map((paragraph) => correctedParagraph(at.doc, paragraph, changes));
  byId("corrected").replaceChildren(title("Corrected copy"), ...grouped(page.copies));
}

function refreshCopy(index) {
  const entry = current();
  if (entry.text === null) return;
  const changes = accepted(at.doc);
  page.lists.forEach((list, place) => {
    if (!list.includes(index)) return;
    const fresh = correctedParagraph(at.doc, entry.paragraphs[place], changes);
    page.copies[place].replaceWith(fresh);
    page.copies[place] = fresh;
  });
}

/* Words that several findings share are struck out as soon as one of these is accepted. */
function stateOfMark(element) {
  const own = decisionOn(at.doc, Number(element.dataset.finding));
  const covers = (element.dataset.covers || "").split(" ").filter(Boolean).map(Number);
  if (covers.some((index) => (decisionOn(at.doc, index) || {}).verdict === "accepted")) return "accepted";
  return own ? own.verdict : "open";
}

function refreshFinding(index) {
  const decision = decisionOn(at.doc, index);
  const state = decision ? decision.verdict : "open";
  const card = byId(`finding-${index + 1}`);
  card.dataset.state = state;
  card.querySelector(".state").textContent = state === "open" ? "" : state;
  card.querySelector(".reason").hidden = state === "accepted";
  card.querySelector(".reopen").hidden = state === "open";
  card.querySelector(".accept").setAttribute("aria-pressed", String(state === "accepted"));
  card.querySelector(".reject").setAttribute("aria-pressed", String(state === "rejected"));
  const visible = shown(at.doc, index);
  card.hidden = !visible;
  for (const element of page.shared.get(index) || []) element.dataset.state = stateOfMark(element);
  for (const element of page.marks.get(index) || []) {
    element.dataset.state = stateOfMark(element);
    element.classList.toggle("filtered", !visible);
    if (element.tagName === "INS") {
      element.hidden = state !== "accepted" || decision.correction === "";
      element.textContent = "";
      if (!element.hidden) appendText(element, decision.correction, aboutBlanks(decision.correction));
    }
  }
}

function refreshProgress() {
  const total = current().findings.length;
  const done = decisions[at.doc].size;
  byId("progress").max = Math.max(total, 1);
  byId("progress").value = done;
  byId("progress-text").textContent = total ? `${done} of ${total} decided` : "nothing found";
  byId("undo").disabled = !history.length;
  refreshVerdict();
  const none = byId("none-shown");
  const visible = current().findings.filter((finding, index) => shown(at.doc, index)).length;
  none.hidden = visible > 0;
  none.textContent = total ? "No finding matches these filters." : "Nothing was found in this article.";
}

function refreshAll() {
  current().findings.forEach((finding, index) => refreshFinding(index));
  refreshProgress();
}

function applyFilters() {
  refreshAll();
  if (at.active >= 0 && !shown(at.doc, at.active)) deactivate();
}

function deactivate() {
  if (at.active < 0) return;
  const card = byId(`finding-${at.active + 1}`);
  card.classList.remove("active");
  card.querySelector(".card-body").hidden = true;
  card.querySelector(".card-head").setAttribute("aria-expanded", "false");
  for (const element of document.querySelectorAll(".current")) element.classList.remove("current");
  at.active = -1;
  delete document.body.dataset.active;
}

function activate(index, { focus = true, keepArticle = false } = {}) {
  deactivate();
  at.active = index;
  document.body.dataset.active = "true";
  const card = byId(`finding-${index + 1}`);
  card.classList.add("active");
  card.querySelector(".card-body").hidden = false;
  card.querySelector(".card-head").setAttribute("aria-expanded", "true");
  for (const element of page.marks.get(index) || []) element.classList.add("current");
  scrollInside(byId("findings"), card);
  showCopyOf(index);
  if (!keepArticle) showMark(index);
  if (!card.offsetParent) say(`Finding ${index + 1}: ${oneLine(current().findings[index].message)}`);
  else if (focus) card.querySelector(".card-head").focus({ preventScroll: true });
}

function showMark(index) {
  const mark = (page.marks.get(index) || [])[0];
  if (!mark || getComputedStyle(byId("article")).display === "none") return;
  const box = mark.getBoundingClientRect();
  const bottom = innerHeight - (isNarrow() ? innerHeight / 2 : 80);
  if (box.top < byId("toolbar").offsetHeight + 24 || box.bottom > bottom) scrollBy({ top: box.top - (isNarrow() ? 160 : innerHeight / 3), behavior: motion() });
}

function showCopyOf(index) {
  const place = page.lists.findIndex((list) => list.includes(index));
  for (const element of document.querySelectorAll("#corrected .current")) element.classList.remove("current");
  if (place < 0 || !page.copies[place]) return;
  page.copies[place].classList.add("current");
  scrollInside(byId("corrected"), page.copies[place]);
}

function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

function isNarrow() {
  return matchMedia("(max-width: 899px)").matches;
}

/* Scroll a panel, not the page, so that an element is in sight. */
function scrollInside(panel, element) {
  if (panel.scrollHeight <= panel.clientHeight) return;
  const [outer, inner] = [panel.getBoundingClientRect(), element.getBoundingClientRect()];
  const head = panel.querySelector(".panel-head");
  const margin = 24 + (head ? head.offsetHeight : 0);
  if (inner.top < outer.top + margin || inner.bottom > outer.bottom - 16)
    panel.scrollTop += inner.top - outer.top - Math.max(margin, (outer.height - inner.height) / 4);
}

function step(direction) {
  const { findings } = current();
  const order = findings.map((finding, index) => index).filter((index) => shown(at.doc, index));
  if (!order.length) return;
  const place = order.indexOf(at.active);
  let target;
  if (place < 0) target = direction > 0 ? order.find((index) => index > at.active) ?? order[0] : order[order.length - 1];
  else target = order[place + direction];
  if (target === undefined) {
    say(direction > 0 ? "This was the last finding." : "This is the first finding.");
    return;
  }
  activate(target);
}

function afterDecision(index) {
  refreshFinding(index);
  refreshCopy(index);
  refreshProgress();
  showCopyOf(index);
}

/* After a decision the next open finding comes up, unless the editor wants to stay. */
function goOn(index, said) {
  if (!byId("go-on").checked) {
    say(said);
    return;
  }
  const open = current().findings.map((finding, place) => place).filter((place) => shown(at.doc, place) && !decisionOn(at.doc, place));
  const next = open.find((place) => place > index);
  if (next !== undefined) {
    activate(next);
    say(said);
  } else if (open.length) say(`${said} ${open.length} still open above.`);
  else say(`${said} No open finding is left here.`);
}

const act = {
  toggle(index) {
    if (at.active === index) deactivate();
    else activate(index);
  },
  accept(index) {
    const text = chosen(at.doc, index);
    if (text === null) {
      // The field does not get the focus: a second `a` would be written into it.
      say("This finding offers no correction to apply: e to write your own, r to reject it.");
      return;
    }
    const other = clash(at.doc, index);
    if (other !== null) {
      say(`Finding ${other + 1} changes the same words and is accepted; reopen it first.`);
      return;
    }
    decide([[at.doc, index, { verdict: "accepted", correction: text, reason: "" }]]);
    afterDecision(index);
    goOn(index, `Finding ${index + 1} accepted.`);
  },
  reject(index) {
    decide([[at.doc, index, { verdict: "rejected", correction: null, reason: act.why(index) }]]);
    afterDecision(index);
    goOn(index, `Finding ${index + 1} rejected.`);
  },
  why: (index) => byId(`finding-${index + 1}`).querySelector(".reason").value.trim(),
  /* A reason given after the finding was rejected. */
  reason(index) {
    const decision = decisionOn(at.doc, index);
    if (decision && decision.verdict === "rejected" && decision.reason !== act.why(index)) decide([[at.doc, index, { ...decision, reason: act.why(index) }]]);
  },
  /* Every open finding of a group; what offers no correction, or changes words that another does, stays open. */
  all(index, verdict, group) {
    const rows = [];
    for (const [doc, place] of group) {
      if (decisionOn(doc, place)) continue;
      const finding = report.documents[doc].findings[place];
      const first = usable(finding)[0];
      if (verdict === "rejected") rows.push([doc, place, { verdict, correction: null, reason: act.why(index) }]);
      else if (doc === at.doc && place === index && chosen(doc, place) !== null) rows.push([doc, place, { verdict, correction: chosen(doc, place), reason: "" }]);
      else if (first) rows.push([doc, place, { verdict, correction: first.text, reason: "" }]);
    }
    const taken = verdict === "rejected" ? rows : rows.filter(([doc, place], row) => clash(doc, place) === null && !rows.slice(0, row).some(([other, before]) => other === doc && overlap(doc, before, place)));
    if (!taken.length) {
      say("None of these is open, or none offers a correction that can be made here.");
      return;
    }
    decide(taken);
    for (const [doc, place] of taken) if (doc === at.doc) afterDecision(place);
    const left = group.filter(([doc, place]) => !decisionOn(doc, place)).length;
    goOn(index, `${taken.length} ${verdict}${left ? `, ${left} left open` : ""}.`);
  },
  /* By key: all of the name where it is one, else all of the check. */
  allLike(index, verdict) {
    const name = sameName(at.doc, index);
    act.all(index, verdict, name.length ? name : sameCheck(at.doc, index));
  },
  copy(index) {
    const finding = current().findings[index];
    const text = chosen(at.doc, index);
    const change = text === null ? `“${finding.quote}”` : `“${finding.quote}” → ${text ? `“${text}”` : "delete it"}`;
    copyText(`${current().path}, ${placeOf(finding)}: ${change}. ${finding.message}`, `Finding ${index + 1} copied.`);
  },
  reopen(index) {
    decide([[at.doc, index, null]]);
    afterDecision(index);
    say(`Finding ${index + 1} is open again.`);
  },
  /* Choosing another correction for an accepted finding changes it at once. */
  choose(index) {
    const decision = decisionOn(at.doc, index);
    const text = chosen(at.doc, index);
    if (decision && decision.verdict === "accepted" && text !== null && text !== decision.correction) {
      decide([[at.doc, index, { verdict: "accepted", correction: text, reason: "" }]]);
      afterDecision(index);
    }
  },
  pick(index, place) {
    const radio = byId(`finding-${index + 1}`).querySelector(`input[name="correction-${index + 1}"][value="${place}"]`);
    if (!radio) return;
    radio.checked = true;
    act.choose(index);
  },
  own(index) {
    const field = byId(`finding-${index + 1}`).querySelector(".own-text");
    field.focus();
    field.select();
  },
};

function undo() {
  const step = undoLast();
  if (!step.length) {
    say("There is nothing to undo.");
    return;
  }
  const here = step.filter(({ doc }) => doc === at.doc);
  if (!here.length) location.hash = `#document-${step[0].doc + 1}`;
  for (const { finding } of here) {
    showChoice(at.doc, finding);
    afterDecision(finding);
  }
  if (here.length) activate(here[0].finding);
  say(step.length > 1 ? `Undone: ${step.length} decisions.` : `Undone: finding ${step[0].finding + 1}.`);
}

/* A browser may refuse the clipboard to a local file: then a field that is selected for a moment does it. */
function copyText(text, done) {
  const old = () => {
    const field = make("textarea", { className: "unseen", value: text, readOnly: true, "aria-hidden": "true" });
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const worked = document.execCommand("copy");
    field.remove();
    if (focused) focused.focus({ preventScroll: true });
    say(worked ? done : "The browser does not let this page copy; select the text instead.");
  };
  if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(text).then(() => say(done), old);
  else old();
}

function save(name, parts, type) {
  const link = make("a", { href: URL.createObjectURL(new Blob(parts, { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function saveArticle() {
  const entry = current();
  if (entry.text === null) return;
  const text = correctedText(at.doc);
  save(entry.save_as, encodeText(at.doc, text), "application/octet-stream");
  const changed = accepted(at.doc).length;
  say(`Saved ${plainName(entry.save_as)} with ${changed} ${changed === 1 ? "correction" : "corrections"}.`);
}

function copyArticle() {
  if (current().text !== null) copyText(correctedText(at.doc), "The corrected article is copied.");
}

function saveDecisions() {
  save("decisions.json", [decisionsFile()], "application/json");
  say("Saved decisions.json; apply it with: corrigenda fix --decisions decisions.json");
}

/* The bar may take several rows; what scrolls must stop below it. */
function measureBar() {
  const height = getComputedStyle(byId("toolbar")).position === "sticky" ? byId("toolbar").offsetHeight : 0;
  document.documentElement.style.setProperty("--head", `${height}px`);
}

function setView(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll("button[data-show]")) button.setAttribute("aria-pressed", String(button.dataset.show === view));
  if (isNarrow()) byId("workspace").scrollIntoView();
}

/* Whether Markdown's signs are seen: `**`, `#`, the targets of links. */
function setMarkup(on) {
  if (on) document.body.dataset.markup = "";
  else delete document.body.dataset.markup;
  byId("markup").checked = on;
  store.set("corrigenda:markup", on ? "on" : "off");
}

function setSide(side) {
  document.body.dataset.side = side;
  for (const button of document.querySelectorAll("button[data-side]")) button.setAttribute("aria-pressed", String(button.dataset.side === side));
}

const KEYS = {
  n: () => step(1),
  p: () => step(-1),
  j: () => step(1),
  k: () => step(-1),
  u: undo,
  a: () => (at.active >= 0 ? act.accept(at.active) : say("Press n for the first finding.")),
  r: () => (at.active >= 0 ? act.reject(at.active) : say("Press n for the first finding.")),
  e: () => (at.active >= 0 ? act.own(at.active) : say("Press n for the first finding.")),
  A: () => (at.active >= 0 ? act.allLike(at.active, "accepted") : say("Press n for the first finding.")),
  R: () => (at.active >= 0 ? act.allLike(at.active, "rejected") : say("Press n for the first finding.")),
  w: () => (at.active >= 0 ? byId(`finding-${at.active + 1}`).querySelector(".reason").focus() : say("Press n for the first finding.")),
  y: () => (at.active >= 0 ? act.copy(at.active) : copyArticle()),
  m: () => setMarkup(!document.body.hasAttribute("data-markup")),
  c: () => {
    const copy = isNarrow() ? document.body.dataset.view === "corrected" : document.body.dataset.side === "corrected";
    setSide(copy ? "findings" : "corrected");
    if (isNarrow()) setView(copy ? "findings" : "corrected");
  },
  o: () => {
    if (several) location.hash = "#overview";
  },
};

function onKey(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/u.test(event.target.tagName) && event.target.type !== "radio" && event.target.type !== "checkbox";
  if (event.ctrlKey || event.metaKey || event.altKey || typing || byId("help").open || !byId("keys-on").checked) return;
  if (event.key === "?") {
    event.preventDefault();
    byId("help").showModal();
    return;
  }
  if (at.doc < 0) return;
  if (/^[1-9]$/u.test(event.key) && at.active >= 0) {
    event.preventDefault();
    act.pick(at.active, Number(event.key) - 1);
    return;
  }
  // With the caps lock on, `a` must not mean all.
  const key = event.shiftKey ? event.key : event.key.toLowerCase();
  if (Object.hasOwn(KEYS, key)) {
    event.preventDefault();
    KEYS[key]();
  }
}

function settings() {
  const keys = byId("keys-on");
  keys.checked = store.get("corrigenda:keys") !== "off";
  keys.addEventListener("change", () => store.set("corrigenda:keys", keys.checked ? "on" : "off"));
  const further = byId("go-on");
  further.checked = store.get("corrigenda:go-on") !== "off";
  further.addEventListener("change", () => store.set("corrigenda:go-on", further.checked ? "on" : "off"));
  setMarkup(store.get("corrigenda:markup") === "on");
  byId("markup").addEventListener("change", () => setMarkup(byId("markup").checked));
  const theme = byId("theme");
  const apply = () => {
    if (theme.value) document.documentElement.dataset.theme = theme.value;
    else delete document.documentElement.dataset.theme;
  };
  theme.value = ["light", "dark"].includes(store.get("corrigenda:theme")) ? store.get("corrigenda:theme") : "";
  apply();
  theme.addEventListener("change", () => {
    store.set("corrigenda:theme", theme.value);
    apply();
  });
  const rows = [
    ["error", "must be fixed before it is printed"],
    ["warning", "an editor would very likely change it"],
    ["suggestion", "worth a look"],
  ];
  for (const [severity, meaning] of rows)
    byId("legend").append(make("li", {}, make("span", { className: `mark ${severity}`, text: severity }), ` ${meaning}`));
  const letters = CATEGORIES.map(([, letter, name]) => `${letter} ${name.toLowerCase()}`).join(", ");
  byId("legend").append(make("li", { text: `The number is the finding's, the letter its category: ${letters}.` }));
  byId("forget").addEventListener("click", () => {
    forgetAll();
    byId("help").close();
    if (at.doc >= 0) openDocument(at.doc);
    else refreshDecided();
    refreshVerdict();
    say("All decisions are forgotten.");
  });
}

/* On paper every card is open. */
function forPrint(open) {
  for (const card of document.querySelectorAll(".card")) {
    const keep = open || card.classList.contains("active");
    card.querySelector(".card-body").hidden = !keep;
  }
}

function start() {
  showMasthead();
  showNotRun();
  recall();
  settings();
  if (several || !report.documents.length) showOverview();
  setSide("findings");
  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  byId("undo").addEventListener("click", undo);
  byId("copy-text").addEventListener("click", copyArticle);
  byId("export-text").addEventListener("click", saveArticle);
  byId("export-decisions").addEventListener("click", saveDecisions);
  byId("export-all").addEventListener("click", saveDecisions);
  byId("help-open").addEventListener("click", () => byId("help").showModal());
  for (const button of document.querySelectorAll("button[data-show]")) button.addEventListener("click", () => setView(button.dataset.show));
  for (const button of document.querySelectorAll("button[data-side]")) button.addEventListener("click", () => setSide(button.dataset.side));
  new ResizeObserver(measureBar).observe(byId("toolbar"));
  addEventListener("hashchange", route);
  addEventListener("keydown", onKey);
  addEventListener("beforeprint", () => forPrint(true));
  addEventListener("afterprint", () => forPrint(false));
  route();
}

start();
