// Sends a form's fields to an action and says what came of it. Pages work without it, by sending their forms themselves.
"use strict";

const token = document.querySelector('meta[name="csrf"]')?.content ?? "";

/** Send fields to an action. Resolves to {ok, status, says, go, judgement, data}; never throws: a failed network is a sentence too. */
export async function send(path, fields) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": token },
      body: JSON.stringify(fields),
      redirect: "error",
    });
    const found = await answer.json();
    return { data: {}, judgement: "", go: "", ...found, ok: answer.ok, status: answer.status };
  } catch {
    return { ok: false, status: 0, says: "The program did not answer. Nothing more is known; load the page anew.", go: "", judgement: "", data: {} };
  }
}

/** Say a sentence where screen readers hear it and everybody sees it. */
export function say(sentence, { wrong = false } = {}) {
  const place = document.getElementById("said");
  const line = document.createElement("p");
  line.className = wrong ? "said wrong" : "said";
  line.textContent = sentence;
  place.replaceChildren(line);
}

/** The fields of a form as an action's JSON: a name that comes twice is a list; names in `lists` always are. */
export function fieldsOf(form, lists = ["seen"]) {
  const out = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "csrf" || value === "") continue;
    if (lists.includes(name)) (out[name] ??= []).push(value);
    else out[name] = value;
  }
  return out;
}
