// The rail beside a document's text: every claim as a stroke at its height, the part in sight, the claim at hand.
"use strict";

const TALL = 1000;

function make(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** The rail's picture, and what moves on it. `follow` is told the place in the text that was pressed. */
export function railBeside(text, records, { placesOf, follow }) {
  const first = text.paragraphs[0]?.start ?? 0;
  const last = text.paragraphs[text.paragraphs.length - 1]?.end ?? 1;
  const y = (place) => (TALL * (place - first)) / Math.max(1, last - first);
  const svg = make("svg", { viewBox: `0 0 10 ${TALL}`, preserveAspectRatio: "none", class: "rail", "aria-hidden": "true" });
  const seen = make("rect", { class: "window", x: 0, width: 10, y: 0, height: 10 });
  const here = make("rect", { class: "at", x: 0, width: 10, y: 0, height: 3 });
  svg.append(seen);
  for (const record of records) {
    if (!record.dataset.n) continue;
    const [start, end] = placesOf(record);
    const family = [...record.classList].find((name) => name.startsWith("f-"));
    svg.append(make("rect", { class: family, x: 2, width: 6, y: y(start), height: Math.max(2.5, y(end) - y(start)) }));
  }
  svg.append(here);
  svg.addEventListener("click", (event) => {
    follow(first + ((event.clientY - svg.getBoundingClientRect().top) / svg.clientHeight) * (last - first));
  });
  return {
    svg,
    window: () => {
      const box = text.root.getBoundingClientRect();
      const height = Math.max(1, box.height);
      const low = Math.min(1, Math.max(0, -box.top / height));
      seen.setAttribute("y", TALL * low);
      seen.setAttribute("height", TALL * Math.max(0.01, Math.min(1, (innerHeight - box.top) / height) - low));
    },
    at: (record) => here.setAttribute("y", y(placesOf(record)[0])),
  };
}
