// Asks again and again what is being done to the case, and tells when it is done. Pages work without it, by a link that looks again.
"use strict";

const EVERY = 700;

/** What is being done, and what came of a judgement; null where the program does not answer. */
export async function progress(judgement = "") {
  try {
    const answer = await fetch(`/api/progress${judgement ? `?of=${encodeURIComponent(judgement)}` : ""}`, { headers: { accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Wait until everything is carried out; `tell` hears of each step. Resolves to the last answer. */
export async function settled(judgement = "", tell = () => {}) {
  for (;;) {
    const found = await progress(judgement);
    if (found === null || !found.now.busy) return found;
    tell(found.now);
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

const place = document.querySelector("[data-progress]");
const doing = place?.querySelector("[data-doing]");
if (doing) {
  settled("", (now) => {
    doing.textContent = now.doing;
    const bar = place.querySelector("progress");
    if (bar && now.total) {
      bar.max = now.total;
      bar.value = now.done;
    }
  }).then((found) => found && location.reload());
}
