// The article page: one key is one decision, and the next open finding has the focus before the server has heard of it.
//
// Each decision changes a handful of nodes and never renders anything anew. What the page says comes with it, translated.

import { Outbox } from "./outbox.js";

const byId = (id) => document.getElementById(id);
const island = JSON.parse(byId("island").textContent);
const { say } = island;
const list = byId("findings");
const asked = byId("asked");
const desk = byId("desk");
const wide = matchMedia("(min-width: 62rem)");

/** What is known of each finding: `saved` is what the server holds, `past` what stood before each decision made here. */
const findings = new Map();
for (const item of island.items) {
  const row = byId(`f${item.n}`);
  const finding = { ...item, by: row.querySelector(".by").textContent, row, marks: [], blocks: [], past: [] };
  findings.set(item.n, Object.assign(finding, { saved: pick(finding) }));
}
for (const node of document.querySelectorAll("#text [data-k]")) {
  for (const n of node.dataset.k.split(" ")) {
    const finding = findings.get(Number(n));
    if (finding) (node.tagName === "MARK" ? finding.marks : finding.blocks).push(node);
  }
}
const rows = [...(asked?.children ?? []), ...(list?.children ?? [])]; // what is asked about comes first
const history = [];
let current = null;
let words = island.words;
let open = rows.filter((row) => isOpen(row)).length;
let afterwards = null;

function isOpen(row) { return of(row).state === "open" && of(row).artifact !== null; }
function of(row) { return findings.get(Number(row.dataset.n)); }
function pick({ state, decision, mayUndo, by }) { return { state, decision, mayUndo, by }; }
function announce(text) { byId("said").textContent = text; }

// --- one finding ---------------------------------------------------------------------------------------------------

/** Let a finding stand in this state, here and in the text. */
function show(finding, standing) {
  const was = finding.state;
  Object.assign(finding, standing);
  const { row } = finding;
  row.dataset.state = finding.state;
  row.querySelector(".is use").setAttribute("href", `#i-${finding.state}`);
  row.querySelector(".word").textContent = say[finding.state];
  row.querySelector(".by").textContent = finding.by;
  const undo = row.querySelector(".undo");
  if (undo) undo.hidden = !finding.mayUndo;
  if (isGone(finding)) row.hidden = true;
  else if (finding.artifact === null) row.hidden = false;
  else if ((was === "open") !== (finding.state === "open")) count(finding.state === "open" ? 1 : -1);
  for (const mark of finding.marks) mark.dataset.state = together(mark);
  if (finding.kind === "boilerplate" && (was === "rejected") !== (finding.state === "rejected")) giveBack(finding);
}

/** What only an editor knew of is gone when the decision is taken back: the machine never found it. */
function isGone(finding) { return finding.artifact === null && finding.state === "open"; }

/** How a stretch of text stands that several findings may share. */
function together(mark) {
  const states = mark.dataset.k.split(" ").map((n) => findings.get(Number(n)).state);
  if (states.includes("open")) return "open";
  return states.every((state) => state === "rejected") ? "rejected" : "accepted";
}

/** Boilerplate that is rejected is part of the body; the count of its words follows. */
function giveBack(finding) {
  const back = finding.state === "rejected";
  for (const block of finding.blocks) {
    block.classList.toggle(block.dataset.aside, !back);
    block.classList.toggle("role-body", back);
    block.classList.toggle("given-back", back);
    words += (back ? 1 : -1) * Number(block.dataset.words);
  }
  byId("words").textContent = words;
}

function count(change = 0) {
  open += change;
  byId("open-count").textContent = open;
  byId("progress").value = (list?.children.length ?? 0) - open;
}

// --- moving --------------------------------------------------------------------------------------------------------

function select(row, focus = true) {
  if (!row) return;
  if (current !== row) {
    if (current) light(current, false);
    current = row;
    light(row, true);
  }
  if (!focus) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  const { marks, blocks } = of(row);
  if (wide.matches) (marks[0] ?? blocks[0])?.scrollIntoView({ block: "nearest" });
}

/** The current finding is the list's only stop for the Tab key; its buttons follow. */
function light(row, on) {
  const { marks, blocks } = of(row);
  row.tabIndex = on ? 0 : -1;
  for (const node of [row, ...marks, ...blocks]) node.classList.toggle("current", on);
  for (const control of row.querySelectorAll("button, input")) control.tabIndex = on ? 0 : -1;
}

function step(from, by, wanted = () => true) {
  for (let at = rows.indexOf(from) + by; at >= 0 && at < rows.length; at += by) {
    if (!rows[at].hidden && wanted(rows[at])) return rows[at];
  }
  return null;
}

