// Deciding about claims in place: accept, reject, edit, split, take back, add. What is kept and what is not is the program's word.
"use strict";

import { Adding } from "./reader-adding.js";
import { fill, finding, hush, proposeReason } from "./reader-forms.js";
import { fieldsOf, say, send } from "./send.js";

const copyOf = (id) => document.getElementById(id)?.content.firstElementChild.cloneNode(true) ?? null;

export class Deciding {
  #page;
  #form = null;
  #reasons;
  #adding;
  #sending = null;

  constructor(page) {
    this.#page = page;
    this.#reasons = JSON.parse(document.getElementById("reasons")?.dataset.reasons ?? "{}");
    this.bar = copyOf("bar");
    this.#adding = new Adding(page, {
      mayNot: () => this.#mayNot(),
      busy: () => Boolean(this.#sending),
      sending: (sent) => this.#during(sent),
      close: () => this.close({ focus: false }),
      added: (id, reason) => {
        this.#remember("add", reason);
        this.#await(id, { focus: true });
      },
    });
    page.panel.addEventListener("click", (event) => this.#pressed(event));
  }

  /** While something is sent, nothing else is. */
  #during(sent) {
    this.#sending = sent.finally(() => {
      this.#sending = null;
    });
  }

  get #can() {
    return "decides" in this.#page.desk.dataset;
  }

  /** Show what can be decided in the record at hand. */
  offer(record) {
    if (!this.bar || this.#form) return;
    if (!record.dataset.n) {
      this.#offerUnused(record);
      return;
    }
    record.querySelector(".decide")?.classList.add("hidden");
    this.bar.querySelector('[data-do="withdraw"]').hidden = !record.matches(".s-accepted, .s-edited, .s-rejected");
    const accept = this.bar.querySelector('[data-do="accept"] span');
    this.accept ??= accept.textContent;
    accept.textContent = record.matches(".s-edited") ? this.#page.sentences.acceptmachine : this.accept;
    record.querySelector("details").append(this.bar);
  }

  #offerUnused(record) {
    this.bar.remove();
    if (record.querySelector("[data-do]")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.do = "addhere";
    button.textContent = this.#page.sentences.addhere;
    record.querySelector("details").append(button);
  }

  /** Whether a form stands open in a record. */
  busy(record) {
    return Boolean(this.#form && record.contains(this.#form));
  }

  #pressed(event) {
    const wish = event.target.closest("[data-do]")?.dataset.do;
    const acts = {
      close: () => this.close(),
      split: () => this.split(),
      take: () => this.begin(),
      addhere: () => this.begin(this.#page.placesOf(this.#page.current())),
      words: () => this.#adding.chooseWords(),
      voice: () => this.#adding.chooseVoice(),
    };
    if (acts[wish]) acts[wish]();
    else if (wish) this.ask(wish);
  }

  /** Send those who have not said who they are to do so, and back. */
  #mayNot() {
    if (this.#can) return false;
    if ("judge" in this.#page.desk.dataset) {
      const claim = this.#page.current()?.id.replace("claim-", "") ?? "";
      location.href = `/you?then=${encodeURIComponent(`/documents/${this.#page.desk.dataset.doc}?claim=${claim}`)}`;
    }
    return true;
  }

  /** Open the line for the reason (and what else a decision needs) in the record at hand. */
  ask(decision) {
    const record = this.#page.current();
    if (this.#mayNot()) return null;
    if (this.#sending) {
      this.#sending.then(() => this.ask(decision));
      return null;
    }
    if (!record?.dataset.n) {
      say(this.#page.sentences.noclaim, { wrong: true });
      return null;
    }
    this.close({ focus: false });
    const form = copyOf(`do-${decision}`);
    if (decision === "accept" && record.matches(".s-edited")) form.querySelector(".label").textContent = this.#page.sentences.acceptmachine;
    if (decision === "edit") fill(form, JSON.parse(record.dataset.fields));
    for (const select of form.querySelectorAll("select[data-find]")) finding(select);
    proposeReason(form, this.#reasons[decision] ?? []);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.#sending) this.#during(this.#send(record, decision, form));
    });
    this.#form = form;
    record.querySelector("details").open = true;
    record.querySelector("details").append(form);
    this.bar.hidden = true;
    const first = decision === "edit" ? form.querySelector("select") : form.querySelector('[name="reason"]');
    first.focus({ preventScroll: true });
    first.select?.();
    this.#page.choose(record, { bring: true });
    form.scrollIntoView({ block: "nearest" });
    return form;
  }

  #remember(decision, reason) {
    this.#reasons[decision] = [reason, ...(this.#reasons[decision] ?? []).filter((one) => one !== reason)].slice(0, 8);
  }

  async #send(record, decision, form) {
    const told = fieldsOf(form, []);
    const fields = { reason: told.reason, seen: record.dataset.seen.split(" ").filter(Boolean) };
    if (decision === "edit") {
      const before = JSON.parse(record.dataset.fields);
      for (const [name, value] of Object.entries(told)) if (name !== "reason" && value !== (before[name] ?? "")) fields[name] = value;
      if (Object.keys(fields).length === 2) {
        say(this.#page.sentences.nothing, { wrong: true });
        return;
      }
    }
    if (decision === "split") fields.at = Number(form.dataset.at);
    const id = record.id.replace("claim-", "");
    form.setAttribute("aria-busy", "true");
    const answer = await send(`/claims/${id}/${decision}`, fields);
    form.removeAttribute("aria-busy");
    if (answer.status === 403) {
      say(answer.says, { wrong: true });
      location.href = `/you?then=${encodeURIComponent(`/documents/${this.#page.desk.dataset.doc}?claim=${id}`)}`;
      return;
    }
    if (!answer.ok) {
      say(answer.says, { wrong: true });
      if (answer.status === 409) await this.#anew(record);
      return;
    }
    this.#remember(decision, told.reason);
    this.close({ focus: false });
    await this.#keep(record, answer);
    this.#gone(answer.data.gone ?? []);
    for (const other of answer.data.others ?? []) this.#await(other);
    const left = decision === "withdraw" ? "" : this.#page.next();
    if (decision === "withdraw") this.#page.choose(document.getElementById(record.id), { focus: true });
    say([answer.says, left].filter(Boolean).join(" "));
  }

  /** The state changes at once; where values were read otherwise, or pages are not English, the record is asked for anew. */
  async #keep(record, answer) {
    const now = answer.data.record;
    const plain = now && document.documentElement.lang === "en" && !now.readings.length && !record.querySelector(".reading-of");
    if (!plain) return this.#anew(record);
    record.className = record.className.replace(/\bs-\w+/, `s-${now.state}`);
    record.dataset.in = answer.data.groups.join(" ");
    record.dataset.seen = now.seen.join(" ");
    record.querySelector(".state").textContent = now.state_words;
    const lines = now.decided.map((one) => {
      const line = document.createElement("p");
      const label = document.createElement("span");
      const quote = document.createElement("q");
      label.className = "label";
      label.textContent = `${one.who} ${one.what}`;
      quote.textContent = one.reason;
      line.append(label, ` ${one.when}: `, quote);
      return line;
    });
    const place = record.querySelector(".standing");
    place.replaceChildren(...place.querySelectorAll(".added"), ...lines);
    if (answer.data.pending) this.#counting(record);
    this.#page.dim();
    this.#page.count();
    this.offer(record);
    return record;
  }

  /** Say of the facts of a record that they are being counted again. */
  #counting(record) {
    for (const line of record.querySelectorAll(".tofact:not(.counting)")) {
      const note = document.createElement("span");
      note.className = "small";
      note.textContent = ` ${this.#page.sentences.counting}`;
      line.append(note);
      line.classList.add("counting");
    }
  }

  /** The record as the program shows it now. */
  async #fetched(id) {
    const answer = await fetch(`/documents/${this.#page.desk.dataset.doc}?claim=${id}`, { headers: { accept: "text/html" } });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(`claim-${id}`);
  }

  async #anew(record) {
    this.close({ focus: false });
    const fresh = await this.#fetched(record.id.replace("claim-", ""));
    if (fresh) this.#page.choose(this.#page.replace(document.adoptNode(fresh)), { focus: true });
    return fresh;
  }

  async #bring(id) {
    const fresh = document.getElementById(`claim-${id}`) ? null : await this.#fetched(id);
    if (!fresh) return null;
    fresh.querySelector(".plainly")?.remove();
    fresh.classList.remove("out", "chosen");
    this.#page.add(document.adoptNode(fresh), this.#notesAt(fresh));
    return fresh;
  }

  #notesAt(record) {
    const pair = this.#page.text.paragraphAt(this.#page.placesOf(record)[0]).node.parentElement;
    let notes = pair.querySelector(".notes");
    if (!notes) {
      notes = document.createElement("div");
      notes.className = "notes";
      pair.append(notes);
    }
    return notes;
  }

  /** Close what stands open. */
  close({ focus = true } = {}) {
    if (this.#page.chooser.on) this.#page.chooser.stop(false);
    const open = this.#form;
    this.#form?.remove();
    this.#form = null;
    if (this.bar) this.bar.hidden = false;
    if (this.#adding.fold() && focus) this.#page.current()?.focus({ preventScroll: true });
    if (open && focus) this.#page.current()?.focus({ preventScroll: true });
    if (!open && focus) hush();
  }

  /** A new claim: from these places, from what is selected, or from words to be chosen now. */
  begin(places = null) {
    this.#adding.begin(places);
  }

  async undo() {
    if (this.#mayNot()) return;
    await this.#sending;
    const answer = await send("/claims/undo", {});
    say(answer.says, { wrong: !answer.ok });
    const record = answer.ok ? document.getElementById(`claim-${answer.data.claim}`) : null;
    if (record) await this.#anew(record);
    if (answer.ok) this.#gone(answer.data.gone ?? []);
  }

  /** A claim that was added is taken back: it is no claim any more. */
  #gone(ids) {
    for (const id of ids) {
      const record = document.getElementById(`claim-${id}`);
      if (record) this.#page.remove(record);
    }
  }

  // Splitting

  split() {
    const record = this.#page.current();
    if (this.#sending || this.#mayNot() || !record?.dataset.n) return;
    this.close({ focus: false });
    const [start, end] = this.#page.placesOf(record);
    say(this.#page.sentences.splitting);
    this.#page.chooser.begin({
      at: Math.floor((start + end) / 2),
      within: [start, end],
      told: () => {},
      left: () => record.focus({ preventScroll: true }),
      taken: ([at]) => {
        const form = this.ask("split");
        form.dataset.at = at;
        const [one, two] = form.querySelectorAll(".halves li");
        one.textContent = this.#page.text.words(start, at).trim();
        two.textContent = this.#page.text.words(at, end).trim();
      },
    });
  }

  /** An added claim stands beside the text once the program has taken it in: look for it until then, a minute at most. */
  async #await(id, { focus = false } = {}) {
    for (let pause = 500; pause < 20_000; pause *= 1.5) {
      const held = document.activeElement === this.#page.current();
      const fresh = await this.#bring(id);
      if (fresh && focus && held) this.#page.choose(fresh, { focus: true, bring: true });
      if (fresh) return;
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}
