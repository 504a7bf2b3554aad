// Forms of the reader: what is proposed for a reason, selects that can be looked through, fields filled with a claim's own values.
"use strict";

/** Propose the reason given last; number keys choose another as long as nothing was typed. */
export function proposeReason(form, given) {
  const line = form.querySelector('[name="reason"]');
  const choices = [...new Set([...given, line.dataset.proposed])].slice(0, 9);
  if (choices.length) line.value = choices[0];
  const list = form.querySelector(".recent");
  if (!list) return;
  const use = (reason) => {
    line.value = reason;
    line.focus();
    line.select();
  };
  choices.forEach((reason, place) => {
    const button = document.createElement("button");
    button.type = "button";
    const key = document.createElement("kbd");
    key.textContent = place + 1;
    button.append(key, " ", reason);
    button.addEventListener("click", () => use(reason));
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  });
  list.hidden = choices.length < 2;
  line.addEventListener("keydown", (event) => {
    const pick = choices[Number(event.key) - 1];
    if (!/^[1-9]$/.test(event.key) || !pick || !choices.includes(line.value)) return;
    event.preventDefault();
    use(pick);
  });
}

/** Take away what was said last. */
export function hush() {
  document.getElementById("said").replaceChildren();
}

/** Put a claim's own values into a form, and take away what it has no place for. */
export function fill(form, fields) {
  for (const one of form.elements) if (one.name && one.name !== "reason") one.value = fields[one.name] ?? one.value;
  for (const name of ["as_of", "event_date", "claimed_period"]) form.elements[name].value = fields[name] ?? "";
  if (!("value" in fields)) {
    const number = form.querySelector(".number");
    number.hidden = true;
    number.disabled = true;
  }
}

/** A line in front of a long select: what is typed narrows its options. */
export function finding(select) {
  const line = document.createElement("input");
  line.type = "search";
  line.className = "find";
  line.setAttribute("aria-label", select.dataset.find);
  line.placeholder = select.dataset.find;
  select.before(line);
  line.addEventListener("input", () => {
    const wanted = line.value.toLowerCase().split(/\s+/).filter(Boolean);
    let first = null;
    for (const option of select.options) {
      const words = `${option.textContent} ${option.value} ${option.parentElement.label ?? ""}`.toLowerCase();
      const fits = wanted.every((word) => words.includes(word));
      option.hidden = !fits;
      if (fits && option.value && !first) first = option;
    }
    if (wanted.length) select.value = first?.value ?? "";
  });
  line.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    select.focus();
  });
}