const nextOpen = (from) => step(from, 1, isOpen) ?? rows.find((row) => !row.hidden && isOpen(row)) ?? null;

// --- deciding ------------------------------------------------------------------------------------------------------

const outbox = new Outbox(island.decideUrl, say, {
  onStored(event, answer) {
    const finding = findings.get(event.n);
    finding.saved = { ...answer, by: answer.decision === finding.decision ? finding.by : "" };
    if (!outbox.events.some((each) => each.n === event.n)) settle(finding);
  },
  onRefused(event, reason) {
    const finding = findings.get(event.n);
    outbox.forget(event.n);
    finding.past.length = 0;
    settle(finding);
    announce(say.refused.replace("{reason}", reason));
    select(finding.row);
  },
  onChange(waiting, trouble) {
    const state = trouble ? "trouble" : waiting ? "waiting" : "saved";
    const text = { saved: say.saved, waiting: say.waiting.replace("{n}", waiting), trouble: say.notSaved.replace("{reason}", trouble) }[state];
    const box = byId("saving");
    if (trouble && box.dataset.state !== "trouble") announce(text);
    box.dataset.state = state;
    byId("saving-word").textContent = text;
    byId("retry").hidden = !trouble;
    if (!waiting) afterwards?.();
  },
});

/** What the server says is what stands; the page only differs while something waits. */
function settle(finding) {
  const { saved } = finding;
  if (finding.state === saved.state && finding.decision === saved.decision && finding.mayUndo === saved.mayUndo) return;
  show(finding, saved);
}

function decide(row, verdict) {
  const finding = of(row);
  if (!island.mayDecide) return announce(say.mayNotDecide);
  if (isAsked(row)) return verdict === "accept" ? answer(row, "a") : undefined;
  if (finding.artifact === null) return;
  const state = verdict === "accept" ? "accepted" : "rejected";
  if (finding.state !== state) {
    const event = crypto.randomUUID();
    finding.past.push(pick(finding));
    history.push(finding);
    show(finding, { state, decision: event, mayUndo: true, by: say.byYou });
    outbox.add({ n: finding.n, sent: { event, artifact: finding.artifact, verdict } });
  }
  const next = nextOpen(row);
  announce(`${say[state]}. ${open ? say.left.replace("{n}", open) : island.nextUrl ? say.allDoneNext : say.allDone}`);
  select(next ?? row);
}

function isAsked(row) { return row.parentElement === asked; }

/** Answer what is asked about a decision, by the button that this key is written on; the page then comes anew. */
function answer(row, key) {
  const button = isAsked(row) && row.querySelector(`[data-key="${key}"]`);
  if (button) button.form.requestSubmit(button);
}

function onSubmit(event) {
  if (!outbox.count) return;
  event.preventDefault();
  onceSaved(() => event.target.requestSubmit(event.submitter));
}

/** Do what leaves the page when all that was decided here has arrived. */
function onceSaved(action) {
  afterwards = action;
  if (!outbox.count) action();
}

/** Take back the decision on this finding; where there is none, the last that was made here. */
function undo(row) {
  if (!island.mayDecide) return announce(say.mayNotDecide);
  let finding = of(row);
  if (!finding.decision) {
    while (history.length && !history.at(-1).decision) history.pop();
    finding = history.pop();
    if (!finding) return announce(say.nothingToUndo);
  }
  if (!finding.mayUndo) return announce(say.notYours);
  const withdraw = finding.decision;
  show(finding, finding.past.pop() ?? { state: "open", decision: null, mayUndo: false, by: "" });
  outbox.add({ n: finding.n, sent: { event: crypto.randomUUID(), withdraw } });
  announce(`${say.undone}. ${say.left.replace("{n}", open)}`);
  select(finding.row.hidden ? nextOpen(finding.row) ?? rows.find((each) => !each.hidden) : finding.row);
}

function nextArticle() {
  if (!island.nextUrl) return announce(say.noNext);
  onceSaved(() => location.assign(island.nextUrl));
}

// --- keys and clicks -----------------------------------------------------------------------------------------------

const KEYS = {
  a: (row) => decide(row, "accept"),
  x: (row) => decide(row, "reject"),
  u: undo,
  Backspace: undo,
  j: (row) => select(step(row, 1)),
  ArrowDown: (row) => select(step(row, 1)),
  k: (row) => select(step(row, -1)),
  ArrowUp: (row) => select(step(row, -1)),
  n: (row) => select(nextOpen(row)),
  N: nextArticle,
  e: (row) => answer(row, "e"),
  h: (row) => answer(row, "h"),
  1: (row) => answer(row, "1"),
  2: (row) => answer(row, "2"),
  3: (row) => answer(row, "3"),
  "/": () => byId("search").focus(),
  "?": showKeys,
};
const ONCE = new Set(["a", "x", "u", "e", "h", "1", "2", "3", "Backspace", "N", "?"]);

