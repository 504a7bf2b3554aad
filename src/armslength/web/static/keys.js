// Keys: j and k step through claims and passages, ? shows the keys. Every page works without this file.
"use strict";
(() => {
  const steps = [...document.querySelectorAll("[data-step]")];
  const dialog = document.getElementById("keys");

  const mark = (card) => {
    document.querySelectorAll("mark.here").forEach((piece) => piece.classList.remove("here"));
    const number = card && card.dataset.step;
    if (!number) return;
    document.querySelectorAll("mark[data-claims]").forEach((piece) => {
      if (piece.dataset.claims.split(" ").includes(number)) piece.classList.add("here");
    });
  };

  const go = (by) => {
    if (!steps.length) return;
    const at = steps.indexOf(document.activeElement && document.activeElement.closest("[data-step]"));
    const next = at < 0 ? (by > 0 ? 0 : steps.length - 1) : Math.min(steps.length - 1, Math.max(0, at + by));
    steps[next].focus({ preventScroll: true });
    steps[next].scrollIntoView({ block: "center" });
  };

  steps.forEach((step) => {
    step.addEventListener("focusin", () => mark(step));
    step.addEventListener("mouseenter", () => mark(step));
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "?" && !dialog.open) dialog.showModal();
    else return;
    event.preventDefault();
  });

  document.querySelectorAll(".top [aria-current]").forEach((here) => {
    const line = here.closest("ul");
    line.scrollLeft += here.getBoundingClientRect().left - line.getBoundingClientRect().left - (line.clientWidth - here.clientWidth) / 2;
  });

  document.querySelectorAll("[data-keys]").forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    }));

  if (location.hash.startsWith("#claim-")) mark(document.getElementById(location.hash.slice(1)));
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
})();
