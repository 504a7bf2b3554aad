// Choosing words with the keyboard: arrows step over words and sentences, with Shift they choose more or fewer.
"use strict";

/**
 * Begin to choose words. `at` is a place to begin at, or [start, end] to begin with; `within` bounds what can be chosen.
 * `taken([start, end])` is called with the words, `left()` when it is given up, `told(text)` with what is chosen so far.
 */
export class Chooser {
  constructor(text) {
    this.text = text;
    this.on = false;
  }

  begin({ at, within = null, taken, left, told }) {
    Object.assign(this, { on: true, within, taken, left, told });
    const [start, end] = Array.isArray(at) ? at : this.#stretchAt(at, "word");
    this.start = start;
    this.end = end;
    this.movesEnd = true;
    document.body.classList.add("choosing");
    this.#draw();
  }

  stop(words) {
    if (!this.on) return;
    this.on = false;
    document.body.classList.remove("choosing");
    document.getSelection().removeAllRanges();
    this.text.show("chosen", []);
    if (words) this.taken([this.start, this.end]);
    else this.left();
  }

  /** Take a key; true when it was one of ours. */
  key(event) {
    if (!this.on || event.ctrlKey || event.metaKey || event.altKey) return false;
    const rightToLeft = getComputedStyle(this.text.paragraphAt(this.start).node).direction === "rtl";
    const on = rightToLeft ? "ArrowLeft" : "ArrowRight";
    const back = rightToLeft ? "ArrowRight" : "ArrowLeft";
    if (event.key === on) this.#step(1, "word", event.shiftKey);
    else if (event.key === back) this.#step(-1, "word", event.shiftKey);
    else if (event.key === "ArrowDown") this.#step(1, "sentence", event.shiftKey);
    else if (event.key === "ArrowUp") this.#step(-1, "sentence", event.shiftKey);
    else if (event.key === " ") this.#sentence();
    else if (event.key === "x") this.movesEnd = !this.movesEnd;
    else if (event.key === "Enter") this.stop(true);
    else if (event.key === "Escape") this.stop(false);
    else return false;
    if (this.on) this.#draw();
    return true;
  }

  #stretchAt(place, granularity) {
    const all = this.text.paragraphAt(place).stretches(granularity);
    return all.find(([low, high]) => place < high) ?? all[all.length - 1] ?? [place, place + 1];
  }

  /** All words (or sentences) around a place: those of its paragraph and of the ones beside it. */
  #near(place, granularity) {
    const at = this.text.paragraphs.indexOf(this.text.paragraphAt(place));
    return this.text.paragraphs.slice(Math.max(0, at - 2), at + 3).flatMap((one) => one.stretches(granularity));
  }

  #step(by, granularity, more) {
    const edge = more ? (this.movesEnd ? this.end : this.start) : by > 0 ? this.end : this.start;
    const all = this.#near(edge, granularity);
    if (!more) {
      const found = by > 0 ? all.find(([low]) => low >= this.#beginning(granularity)) : all.findLast(([low]) => low < this.start);
      if (found) [this.start, this.end] = this.#bounded(found);
      return;
    }
    if (this.movesEnd) {
      const found = by > 0 ? all.find(([, high]) => high > this.end) : all.findLast(([, high]) => high < this.end && high > this.start);
      if (found) this.end = this.#bounded(found)[1];
    } else {
      const found = by > 0 ? all.find(([low]) => low > this.start && low < this.end) : all.findLast(([low]) => low < this.start);
      if (found) this.start = this.#bounded(found)[0];
    }
  }

  /** From where on the next word or sentence may begin: behind the one that is chosen. */
  #beginning(granularity) {
    return Math.max(this.end, this.#stretchAt(this.start, granularity)[1]);
  }

  #sentence() {
    [this.start, this.end] = this.#bounded(this.#stretchAt(this.start, "sentence"));
    this.movesEnd = true;
  }

  #bounded([low, high]) {
    if (!this.within) return [low, high];
    const start = Math.min(Math.max(low, this.within[0]), this.within[1] - 1);
    return [start, Math.min(Math.max(high, start + 1), this.within[1])];
  }

  #draw() {
    const range = this.text.range(this.start, this.end);
    this.text.show("chosen", [[this.start, this.end]]);
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    const { top, bottom } = range.getBoundingClientRect();
    if (top < 60 || bottom > innerHeight * 0.55) window.scrollBy({ top: top - innerHeight * 0.3 });
    this.told(this.text.words(this.start, this.end));
  }
}
