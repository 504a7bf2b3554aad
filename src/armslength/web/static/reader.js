// A document and its records in two panes that keep step, all of it by keyboard. The page works without this file.
"use strict";

import { Text } from "./reader-text.js";
import { Chooser } from "./reader-choose.js";
import { Deciding } from "./reader-decide.js";
import { railBeside } from "./reader-rail.js";
import { say } from "./send.js";

const SHOWN = ["all", "undecided", "decided", "rejected", "doubtful", "unused"];
const desk = document.getElementById("desk");
const text = new Text(document.getElementById("text"));
const narrow = matchMedia("(max-width: 60rem)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const sentences = Object.fromEntries([...document.querySelectorAll("#sentences dt")].map((dt) => [dt.textContent, dt.nextElementSibling.textContent]));
const placesOf = (node, name = "at") => node.dataset[name].split(" ").map(Number);

let records = [...desk.querySelectorAll(".record")].sort((a, b) => placesOf(a)[0] - placesOf(b)[0] || Number(a.dataset.n ?? 0) - Number(b.dataset.n ?? 0));
let current = null;
let quiet = 0;
let begun = false;

// Two panes

const panel = document.createElement("aside");
panel.className = "panel";
panel.id = "panel";
panel.setAttribute("aria-label", document.getElementById("filters").getAttribute("aria-label"));
const list = document.createElement("div");
list.className = "list";
panel.append(document.getElementById("filters"), list);
desk.append(panel);

const homes = new Map();
const gather = () => {
  for (const record of records) {
    homes.set(record, record.parentElement);
    list.append(record);
  }
  document.body.classList.add("paned");
};
const spread = () => {
  document.body.classList.remove("paned");
  for (const record of records) homes.get(record)?.append(record);
};
gather();
addEventListener("beforeprint", spread);
addEventListener("afterprint", () => {
  gather();
  for (const record of records) record.querySelector("details").open = record === current;
});

// What is shown

const shown = () => records.filter((record) => !record.classList.contains("out"));
const marksOf = (record) => (record.dataset.n ? [...text.root.querySelectorAll(`mark[data-claims~="${record.dataset.n}"]`)] : []);
const byNumber = new Map();
const index = () => {
  byNumber.clear();
  for (const record of records) if (record.dataset.n) byNumber.set(record.dataset.n, record);
};
index();

export function narrowTo(show) {
  desk.dataset.show = show;
  for (const record of records) record.classList.toggle("out", !record.dataset.in.split(" ").includes(show));
  for (const link of document.querySelectorAll("#filters a")) link.toggleAttribute("aria-current", link.dataset.show === show);
  dim();
  text.show("unused", show === "unused" ? shown().map((record) => placesOf(record)) : []);
  const address = new URL(location.href);
  address.searchParams.set("show", show);
  address.searchParams.delete("claim");
  history.replaceState(null, "", address);
  if (!current || current.classList.contains("out")) choose(nearest());
}

/** Highlights of claims that are not shown are put out; of those that people rejected, dimmed. */
function dim() {
  for (const mark of text.root.querySelectorAll("mark[data-claims]")) {
    const over = mark.dataset.claims.split(" ").map((number) => byNumber.get(number)).filter(Boolean);
    mark.classList.toggle("out", over.every((record) => record.classList.contains("out")));
    mark.classList.toggle("off", over.length > 0 && over.every((record) => record.classList.contains("s-rejected")));
  }
}

export function count() {
  for (const link of document.querySelectorAll("#filters a")) {
    link.querySelector(".count").textContent = records.filter((record) => record.dataset.in.split(" ").includes(link.dataset.show)).length;
  }
}

// Keeping step

const readingLine = () => {
  const most = Math.max(1, document.documentElement.scrollHeight - innerHeight);
  return innerHeight * (0.2 + 0.6 * Math.min(1, scrollY / most)) * (narrow.matches ? 0.6 : 1);
};
const topOf = (record) => (text.holds(placesOf(record)[0]) ? text.top(placesOf(record)[0]) : 0);

function nearest() {
  const line = readingLine();
  let found = null;
  for (const record of shown()) {
    if (topOf(record) > line && found) break;
    found = record;
  }
  return found;
}

function reveal(record) {
  if (narrow.matches) return;
  const top = record.offsetTop - list.offsetTop;
  const wanted = top - Math.max(12, (list.clientHeight - record.offsetHeight) * 0.3);
  list.scrollTop = Math.max(0, wanted);
}

function bringText(record) {
  const top = topOf(record);
  const low = narrow.matches ? innerHeight * 0.5 : innerHeight * 0.78;
  if (top > innerHeight * 0.12 && top < low) return;
  quiet = performance.now() + (still.matches ? 120 : 900);
  scrollBy({ top: top - innerHeight * 0.3, behavior: still.matches ? "instant" : "smooth" });
}

export function choose(record, { focus = false, bring = false } = {}) {
  if (!record) return;
  if (record !== current) {
    current?.classList.remove("current");
    current?.removeAttribute("aria-current");
    if (current && !deciding.busy(current)) current.querySelector("details").open = false;
    for (const mark of text.root.querySelectorAll("mark.here")) mark.classList.remove("here");
    current = record;
    record.classList.add("current");
    record.setAttribute("aria-current", "true");
    for (const mark of marksOf(record)) mark.classList.add("here");
    text.show("here", marksOf(record).length ? [] : [placesOf(record)]);
    text.show("voice", []);
    if (!narrow.matches) record.querySelector("details").open = true;
    deciding.offer(record);
    rail?.at(record);
  }
  reveal(record);
  begun ||= focus || bring;
  if (bring) bringText(record);
  if (focus) record.focus({ preventScroll: true });
}

let waiting = false;
addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    rail?.window();
    if (performance.now() < quiet || chooser.on || document.activeElement?.closest(".panel form, .record form")) return;
    const held = document.activeElement?.classList.contains("record");
    choose(nearest());
    if (held && document.activeElement !== current) current?.focus({ preventScroll: true });
  });
}, { passive: true });

