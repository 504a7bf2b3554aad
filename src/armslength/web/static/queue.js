// The queue by keyboard: a and r decide about the item in focus, s puts it off, o opens it. Without this file its forms are sent as they are.
import { fieldsOf, say, send } from "/static/send.js";

const every = document.getElementById("every-reason");
every.value = sessionStorage.getItem("queue-reason") ?? "";
every.addEventListener("input", () => sessionStorage.setItem("queue-reason", every.value));

const items = () => [...document.querySelectorAll(".item:not(.done)")];
const current = () => document.activeElement?.closest(".item");

/** Move on to the item after one. Where none is left, what was said stays in sight, with a link to whatever else waits. */
const goOn = (from) => {
  const all = [...document.querySelectorAll(".item")];
  const next = all.slice(all.indexOf(from) + 1).find((item) => !item.classList.contains("done")) ?? items()[0];
  if (next) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
    return;
  }
  const more = document.createElement("a");
  more.href = location.href;
  more.textContent = document.querySelector("[data-more]").dataset.more;
  from.querySelector(".outcome").append(" ", more);
  more.focus();
};

/** Fold an item that is done with, and leave what was said about it in its place. */
const settle = (item, sentence) => {
  item.classList.add("done");
  item.removeAttribute("data-step");
  const line = document.createElement("p");
  line.className = "outcome";
  line.textContent = sentence;
  item.replaceChildren(line);
};

const submit = async (form, button) => {
  const item = form.closest(".item");
  const fields = fieldsOf(form);
  if (button?.name) fields[button.name] = button.value;
  form.querySelectorAll("button").forEach((one) => (one.disabled = true));
  const answer = await send(form.getAttribute("action"), fields);
  say(answer.says, { wrong: !answer.ok });
  if (answer.ok) {
    settle(item, answer.says);
    goOn(item);
  } else {
    form.querySelectorAll("button").forEach((one) => (one.disabled = false));
    form.querySelector("input[name=reason]")?.focus();
  }
};

let asked = null;
document.querySelectorAll(".item form").forEach((form) =>
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = asked && form.contains(asked) ? asked : event.submitter;
    asked = null;
    submit(form, button);
  }));

/** Decide with a key: at once where there is a reason, else when the reason is written and Enter pressed. */
const decide = (item, button) => {
  const reason = button.form.querySelector("input[name=reason]");
  if (!reason) return submit(button.form, button);
  if (!reason.value.trim()) reason.value = every.value.trim();
  if (reason.value.trim()) return submit(button.form, button);
  asked = button;
  item.querySelectorAll("button[data-key]").forEach((one) => one.classList.toggle("chosen", one === button));
  reason.focus();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) {
    if (event.key === "Escape") current()?.focus();
    return;
  }
  const item = current() ?? items()[0];
  const target = item?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.tagName === "A") target.click();
  else decide(item, target);
});
