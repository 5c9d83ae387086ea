"use strict";
/* The report's data, what has been decided, and the texts that follow from it. Nothing here touches the page.
   Positions named `from` and `to` are UTF-16 units, as JavaScript counts; `start` and `end` are the report's code points. */

const report = JSON.parse(document.getElementById("data").textContent);

const SEVERITIES = ["error", "warning", "suggestion"];
const CATEGORIES = [
  ["accuracy", "A", "Accuracy"],
  ["terminology", "T", "Terminology"],
  ["linguistic conventions", "L", "Language"],
  ["style", "S", "Style"],
  ["locale conventions", "C", "Conventions"],
  ["design and markup", "D", "Markup"],
];

function categoryOf(finding) {
  const name = finding.category.split("/")[0].trim().toLowerCase().replace(/[-_]/gu, " ");
  return CATEGORIES.find(([key]) => key === name) || ["other", "O", "Other"];
}

function themeOf(finding) {
  return finding.check.split("/")[0];
}

const store = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      /* A browser that keeps nothing for local files: the decisions live as long as the page. */
    }
  },
  remove(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      /* Nothing was kept. */
    }
  },
};

const decisions = report.documents.map(() => new Map());
const history = [];

function decisionOn(doc, finding) {
  return decisions[doc].get(finding) || null;
}

/* Decide one finding or several at once: what is undone later is the same step. Rows are [doc, finding, decision]. */
function decide(rows) {
  history.push(rows.map(([doc, finding]) => ({ doc, finding, before: decisionOn(doc, finding) })));
  for (const [doc, finding, decision] of rows) put(doc, finding, decision);
  keep();
}

function undoLast() {
  const step = history.pop() || [];
  for (const { doc, finding, before } of step) put(doc, finding, before);
  keep();
  return step;
}

function put(doc, finding, decision) {
  if (decision) decisions[doc].set(finding, decision);
  else decisions[doc].delete(finding);
}

function keep() {
  const row = ([index, { verdict, correction, reason }]) => (reason ? [index, verdict, correction, reason] : [index, verdict, correction]);
  const kept = decisions.map((map) => [...map].map(row));
  store.set(storeKey(), JSON.stringify(kept));
}

function storeKey() {
  return `corrigenda:${report.key}`;
}

function recall() {
  let kept;
  try {
    kept = JSON.parse(store.get(storeKey()) || "[]");
  } catch {
    kept = [];
  }
  if (!Array.isArray(kept)) return;
  kept.slice(0, report.documents.length).forEach((entries, doc) => {
    if (!Array.isArray(entries)) return;
    for (const entry of entries) {
      if (!Array.isArray(entry)) continue;
      const [finding, verdict, correction, why] = entry;
      const reason = typeof why === "string" ? why : "";
      if (!report.documents[doc].findings[finding]) continue;
      if (verdict === "rejected") decisions[doc].set(finding, { verdict, correction: null, reason });
      if (verdict === "accepted" && typeof correction === "string" && clash(doc, finding) === null)
        decisions[doc].set(finding, { verdict, correction, reason: "" });
    }
  });
}

function forgetAll() {
  decisions.forEach((map) => map.clear());
  history.length = 0;
  store.remove(storeKey());
}

/* The accepted finding whose characters this one shares, or null: two corrections cannot both be made. */
function clash(doc, finding) {
  for (const [other, decision] of decisions[doc]) {
    if (other !== finding && decision.verdict === "accepted" && overlap(doc, other, finding)) return other;
  }
  return null;
}

function overlap(doc, one, other) {
  const [a, b] = [report.documents[doc].findings[one], report.documents[doc].findings[other]];
  return a.start < b.end && b.start < a.end;
}

/* How many findings of each severity are still open, and how many are accepted and rejected, in all articles. */
function tally() {
  const counts = SEVERITIES.map(() => 0);
  let [taken, rejected] = [0, 0];
  report.documents.forEach((entry, doc) => {
    entry.findings.forEach((finding, index) => {
      const decision = decisionOn(doc, index);
      if (!decision) counts[SEVERITIES.indexOf(finding.severity)] += 1;
      else if (decision.verdict === "accepted") taken += 1;
      else rejected += 1;
    });
  });
  return { counts, accepted: taken, rejected };
}