function onKey(event) {
  const row = event.target.closest(".finding");
  if (row && event.target.tagName === "INPUT") return event.key === "Escape" ? select(row) : undefined;
  if (!row || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const key = letter === "n" && event.shiftKey ? "N" : letter;
  const action = KEYS[key];
  if (!action || (event.shiftKey && /^[axujkeh]$/.test(key))) return;
  event.preventDefault();
  if (event.repeat && ONCE.has(key)) return; // a key held down must not accept thirty findings
  action(row);
}

function onClick(event) {
  const row = event.target.closest(".finding");
  const button = event.target.closest(".verdicts button");
  if (!row) return;
  if (button) {
    event.preventDefault();
    ({ accept: () => decide(row, "accept"), reject: () => decide(row, "reject"), undo: () => undo(row) })[button.classList[0]]();
  } else if (!String(getSelection()) && !event.target.closest("input, label, button")) {
    select(row);
  }
}

function showKeys() { byId("keys").showModal(); }

// --- filters -------------------------------------------------------------------------------------------------------

const filter = { show: "all", kind: "", text: "" };

/** Which rows are shown. What is decided stays in place until a filter is chosen again. */
function applyFilter() {
  for (const row of rows) {
    const due = filter.show !== "open" || of(row).state === "open" || isAsked(row);
    const hit = due && (!filter.kind || row.dataset.kind === filter.kind);
    row.hidden = isGone(of(row)) || !(hit && (!filter.text || row.textContent.toLowerCase().includes(filter.text)));
  }
  const first = rows.find((row) => !row.hidden);
  if (list) byId("nothing").hidden = Boolean(first);
  if (first && (!current || current.hidden)) select(first, false);
}

function onFilter(event) {
  const link = event.target.closest(".filters a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const name = "show" in link.dataset ? "show" : "kind";
  filter[name] = link.dataset[name];
  for (const each of link.parentElement.querySelectorAll("a")) {
    if (each === link) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
  applyFilter();
}

// --- start ---------------------------------------------------------------------------------------------------------

function start() {
  count();
  for (const control of desk.querySelectorAll(".finding :is(button, input)")) control.tabIndex = -1;
  for (const link of desk.querySelectorAll(".filters a[aria-current]")) Object.assign(filter, link.dataset);
  desk.addEventListener("keydown", onKey);
  desk.addEventListener("click", onClick);
  desk.addEventListener("submit", onSubmit);
  desk.addEventListener("focusin", (event) => {
    const row = event.target.closest(".finding");
    if (row) select(row, false);
  });
  byId("text").addEventListener("click", (event) => {
    const numbers = event.target.closest("mark[data-k], .block[data-k]")?.dataset.k.split(" ");
    if (numbers && !String(getSelection())) select(findings.get(Number(numbers.at(-1)))?.row);
  });
  desk.querySelector(".list-head").addEventListener("click", onFilter);
  const search = byId("search");
  search.hidden = rows.length < 2;
  search.addEventListener("input", () => { filter.text = search.value.trim().toLowerCase(); applyFilter(); });
  search.addEventListener("keydown", (event) => {
    if (event.isComposing || !["Escape", "Enter"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Escape") { search.value = filter.text = ""; applyFilter(); }
    select(current);
  });
  byId("keys-button").hidden = false;
  byId("keys-button").addEventListener("click", showKeys);
  byId("retry")?.addEventListener("click", () => outbox.retry());
  byId("next-article")?.addEventListener("click", (event) => {
    if (outbox.count && !event.ctrlKey && !event.metaKey) { event.preventDefault(); nextArticle(); }
  });
  addEventListener("online", () => outbox.retry());
  addEventListener("beforeunload", (event) => { if (outbox.count) event.preventDefault(); });
  addEventListener("hashchange", () => select(document.querySelector(".finding:target")));
  const target = document.querySelector(".finding:target, #asked:target > .finding");
  const shown = rows.filter((row) => !row.hidden);
  const wanted = target ?? shown.find(isAsked) ?? shown.find(isOpen) ?? shown[0];
  select(wanted, wide.matches || Boolean(location.hash));
  // A browser that jumps to a place that cannot have the focus takes it away from what has it.
  if (location.hash === "#asked") addEventListener("load", () => requestAnimationFrame(() => select(wanted)));
}

start();