function step(by, undecided) {
  const all = shown();
  if (!begun && current && !undecided) {
    choose(current, { focus: true, bring: true });
    return;
  }
  const wanted = undecided ? all.filter((record) => record === current || record.dataset.in.includes("undecided")) : all;
  const at = wanted.indexOf(current);
  const next = at < 0 ? wanted[by > 0 ? 0 : wanted.length - 1] : wanted[at + by];
  if (next) choose(next, { focus: true, bring: true });
  else if (undecided && by > 0) onward();
  else current?.focus({ preventScroll: true });
}

/** The next undecided claim: behind this one, before it, or in another part of the text. */
export function next() {
  const open = records.filter((record) => record.dataset.in.split(" ").includes("undecided"));
  const at = records.indexOf(current);
  const found = open.find((record) => records.indexOf(record) > at) ?? open[0];
  if (found) {
    if (found.classList.contains("out")) narrowTo("all");
    choose(found, { focus: true, bring: true });
  } else {
    current?.focus({ preventScroll: true });
    return desk.dataset.next ? sentences.further : sentences.alldone;
  }
  return "";
}

function onward() {
  if (desk.dataset.next) location.href = `/documents/${desk.dataset.doc}?claim=${desk.dataset.next}#claim-${desk.dataset.next}`;
  else say(sentences.alldone ?? "");
}

/** Give a record the number it has on this page: claims that came or went since may have moved it. */
function numbered(record, number, shown) {
  const summary = record.querySelector("summary");
  record.dataset.n = number;
  summary.id = `n${number}`;
  record.setAttribute("aria-labelledby", summary.id);
  summary.querySelector(".num").textContent = shown;
}

/** Put a record, made anew by the program, in the place of the old one. */
export function replace(fresh) {
  const old = document.getElementById(fresh.id);
  fresh.querySelector(".plainly")?.remove();
  fresh.classList.remove("out", "chosen");
  if (old) {
    numbered(fresh, old.dataset.n, old.querySelector(".num").textContent);
    homes.set(fresh, homes.get(old));
    records[records.indexOf(old)] = fresh;
    old.replaceWith(fresh);
    if (current === old) current = null;
  }
  index();
  dim();
  count();
  return fresh;
}

// A rail of all claims beside the text

const nearestTo = (place) => {
  const far = (record) => Math.abs(placesOf(record)[0] - place);
  return shown().reduce((best, one) => (!best || far(one) < far(best) ? one : best), null);
};
const rail = railBeside(text, records, { placesOf, follow: (place) => choose(nearestTo(place), { bring: true }) });
desk.insertBefore(rail.svg, panel);

// Deciding, choosing words

let added = 0;
const chooser = new Chooser(text);
const deciding = new Deciding({
  desk, text, chooser, sentences, panel, placesOf,
  choose, next, replace, count, dim, narrowTo,
  current: () => current,
  records: () => records,
  add: (record, paragraph) => {
    added += 1;
    numbered(record, `new${added}`, "+");
    homes.set(record, paragraph);
    records.push(record);
    records.sort((a, b) => placesOf(a)[0] - placesOf(b)[0] || placesOf(a)[1] - placesOf(b)[1]);
    const after = records[records.indexOf(record) + 1];
    list.insertBefore(record, after?.parentElement === list ? after : null);
    index();
    dim();
    count();
    text.show("added", records.filter((one) => one.dataset.n?.startsWith("new")).map((one) => placesOf(one)));
  },
  remove: (record) => {
    records = records.filter((one) => one !== record);
    record.remove();
    if (current === record) current = null;
    index();
    dim();
    count();
    choose(nearest(), { focus: true });
  },
});