function numberOf(number, word) {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}

/* The verdict once something is decided, in the words of the other reports. */
function openVerdict(counts, taken, rejected) {
  const [errors, warnings, suggestions] = counts;
  const problems = errors + warnings;
  const kinds = SEVERITIES.slice(0, 2).map((name, place) => (counts[place] ? numberOf(counts[place], name) : "")).filter(Boolean);
  if (suggestions && problems) kinds.push(`plus ${numberOf(suggestions, "suggestion")}`);
  let open = "Nothing left open";
  if (problems) open = `${numberOf(problems, "problem")} left: ${kinds.join(", ")}`;
  else if (suggestions) open = `No problems left, ${numberOf(suggestions, "suggestion")}`;
  const unread = report.unread ? ` ${numberOf(report.unread, "item")} could not be checked.` : "";
  return `${open}; ${taken} accepted, ${rejected} rejected.${unread}`;
}

/* The findings that say the same of the same name, in all articles; [doc, finding] rows. None where it is no name. */
function sameName(doc, index) {
  const { check, quote, variants } = report.documents[doc].findings[index];
  if (!variants.length) return [];
  const theme = check.split("/")[0];
  return everywhere((other) => other.variants.length > 0 && other.quote === quote && other.check.split("/")[0] === theme);
}

/* The findings of the same check in one article. */
function sameCheck(doc, index) {
  const { check } = report.documents[doc].findings[index];
  return everywhere((other, place) => place === doc && other.check === check);
}

function everywhere(wanted) {
  const rows = [];
  report.documents.forEach((entry, doc) => {
    entry.findings.forEach((finding, index) => {
      if (wanted(finding, doc)) rows.push([doc, index]);
    });
  });
  return rows;
}

function usable(finding) {
  return finding.corrections.filter((correction) => correction.applicability !== "display-only");
}

function accepted(doc) {
  const { findings } = report.documents[doc];
  return [...decisions[doc]]
    .filter(([, decision]) => decision.verdict === "accepted")
    .map(([index, decision]) => ({ index, from: findings[index].from, to: findings[index].to, text: decision.correction }))
    .sort((a, b) => a.from - b.from);
}

function correctedText(doc) {
  const { text } = report.documents[doc];
  let out = "";
  let at = 0;
  for (const change of accepted(doc)) {
    out += text.slice(at, change.from) + change.text;
    at = change.to;
  }
  return out + text.slice(at);
}

/* The file's own encoding where this page knows it, so that the saved article differs in the corrections alone. */
function encodeText(doc, text) {
  const { kind, bom, table } = report.documents[doc].encoding;
  let body = null;
  if (kind === "table") body = encodeByTable(text, table);
  if (kind === "utf-16-le" || kind === "utf-16-be") body = encodeWide(text, kind === "utf-16-le");
  if (body === null) body = new TextEncoder().encode(text);
  return [new Uint8Array(bom), body];
}

function encodeByTable(text, table) {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = table.indexOf(text[index]);
    if (code < 0) return null;
    bytes[index] = code;
  }
  return bytes;
}

function encodeWide(text, little) {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let index = 0; index < text.length; index += 1) view.setUint16(index * 2, text.charCodeAt(index), little);
  return new Uint8Array(view.buffer);
}

function decisionsFile() {
  const documents = [];
  report.documents.forEach((entry, doc) => {
    if (!decisions[doc].size) return;
    const rows = [...decisions[doc]].sort(([a], [b]) => a - b);
    documents.push({
      path: entry.path,
      sha256: entry.sha256,
      ...(entry.fields ? { fields: entry.fields } : {}),
      decisions: rows.map(([index, { verdict, correction, reason }]) => {
        const { fingerprint, check, start, end, quote } = entry.findings[index];
        const row = { fingerprint, check, start, end, quote, verdict, correction };
        return reason ? { ...row, reason } : row;
      }),
    });
  });
  return `${JSON.stringify({ corrigenda: report.corrigenda, schema: 1, documents }, null, 2)}\n`;
}
