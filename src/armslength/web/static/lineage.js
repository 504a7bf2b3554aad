// The picture of a lineage under the hands: arrow keys walk along its lines, + - 0 zoom, dragging moves; a and r decide about the chosen edge.
// Everything is a link or a form without this file.
"use strict";

const svg = document.querySelector("svg[data-lineage]");
const canvas = svg?.closest(".picture");

/** Links of the picture: one is in the order of Tab, arrow keys go to the others. */
const links = svg ? [...svg.querySelectorAll("a")] : [];
const node = (code) => svg.querySelector(`a[data-n="${code}"]`);
const ends = (link) => [link.dataset.a, link.dataset.b].map(node).filter(Boolean);
const middle = (link) => {
  const box = link.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
};

const focusOn = (link) => {
  if (!link) return;
  links.forEach((other) => other.setAttribute("tabindex", other === link ? "0" : "-1"));
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: "nearest", inline: "nearest" });
  const near = new Set(link.dataset.n ? links.filter((other) => [other.dataset.a, other.dataset.b].includes(link.dataset.n)) : ends(link));
  links.forEach((other) => other.classList.toggle("near", near.has(other) || other === link));
};

/** The next link in a direction: along a line to the right or left, among neighbours up or down. */
const step = (from, key) => {
  const here = middle(from);
  const sideways = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  let options;
  if (sideways && from.dataset.n) options = links.filter((one) => [one.dataset.a, one.dataset.b].includes(from.dataset.n));
  else if (sideways) options = ends(from);
  else if (from.dataset.n) options = links.filter((one) => one.dataset.n && Math.abs(middle(one).x - here.x) < 200);
  else options = links.filter((one) => !one.dataset.n && one.classList[0] === from.classList[0]);
  const axis = sideways ? "x" : "y";
  const ahead = options.filter((one) => one !== from && (middle(one)[axis] - here[axis]) * sign > 0.5);
  const far = (one) => Math.abs(middle(one)[axis] - here[axis]) + Math.abs(middle(one)[sideways ? "y" : "x"] - here[sideways ? "y" : "x"]);
  return ahead.sort((one, two) => far(one) - far(two))[0];
};

if (svg && canvas) {
  links.forEach((link, place) => link.setAttribute("tabindex", place ? "-1" : "0"));
  const first = svg.querySelector('[aria-current="true"]') ?? links.find((link) => link.dataset.n);
  if (first) links.forEach((link) => link.setAttribute("tabindex", link === first ? "0" : "-1"));
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = event.target.closest?.("a");
    if (event.key.startsWith("Arrow")) {
      const next = from ? step(from, event.key) : first;
      if (!next) return;
      event.preventDefault();
      focusOn(next);
    } else if (["+", "=", "-", "0"].includes(event.key)) {
      event.preventDefault();
      zoom(event.key === "0" ? 0 : event.key === "-" ? -1 : 1);
    }
  });
  svg.addEventListener("focusin", (event) => {
    const link = event.target.closest("a");
    if (link && link.getAttribute("tabindex") !== "0") focusOn(link);
  });
}

// Zoom: the drawing is made larger or smaller inside the box, which scrolls.
const whole = svg ? { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height } : { width: 0, height: 0 };
let scale = 1;
function zoom(by) {
  const fitting = Math.min(1, canvas.clientWidth / whole.width);
  const before = scale;
  scale = by === 0 ? fitting : Math.min(3, Math.max(0.15, scale * (by > 0 ? 1.25 : 0.8)));
  const centre = { x: (canvas.scrollLeft + canvas.clientWidth / 2) / before, y: (canvas.scrollTop + canvas.clientHeight / 2) / before };
  svg.setAttribute("width", String(whole.width * scale));
  svg.setAttribute("height", String(whole.height * scale));
  canvas.scrollLeft = centre.x * scale - canvas.clientWidth / 2;
  canvas.scrollTop = centre.y * scale - canvas.clientHeight / 2;
}

const tools = document.querySelector(".zoom");
if (svg && tools && canvas?.classList.contains("canvas")) {
  tools.hidden = false;
  svg.classList.add("zoomed");
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoom(Number(button.dataset.zoom));
  });
  let held = null;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType === "mouse" && !event.target.closest("a")) held = { x: event.clientX, y: event.clientY };
  });
  window.addEventListener("pointermove", (event) => {
    if (!held) return;
    canvas.scrollLeft -= event.clientX - held.x;
    canvas.scrollTop -= event.clientY - held.y;
    held = { x: event.clientX, y: event.clientY };
  });
  window.addEventListener("pointerup", () => { held = null; });
  const chosen = svg.querySelector('[aria-current="true"]');
  if (chosen) {
    const at = middle(chosen), box = canvas.getBoundingClientRect();
    canvas.scrollTop += at.y - box.top - box.height / 2;
  }
}

// The chosen edge: a confirms, r disputes. Without a reason the field asks for one, and Enter sends what was meant.
const form = document.getElementById("judge");
if (form) {
  const reason = form.elements.namedItem("reason");
  const buttons = [...form.querySelectorAll("button[data-key]")];
  let meant = null;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const button = buttons.find((one) => one.dataset.key === event.key);
    if (!button) return;
    event.preventDefault();
    meant = button;
    if (reason.value.trim()) form.requestSubmit(button);
    else reason.focus();
  });
  reason.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !reason.value.trim()) return;
    event.preventDefault();
    if (meant) form.requestSubmit(meant);
    else buttons[0].focus();
  });
}

// A count that is being made again: ask until it is done, then show it.
const waiting = document.querySelector("#recount[data-waiting]");
if (waiting) {
  const ask = async (pause) => {
    try {
      const answer = await fetch(`/api${location.pathname}${location.search}`, { headers: { accept: "application/json" } });
      const found = await answer.json();
      if (!answer.ok || !found.recount?.waiting) return location.reload();
    } catch {
      // The program does not answer just now; it is asked again.
    }
    setTimeout(ask, pause, Math.min(pause * 1.5, 8000));
  };
  setTimeout(ask, 500, 800);
}
