// Adding what the program missed: the words, the voices that say it, the form. Deciding says when, and what became of it.
"use strict";

import { finding, hush } from "./reader-forms.js";
import { fieldsOf, say, send } from "./send.js";

export class Adding {
  #page;
  #hands;
  #box = document.getElementById("adding");
  #form = document.getElementById("adding-form");
  #back = null;
  #words = null;

  /** `hands`: mayNot, busy, sending, close, added; what deciding does for this. */
  constructor(page, hands) {
    this.#page = page;
    this.#hands = hands;
    document.addEventListener("selectionchange", () => this.#selected());
    if (this.#form) this.#prepare();
  }

  #prepare() {
    const form = this.#form;
    this.#back = this.#box.parentElement;
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
      if (!this.#hands.busy()) this.#hands.sending(this.#send());
    });
    this.#box.classList.add("scripted");
  }

  #selected() {
    const take = this.#page.panel.querySelector(".take");
    if (take) take.hidden = this.#page.chooser.on || !this.#page.text.selected();
  }

  begin(places) {
    if (this.#hands.mayNot() || !this.#form) return;
    const chosen = places ?? this.#page.text.selected();
    this.#hands.close();
    if (chosen) this.#open(chosen);
    else this.chooseWords();
  }

  /** Choose the words by keyboard: those that are chosen already, or from the record at hand on. */
  chooseWords() {
    const record = this.#page.current();
    say(this.#page.sentences.choosing);
    this.#page.chooser.begin({
      at: this.#words ?? (record ? this.#page.placesOf(record)[0] : this.#page.text.paragraphs[0].start),
      told: (words) => say(words),
      left: () => (this.#words ? this.#form.elements.kind.focus() : record?.focus({ preventScroll: true })),
      taken: (places) => this.#open(places),
    });
  }

  #open(places) {
    const form = this.#form;
    if (!this.#words) {
      form.reset();
      document.getElementById("adding-voices").replaceChildren();
    }
    this.#words = places;
    [form.elements.start.value, form.elements.end.value] = places;
    document.getElementById("adding-words").textContent = this.#page.text.words(...places);
    this.#page.text.show("chosen", [places]);
    this.#page.panel.prepend(this.#box);
    this.#box.classList.add("open");
    (form.querySelector("input.find") ?? form.elements.kind).focus({ preventScroll: true });
    hush();
  }

  /** Put the form away; whether it stood open. */
  fold() {
    if (!this.#box?.classList.contains("open")) return false;
    this.#box.classList.remove("open");
    this.#back?.append(this.#box);
    this.#words = null;
    this.#page.text.show("chosen", []);
    return true;
  }

  chooseVoice() {
    const kind = document.getElementById("voice-kind");
    say(this.#page.sentences.choosingvoice);
    this.#page.chooser.begin({
      at: this.#words[0],
      told: (words) => say(words),
      left: () => kind.focus(),
      taken: (places) => {
        document.getElementById("adding-voices").append(this.#voice(kind, places));
        this.#page.text.show("chosen", [this.#words]);
        hush();
        kind.focus();
      },
    });
  }

  #voice(kind, [start, end]) {
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
    return item;
  }

  async #send() {
    const fields = fieldsOf(this.#form, ["methods"]);
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
    this.#hands.close();
    this.#page.current()?.focus({ preventScroll: true });
    say(answer.says);
    this.#hands.added(answer.data.claim, fields.reason);
  }
}
