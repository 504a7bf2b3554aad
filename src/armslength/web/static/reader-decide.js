// Deciding about claims in place: accept, reject, edit, split, take back, add. What is kept and what is not is the program's word.
"use strict";

import { fill, finding, hush, proposeReason } from "./reader-forms.js";
import { fieldsOf, say, send } from "./send.js";

const copyOf = (id) => document.getElementById(id)?.content.firstElementChild.cloneNode(true) ?? null;

export class Deciding {
  #page;
  #form = null;
  #reasons;
  #adding = document.getElementById("adding");
  #addingForm = document.getElementById("adding-form");
  #words = null;
  #back = null;
  #sending = null;

  constructor(page) {
    this.#page = page;
    this.#reasons = JSON.parse(document.getElementById("reasons")?.dataset.reasons ?? "{}");
    this.bar = copyOf("bar");
    page.panel.addEventListener("click", (event) => this.#pressed(event));
    document.addEventListener("selectionchange", () => this.#selected());
    if (this.#addingForm) this.#prepareAdding();
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
      words: () => this.#chooseWords(this.#words),
      voice: () => this.#chooseVoice(),
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
      if (this.#sending) return;
      this.#sending = this.#send(record, decision, form).finally(() => {
        this.#sending = null;
      });
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

  /** The state changes at once; where values were read otherwise, the record is asked for anew. */
  async #keep(record, answer) {
    const now = answer.data.record;
    const plain = now && !now.readings.length && !record.querySelector(".reading-of");
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
    if (this.#adding?.classList.contains("open")) {
      this.#adding.classList.remove("open");
      this.#back?.append(this.#adding);
      this.#words = null;
      this.#page.text.show("chosen", []);
      if (focus) this.#page.current()?.focus({ preventScroll: true });
    }
    if (open && focus) this.#page.current()?.focus({ preventScroll: true });
    if (!open && focus) hush();
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

  // Adding

  #prepareAdding() {
    const form = this.#addingForm;
    this.#back = this.#adding.parentElement;
    const take = document.createElement("button");
    take.type = "button";
    take.dataset.do = "take";
    take.className = "take";
    take.hidden = true;
    take.textContent = this.#page.sentences.take;
    this.#page.panel.prepend(take);
    take.addEventListener("pointerdown", (event) => event.preventDefault());
    for (const one of form.querySelectorAll(".chosen, .choosing-voice, [data-do=close]")) one.hidden = false;
    for (const one of form.querySelectorAll(".words, .lines")) one.hidden = true;
    form.querySelector('[name="words"]').required = false;
    for (const name of ["start", "end"]) form.elements[name].disabled = false;
    finding(form.querySelector("select[data-find]"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#sending) return;
      this.#sending = this.#add().finally(() => {
        this.#sending = null;
      });
    });
    this.#adding.classList.add("scripted");
  }

  #selected() {
    const take = this.#page.panel.querySelector(".take");
    if (take) take.hidden = this.#page.chooser.on || !this.#page.text.selected();
  }

  /** A new claim: from these places, from what is selected, or from words to be chosen now. */
  begin(places = null) {
    if (this.#mayNot() || !this.#addingForm) return;
    const chosen = places ?? this.#page.text.selected();
    this.close({ focus: false });
    if (chosen) this.#open(chosen);
    else this.#chooseWords(null);
  }

  #chooseWords(from) {
    const record = this.#page.current();
    say(this.#page.sentences.choosing);
    this.#page.chooser.begin({
      at: from ?? (record ? this.#page.placesOf(record)[0] : this.#page.text.paragraphs[0].start),
      told: (words) => say(words),
      left: () => (this.#words ? this.#addingForm.elements.kind.focus() : record?.focus({ preventScroll: true })),
      taken: (places) => this.#open(places),
    });
  }

  #open(places) {
    const form = this.#addingForm;
    if (!this.#words) {
      form.reset();
      document.getElementById("adding-voices").replaceChildren();
    }
    this.#words = places;
    [form.elements.start.value, form.elements.end.value] = places;
    document.getElementById("adding-words").textContent = this.#page.text.words(...places);
    this.#page.text.show("chosen", [places]);
    this.#page.panel.prepend(this.#adding);
    this.#adding.classList.add("open");
    (form.querySelector("input.find") ?? form.elements.kind).focus({ preventScroll: true });
    hush();
  }

  #chooseVoice() {
    const kind = document.getElementById("voice-kind");
    say(this.#page.sentences.choosingvoice);
    this.#page.chooser.begin({
      at: this.#words[0],
      told: (words) => say(words),
      left: () => kind.focus(),
      taken: ([start, end]) => {
        const item = document.createElement("li");
        item.dataset.voice = `${kind.value}@${start}-${end}`;
        const remove = document.createElement("button");
        remove.type = "button";
        remove.textContent = this.#page.sentences.remove;
        remove.addEventListener("click", () => {
          item.remove();
          kind.focus();
        });
        const words = document.createElement("q");
        words.textContent = this.#page.text.words(start, end);
        item.append(words, ` (${kind.selectedOptions[0].textContent}) `, remove);
        document.getElementById("adding-voices").append(item);
        this.#page.text.show("chosen", [this.#words]);
        hush();
        kind.focus();
      },
    });
  }

  async #add() {
    const form = this.#addingForm;
    const fields = fieldsOf(form, ["methods"]);
    delete fields.words;
    fields.start = this.#words[0];
    fields.end = this.#words[1];
    fields.voices = [...document.querySelectorAll("#adding-voices li")].map((item) => item.dataset.voice).join("\n");
    const answer = await send(`/documents/${this.#page.desk.dataset.doc}/claims`, fields);
    if (!answer.ok) {
      say(answer.says, { wrong: true });
      if (answer.status === 403) location.href = `/you?then=/documents/${this.#page.desk.dataset.doc}`;
      return;
    }
    this.#remember("add", fields.reason);
    this.close({ focus: false });
    this.#page.current()?.focus({ preventScroll: true });
    say(answer.says);
    this.#await(answer.data.claim, { focus: true });
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
