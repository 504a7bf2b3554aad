// The slider of a fact's history: moving it shows each moment in place. Without this file its button and its links do.
"use strict";

const form = document.querySelector("[data-slider]");
const range = form?.querySelector('input[type="range"]');
let asked = 0;

const show = async () => {
  const mine = ++asked;
  const address = `${form.getAttribute("action")}?step=${range.value}`;
  const answer = await fetch(address).catch(() => null);
  if (mine !== asked || !answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of ["#moment", "[data-when]", "[data-steps]", ".slider .buttons"]) {
    const now = document.querySelector(place), then = page.querySelector(place);
    if (now && then) now.replaceWith(document.adoptNode(then));
  }
  history.replaceState(null, "", address);
};

if (range) {
  let later = 0;
  range.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(show, 120);
  });
}