// Hands: pointer, focus, keys

text.root.addEventListener("click", (event) => {
  const ref = event.target.closest("a.ref");
  const mark = event.target.closest("mark[data-claims]");
  if (!ref && (!mark || !document.getSelection().isCollapsed)) return;
  const number = ref ? ref.dataset.n : mark.dataset.claims.split(" ")[0];
  const record = byNumber.get(number);
  if (!record) return;
  if (ref) event.preventDefault();
  if (record.classList.contains("out")) narrowTo("all");
  choose(record, { focus: Boolean(ref) });
  begun = true;
});
text.root.addEventListener("focusin", (event) => {
  const record = byNumber.get(event.target.closest("a.ref")?.dataset.n);
  if (record && !record.classList.contains("out")) choose(record);
});
list.addEventListener("focusin", (event) => {
  const record = event.target.closest(".record");
  if (record && record !== current) choose(record, { bring: event.target === record });
  begun = true;
});
list.addEventListener("click", (event) => {
  const summary = event.target.closest("summary");
  const record = summary?.closest(".record");
  if (!record || summary.parentElement.parentElement !== record) return;
  if (record !== current) {
    event.preventDefault();
    choose(record, { bring: true });
  } else bringText(record);
});

/** Links to words of the text: shown when they are reached, gone to when they are followed. */
const wordsOf = (event) => event.target.closest?.("a[data-words]");
for (const kind of ["focusin", "mouseover"]) list.addEventListener(kind, (event) => wordsOf(event) && text.show("voice", [placesOf(wordsOf(event), "words")]));
for (const kind of ["focusout", "mouseout"]) list.addEventListener(kind, (event) => wordsOf(event) && text.show("voice", []));
list.addEventListener("click", (event) => {
  const link = wordsOf(event);
  if (!link || !text.holds(placesOf(link, "words")[0])) return;
  event.preventDefault();
  const [start, end] = placesOf(link, "words");
  quiet = performance.now() + 900;
  text.show("voice", [[start, end]]);
  scrollBy({ top: text.top(start) - innerHeight * 0.3, behavior: still.matches ? "instant" : "smooth" });
});

document.getElementById("filters").addEventListener("click", (event) => {
  const link = event.target.closest("a[data-show]");
  if (!link) return;
  event.preventDefault();
  narrowTo(link.dataset.show);
});

const single = document.getElementById("single-keys");
try {
  single.checked = localStorage.getItem("armslength-single-keys") !== "off";
  single.addEventListener("change", () => localStorage.setItem("armslength-single-keys", single.checked ? "on" : "off"));
} catch {
  single.checked = true;
}

const KEYS = {
  j: () => step(1, false),
  k: () => step(-1, false),
  J: () => step(1, true),
  K: () => step(-1, true),
  f: () => {
    const counts = SHOWN.filter((show) => show === "all" || records.some((record) => record.dataset.in.split(" ").includes(show)));
    narrowTo(counts[(counts.indexOf(desk.dataset.show) + 1) % counts.length]);
    say(document.querySelector("#filters a[aria-current]")?.textContent.trim().replace(/\s+/g, " ") ?? "");
  },
  o: () => {
    const link = current?.querySelector(".tofact a");
    if (link) location.href = link.href;
  },
  a: () => deciding.ask("accept"),
  r: () => deciding.ask("reject"),
  e: () => deciding.ask("edit"),
  s: () => deciding.split(),
  n: () => deciding.begin(),
  u: () => deciding.undo(),
  Escape: () => deciding.close(),
};

addEventListener("keydown", (event) => {
  if (chooser.key(event)) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "Escape" ? false : typing || !single.checked) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}, true);

// Where to begin: at the claim that was asked for. One that stands in another part is looked for there.

const asked = location.hash.match(/^#claim-([0-9a-f]{64})$/)?.[1] ?? desk.dataset.chosen;
const wanted = asked ? document.getElementById(`claim-${asked}`) : null;
if (location.hash.startsWith("#claim-") && !wanted && desk.dataset.chosen !== asked) {
  const address = new URL(location.href);
  if (address.searchParams.get("claim") !== asked) {
    address.search = `?claim=${asked}`;
    location.replace(address);
  }
}
desk.querySelector(".plainly")?.remove();
dim();
if (desk.dataset.show === "unused") text.show("unused", shown().map((record) => placesOf(record)));
if (wanted) {
  if (wanted.classList.contains("out")) narrowTo("all");
  choose(wanted, { focus: true, bring: true });
} else choose(nearest());
rail.window();
document.documentElement.classList.add("ready");
