// The text of a document and its places: Unicode code points into the whole document, as the program counts them.
// In a page they are found again from the start of each paragraph; what is written out for a hidden character counts as that character.
"use strict";

const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]/;
const points = (text) => (ASTRAL.test(text) ? [...text].length : text.length);
const GAP = "\ufffc";

/** UTF-16 units of a text up to a code point. */
const unitsTo = (text, count) => (ASTRAL.test(text) ? [...text].slice(0, count).join("").length : count);

class Paragraph {
  constructor(node) {
    this.node = node;
    this.start = Number(node.dataset.s);
    this.leaves = [];
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, {
      acceptNode: (one) => {
        if (one.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
        if (one.matches("a.ref")) return NodeFilter.FILTER_REJECT;
        return one.matches("i[data-n]") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
      },
    });
    let at = this.start;
    const parts = [];
    while (walker.nextNode()) {
      const one = walker.currentNode;
      if (one.parentElement.matches("i[data-n]")) continue;
      const text = one.nodeType === Node.TEXT_NODE ? one.data : GAP.repeat(Number(one.dataset.n));
      this.leaves.push({ node: one, start: at, end: at + points(text), text, whole: one.nodeType !== Node.TEXT_NODE });
      parts.push(text);
      at += points(text);
    }
    this.end = at;
    this.text = parts.join("");
  }

  /** The place at a point of the page inside this paragraph. */
  placeAt(container, offset) {
    for (const leaf of this.leaves) {
      if (leaf.node === container && !leaf.whole) return leaf.start + points(leaf.text.slice(0, offset));
      if (leaf.whole && leaf.node.contains(container)) return leaf.start;
    }
    const child = container.childNodes[offset];
    if (!child) {
      const inside = this.leaves.filter((leaf) => container.contains(leaf.node));
      return inside.length ? inside[inside.length - 1].end : this.end;
    }
    const next = this.leaves.find((leaf) => child.contains(leaf.node) || child.compareDocumentPosition(leaf.node) & Node.DOCUMENT_POSITION_FOLLOWING);
    return next ? next.start : this.end;
  }

  /** The point of the page at a place; `end` gives the end of the leaf before rather than the beginning of the one behind. */
  pointAt(place, end) {
    const leaf = this.leaves.find((one) => (end ? place <= one.end : place < one.end)) ?? this.leaves[this.leaves.length - 1];
    if (leaf.whole) {
      const index = [...leaf.node.parentNode.childNodes].indexOf(leaf.node);
      return [leaf.node.parentNode, place <= leaf.start ? index : index + 1];
    }
    return [leaf.node, unitsTo(leaf.text, Math.max(0, Math.min(place, leaf.end) - leaf.start))];
  }

  /** Stretches of the text: words or sentences, as [start, end] places. Words are found in every script, with or without spaces. */
  stretches(granularity) {
    const key = `_${granularity}`;
    this[key] ??= segments(this.text, this.node.lang, granularity).map(([low, high]) => {
      const start = this.start + points(this.text.slice(0, low));
      return [start, start + points(this.text.slice(low, high))];
    });
    return this[key];
  }
}

function segments(text, lang, granularity) {
  const out = [];
  if (typeof Intl.Segmenter !== "function") {
    const pattern = granularity === "word" ? /[\p{L}\p{N}\p{M}]+/gu : /[^.!?。！？]+[.!?。！？]*/gu;
    for (const found of text.matchAll(pattern)) out.push([found.index, found.index + found[0].length]);
  } else {
    let segmenter;
    try {
      segmenter = new Intl.Segmenter(lang || undefined, { granularity });
    } catch {
      segmenter = new Intl.Segmenter(undefined, { granularity });
    }
    for (const one of segmenter.segment(text)) {
      if (granularity !== "word" || one.isWordLike || /[█▇■\ufffc]/.test(one.segment)) out.push([one.index, one.index + one.segment.length]);
    }
  }
  return out
    .map(([low, high]) => [low + (text.slice(low, high).length - text.slice(low, high).trimStart().length), low + text.slice(low, high).trimEnd().length])
    .filter(([low, high]) => low < high);
}

export class Text {
  constructor(root) {
    this.root = root;
    this.paragraphs = [...root.querySelectorAll("p.text")].map((node) => new Paragraph(node)).filter((one) => one.leaves.length);
  }

  /** The paragraph that holds a place, or the nearest before it. */
  paragraphAt(place) {
    let found = this.paragraphs[0];
    for (const one of this.paragraphs) if (one.start <= place) found = one;
    return found;
  }

  /** The stretch of the page between two places. */
  range(start, end) {
    const range = document.createRange();
    range.setStart(...this.paragraphAt(start).pointAt(start, false));
    range.setEnd(...this.paragraphAt(Math.max(start, end - 1)).pointAt(end, true));
    return range;
  }

  /** [start, end] of what is selected in the text, without white space at its edges; nothing where no words of it are. */
  selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const inside = this.paragraphs.filter((one) => range.intersectsNode(one.node));
    if (!inside.length) return null;
    const [first, last] = [inside[0], inside[inside.length - 1]];
    const start = first.node.contains(range.startContainer) ? first.placeAt(range.startContainer, range.startOffset) : first.start;
    const end = last.node.contains(range.endContainer) ? last.placeAt(range.endContainer, range.endOffset) : last.end;
    return this.trimmed(start, end);
  }

  trimmed(start, end) {
    const all = this.words(start, end);
    const before = all.length - all.trimStart().length;
    const low = start + points(all.slice(0, before));
    const high = end - points(all.slice(all.trimEnd().length));
    return low < high ? [low, high] : null;
  }

  /** The words between two places as the page shows them; between paragraphs stands a line end. */
  words(start, end) {
    const out = [];
    for (const one of this.paragraphs) {
      if (one.end <= start || one.start >= end) continue;
      const low = unitsTo(one.text, Math.max(0, start - one.start));
      const high = unitsTo(one.text, Math.min(one.end, end) - one.start);
      if (out.length) out.push("\n");
      out.push(one.text.slice(low, high));
    }
    return out.join("");
  }

  /** Mark places in the page without changing it; an empty list takes the mark away. */
  show(name, places) {
    if (typeof Highlight !== "function" || !CSS.highlights) return;
    const ranges = places.filter(([low, high]) => low < high && this.holds(low)).map(([low, high]) => this.range(low, high));
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }

  /** Whether a place is in the part of the text that this page shows. */
  holds(place) {
    return this.paragraphs.length > 0 && place >= this.paragraphs[0].start && place < this.paragraphs[this.paragraphs.length - 1].end;
  }

  /** Height of a place on the screen. */
  top(place) {
    return this.range(place, place + 1).getBoundingClientRect().top;
  }
}
