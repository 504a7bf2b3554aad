// Every span against the words, and every count of origins derived again: the rule of publish/recompute.py, step for step.

const DECIDES = { confirmed: ['accept', 'add'], disputed: ['dispute', 'reject'] };

function connected(ids, pairs) {
  const near = new Map(ids.map((id) => [id, new Set()]));
  for (const [one, two] of pairs) {
    if (near.has(one) && near.has(two)) {
      near.get(one).add(two);
      near.get(two).add(one);
    }
  }
  const seen = new Set();
  const groups = [];
  for (const start of near.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const group = [];
    for (const stack = [start]; stack.length; ) {
      const here = stack.pop();
      group.push(here);
      for (const other of near.get(here)) {
        if (!seen.has(other)) {
          seen.add(other);
          stack.push(other);
        }
      }
    }
    groups.push(sorted(group));
  }
  return groups;
}

const told = (groups) => sorted(groups.map((group) => JSON.stringify(group))).join('\n');

// Whether a group gets a text of its own, moving others where that makes room.
function placed(start, texts, taken) {
  const cameFrom = new Map();
  for (const waiting = [start]; waiting.length; ) {
    const group = waiting.shift();
    for (let text of texts[group]) {
      if (cameFrom.has(text)) continue;
      cameFrom.set(text, group);
      if (taken.has(text)) {
        waiting.push(taken.get(text));
        continue;
      }
      const held = new Map([...taken].map(([other, one]) => [one, other]));
      for (;;) {
        const mover = cameFrom.get(text);
        taken.set(text, mover);
        if (mover === start) return true;
        text = held.get(mover);
      }
    }
  }
  return false;
}

const countText = ([low, high, unknown]) => `${low} to ${high} origins and ${unknown} unknown`;

class Recount {
  constructor(rows, words) {
    this.rows = rows;
    this.words = words;
    this.problems = [];
    this.spans = 0;
    this.claims = new Map(rows.get('claims').map((row) => [row.id, row]));
    this.ties = new Map();
    const pairs = [];
    for (const edge of rows.get('lineage')) {
      if (edge.state === 'disputed') continue;
      if (edge.level === 'document' && RULES.one_text.includes(edge.kind)) pairs.push([edge.from, edge.to]);
      if (edge.level === 'claim') this.ties.set(edge.from, [...(this.ties.get(edge.from) || []), edge.to]);
    }
    this.textOf = new Map();
    for (const part of connected(rows.get('documents').map((row) => row.id), pairs)) for (const doc of part) this.textOf.set(doc, part[0]);
  }

  say(code, where, values) {
    this.problems.push(problem(code, where, values));
  }

  run() {
    for (const claim of this.claims.values()) this.quoted(`claim ${claim.id}`, claim);
    for (const edge of this.rows.get('lineage')) for (const span of edge.evidence) this.quoted(`edge ${edge.id}`, span);
    for (const fact of this.rows.get('facts'))
      for (const group of fact.origins.groups) for (const access of group.access) this.quoted(`fact ${fact.id}`, access);
    this.judged();
    for (const fact of this.rows.get('facts')) this.counted(fact);
    return this;
  }

  quoted(owner, span) {
    this.spans++;
    const found = this.words(span.doc, span.start, span.end);
    if (found !== span.quote) this.say(found === null ? 'span.document' : 'span.words', owner, span);
  }

  judged() {
    const rows = this.rows.get('judgements').filter((row) => row.in_force !== false);
    const replaced = new Set(rows.flatMap((row) => (row.supersedes || '').split(/\s+/)));
    const last = new Map();
    for (const row of rows) {
      if (replaced.has(row.id) || row.decision === 'withdraw') continue;
      last.set(row.target, last.has(row.target) && last.get(row.target) !== row.decision ? null : row.decision);
    }
    for (const edge of this.rows.get('lineage')) {
      const wanted = Object.hasOwn(DECIDES, edge.state) ? DECIDES[edge.state] : null;
      const decision = last.get(edge.id) ?? undefined;
      if (wanted && !wanted.includes(decision)) this.say('edge.unjudged', `edge ${edge.id}`, { state: edge.state });
      if (!wanted && decision !== undefined) this.say('edge.judgement', `edge ${edge.id}`, { decision });
    }
  }

  counted(fact) {
    const name = `fact ${fact.id}`;
    const { groups } = fact.origins;
    const strange = fact.claims.filter((claim) => !this.claims.has(claim));
    if (strange.length) this.say('count.claims', name, { number: strange.length });
    const given = groups.map((group) => sorted(group.claims));
    let expected;
    if (fact.opinion) expected = [0, 0, 0];
    else if (fact.kind === 'publication_event') {
      expected = [1, 1, 0];
      const flat = given.sort((one, two) => (one.join() < two.join() ? -1 : 1)).flat();
      if (flat.join('\n') !== sorted(fact.claims).join('\n')) this.say('count.publication', name);
    } else {
      const parts = connected(fact.claims, fact.claims.flatMap((one) => (this.ties.get(one) || []).map((two) => [one, two])));
      if (told(parts) !== told(given)) this.say('count.groups', name, { found: parts.length, shown: given.length });
      const hidden = new Set(groups.flatMap((group) => group.hidden));
      const unknown = parts.filter((part) => part.every((claim) => hidden.has(claim))).flat().length;
      expected = [Math.max(1, this.matching(groups)), parts.length, unknown];
    }
    this.strays(name, groups);
    const said = [fact.origins.min, fact.origins.max, fact.origins.unknown];
    if (countText(said) !== countText(expected)) this.say('count.wrong', name, { said: countText(said), found: countText(expected) });
  }

  strays(name, groups) {
    for (const group of groups) {
      for (const access of group.access) {
        const claim = this.claims.get(access.claim);
        if (!group.claims.includes(access.claim) || !claim || claim.doc !== access.doc) this.say('count.access', name, { label: group.label });
      }
    }
  }

  matching(groups) {
    const texts = groups
      .filter((group) => !group.claims.every((claim) => group.hidden.includes(claim)))
      .map((group) => sorted(new Set(group.access.map(({ doc, told_in: page }) => this.textOf.get(page || doc) || page || doc))));
    const taken = new Map();
    return texts.filter((_, start) => placed(start, texts, taken)).length;
  }
}
