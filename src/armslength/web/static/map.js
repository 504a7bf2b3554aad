// Moves the map without leaving the page: the server draws each view, this asks for it. Without scripts the same links load the page.
"use strict";

const ZOOMS = 7;
const STEP = 0.25;
const frame = () => document.getElementById("frame");
const picture = () => frame().querySelector("svg");

/** The window that is drawn, in the map's units: tenths of a degree. */
function box() {
  const [left, top, width, height] = picture().getAttribute("viewBox").split(" ").map(Number);
  return { left, top, width, height, zoom: Number(picture().dataset.zoom) };
}

/** The address of this page looking at another point. */
function address(x, y, zoom) {
  const url = new URL(location.href);
  const longitude = Math.max(-180, Math.min(180, x / 10 - 180));
  const latitude = Math.max(-60, Math.min(84, 90 - y / 10));
  url.searchParams.set("at", `${longitude.toFixed(2)},${latitude.toFixed(2)},${Math.max(0, Math.min(ZOOMS, zoom))}`);
  url.hash = "";
  return url;
}

let asked = 0;

/** Put the server's drawing of another view in the place of this one. */
async function show(url) {
  const mine = ++asked;
  frame().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { accept: "text/html" }, redirect: "error" });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = found.getElementById("frame");
    if (mine !== asked || !answer.ok || !next) return;
    frame().replaceChildren(...next.childNodes);
    for (const place of [".moves", ".along"]) {
      const here = document.querySelector(place);
      const there = found.querySelector(place);
      if (here && there) here.replaceWith(there);
    }
    history.replaceState(null, "", url);
  } catch {
    location.assign(url);
  } finally {
    frame().removeAttribute("aria-busy");
  }
}

function step(dx, dy, zoom = 0) {
  const at = box();
  return show(address(at.left + at.width * (0.5 + dx), at.top + at.height * (0.5 + dy), at.zoom + zoom));
}

const KEYS = {
  ArrowLeft: () => step(-STEP, 0),
  ArrowRight: () => step(STEP, 0),
  ArrowUp: () => step(0, -STEP),
  ArrowDown: () => step(0, STEP),
  "+": () => step(0, 0, 1),
  "=": () => step(0, 0, 1),
  "-": () => step(0, 0, -1),
  0: () => show(address(1800, 780, 0)),
};

frame().addEventListener("keydown", (event) => {
  if (event.target !== frame() || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.getElementById("map").addEventListener("click", (event) => {
  const button = event.target.closest("button[data-move]");
  if (!button) return;
  event.preventDefault();
  const url = new URL(location.href);
  url.searchParams.set("at", button.value);
  url.hash = "";
  const move = button.dataset.move;
  show(url).then(() => document.querySelector(`button[data-move="${move}"]`)?.focus());
});

frame().addEventListener("dblclick", (event) => {
  const at = box();
  const shown = picture().getBoundingClientRect();
  const x = at.left + ((event.clientX - shown.left) / shown.width) * at.width;
  const y = at.top + ((event.clientY - shown.top) / shown.height) * at.height;
  show(address(x, y, at.zoom + (event.shiftKey ? -1 : 1)));
});

let held = null;

frame().addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || event.pointerType === "touch" || event.target.closest("a")) return;
  held = { x: event.clientX, y: event.clientY, at: box(), moved: false };
  frame().setPointerCapture(event.pointerId);
});

frame().addEventListener("pointermove", (event) => {
  if (!held) return;
  const scale = held.at.width / picture().getBoundingClientRect().width;
  const dx = (event.clientX - held.x) * scale;
  const dy = (event.clientY - held.y) * scale;
  if (!held.moved && Math.hypot(dx, dy) < 4 * scale) return;
  held.moved = true;
  picture().setAttribute("viewBox", `${held.at.left - dx} ${held.at.top - dy} ${held.at.width} ${held.at.height}`);
});

frame().addEventListener("pointerup", () => {
  const was = held;
  held = null;
  if (was?.moved) step(0, 0);
});

/** On a phone the picture is wider than its frame: begin at the place that was chosen, else at the one with most. */
const first = frame().querySelector(".mark.chosen") ?? frame().querySelector(".mark");
if (first && frame().scrollWidth > frame().clientWidth) {
  const [mark, around] = [first.getBoundingClientRect(), frame().getBoundingClientRect()];
  frame().scrollLeft += mark.left + mark.width / 2 - around.left - around.width / 2;
}
