// The rows of a package, each held against the root of the sealed whole (RFC 6962, with salts).

const PIECE = 64;
const PROOF_FILE = 'data/seals/proof.json';
const [ZERO_BYTE, ONE_BYTE, TWO_BYTE] = [Uint8Array.of(0), Uint8Array.of(1), Uint8Array.of(2)];

const leafOf = (...parts) => sha256(joined(ZERO_BYTE, ...parts));
const nodeOf = (left, right) => sha256(joined(ONE_BYTE, left, right));
const saltOf = (seed, name) => sha256(joined(TWO_BYTE, seed, bytesOf(name)));
const fieldLeaf = (salt, name, text) => leafOf(salt, bytesOf(`"${name}":${text}`));
const pieceLeaf = (salt, words) => leafOf(salt, bytesOf(words));

function piecesOf(text) {
  const signs = Array.from(text);
  const out = [];
  for (let at = 0; at < signs.length; at += PIECE) out.push(signs.slice(at, at + PIECE).join(''));
  return out.length ? out : [''];
}

function rootOf(leaves) {
  if (!leaves.length) return sha256(new Uint8Array(0));
  let level = leaves;
  while (level.length > 1) {
    const above = [];
    for (let at = 0; at + 1 < level.length; at += 2) above.push(nodeOf(level[at], level[at + 1]));
    if (level.length % 2) above.push(level.at(-1));
    level = above;
  }
  return level[0];
}

const rowLeaf = (table, nodes) => leafOf(bytesOf(`["${table}","${hexOf(rootOf(nodes))}"]`));

// The root over `size` leaves from those shown and a proof; null when the proof has too few hashes or too many.
function climb(size, shown, hidden) {
  const places = Float64Array.from(shown.keys()).sort();
  if (size < 1 || (places.length && places.at(-1) >= size)) return null;
  let next = 0;
  const up = (low, high, first, last) => {
    if (first === last) return hidden[next++] || null;
    if (high - low === 1) return shown.get(low);
    let half = 1;
    while (half * 2 < high - low) half *= 2;
    let middle = first;
    let end = last;
    while (middle < end) {
      const here = (middle + end) >> 1;
      if (places[here] < low + half) middle = here + 1;
      else end = here;
    }
    const one = up(low, low + half, first, middle);
    const two = up(low + half, high, middle, last);
    return one && two ? nodeOf(one, two) : null;
  };
  const found = up(0, size, 0, places.length);
  return next === hidden.length ? found : null;
}

class Found {
  constructor() {
    this.rows = new Map(RULES.needed.map((name) => [name, []]));
    this.leaves = new Map();
    this.masked = new Map();
    this.problems = [];
    this.texts = new Map();
    this.passages = new Map();
    this.counts = new Map();
  }

  say(code, where, values) {
    this.problems.push(problem(code, where, values));
  }
}

async function* rowsOf(pack, path, shape, found) {
  const seen = new Set();
  let number = 0;
  for (const [row, texts] of readLines(await pack.read(path), path, shape === RULES.marks ? readWhole : readFields)) {
    number++;
    const wrong = misshapen(row, shape);
    if (wrong !== null) refuse('shape.wrong', `${path} line ${number}`, { field: wrong });
    if (seen.has(row.id)) found.say('row.twice', `${path} ${row.id}`);
    seen.add(row.id);
    found.counts.set(path, number);
    yield [row, texts];
  }
}

const tableNames = (pack, pattern) =>
  sorted(pack.sizes.keys())
    .map((path) => pattern.exec(path))
    .filter(Boolean)
    .map((match) => match[1]);

async function checkProofs(pack, seal) {
  const found = new Found();
  const tables = tableNames(pack, /^data\/([a-z][a-z0-9_]*)\.jsonl$/);
  for (const table of ['passages', ...tables.filter((name) => name !== 'passages')]) {
    const path = `data/${table}.jsonl`;
    if (!pack.sizes.has(path)) continue;
    const rows = rowsOf(pack, path, RULES.shapes[table] || RULES.any_row, found);
    if (table === 'passages') await keepPassages(rows, found);
    else if (RULES.unsealed.includes(table)) for await (const _ of rows);
    else await checkTable(pack, table, rows, found);
  }
  for (const name of tableNames(pack, /^data\/seals\/([a-z][a-z0-9_]*)\.jsonl$/))
    if (!tables.includes(name)) found.say('proof.extra', `data/seals/${name}.jsonl`);
  await checkRoot(pack, seal, found);
  checkTables(seal, tables, found);
  return found;
}

async function keepPassages(rows, found) {
  for await (const [row] of rows) {
    if (row.id !== `${row.doc}:${row.piece}` || Array.from(row.text).length > PIECE) found.say('passage.wrong', `passage ${row.id}`);
    found.passages.set(`${row.doc}:${row.piece}`, row.text);
  }
}

async function checkTable(pack, table, rows, found) {
  const path = `data/seals/${table}.jsonl`;
  const marks = new Map();
  if (pack.sizes.has(path)) for await (const [mark] of rowsOf(pack, path, RULES.marks, found)) marks.set(mark.id, mark);
  for await (const [row, texts] of rows) {
    const where = `${table} ${row.id}`;
    const mark = marks.get(row.id);
    marks.delete(row.id);
    if (mark === undefined) found.say('proof.missing', where);
    else checkRow(table, row, texts, mark, found, where);
    if (found.rows.has(table)) found.rows.get(table).push(row);
  }
  for (const name of sorted(marks.keys())) found.say('proof.extra', `${table} ${name}`);
}

function checkRow(table, row, texts, mark, found, where) {
  const [nodes, masked] = nodesOf(table, row, texts, mark, found);
  const leaf = nodes.includes(null) ? '' : hexOf(rowLeaf(table, nodes));
  if (leaf !== mark.leaf || found.leaves.has(mark.at)) found.say('proof.row', where);
  found.leaves.set(mark.at, unhex(mark.leaf) || new Uint8Array(0));
  for (const name of masked) found.masked.set(`${table}.${name}`, (found.masked.get(`${table}.${name}`) || 0) + 1);
  if (table === 'documents' && !masked.includes('id') && !masked.includes('text')) {
    const words = found.texts.get(row.id) || [];
    if (words.length && !words.includes(null) && hexOf(sha256(bytesOf(words.join('')))) !== row.id) found.say('document.id', where);
  }
  if (table === 'origin_counts' && ['min', 'max', 'unknown'].some((name) => masked.includes(name))) found.say('count.sealed', `fact ${row.id}`);
}

function nodesOf(table, row, texts, mark, found) {
  const seed = unhex(mark.seed);
  const isText = (name) => table === 'documents' && name === 'text';
  if (seed) {
    const nodes = [...texts].map(([name, text]) => {
      const salt = saltOf(seed, name);
      if (!isText(name) || row.text === null) return fieldLeaf(salt, name, text);
      const cut = piecesOf(row.text);
      found.texts.set(row.id, cut);
      return rootOf(cut.map((words, at) => pieceLeaf(saltOf(salt, String(at)), words)));
    });
    return [nodes, []];
  }
  const fields = isObject(mark.fields) ? mark.fields : Object.create(null);
  const masked = [];
  const nodes = [...texts].map(([name, text]) => {
    if (isText(name)) {
      const [node, whole] = pieceNodes(row, mark.text, found);
      if (!whole) masked.push(name);
      return node;
    }
    const [kind, value] = readMark(fields[name]);
    if (kind === 'leaf') masked.push(name);
    return kind === 'salt' && value ? fieldLeaf(value, name, text) : value;
  });
  return [nodes, masked];
}

function pieceNodes(row, marks, found) {
  const given = Array.isArray(marks) ? marks.map(readMark) : [];
  const whole = row.text === null ? null : piecesOf(row.text);
  if (whole && whole.length !== given.length) return [null, false];
  const words =
    whole ||
    given.map((_, at) => {
      const name = `${row.id}:${at}`;
      const shown = found.passages.get(name);
      found.passages.delete(name);
      return shown === undefined ? null : shown;
    });
  found.texts.set(row.id, words);
  const nodes = [];
  let masked = false;
  for (const [at, [kind, value]] of given.entries()) {
    const shown = words[at];
    const short = shown !== null && Array.from(shown).length < PIECE && at + 1 < given.length;
    if (!value || short || (kind === 'salt' && shown === null)) return [null, false];
    nodes.push(kind === 'salt' ? pieceLeaf(value, shown) : value);
    masked = masked || (kind === 'leaf' && shown !== null);
  }
  return [nodes.length ? rootOf(nodes) : null, !masked];
}

const readMark = (mark) =>
  Array.isArray(mark) && mark.length === 2 && (mark[0] === 'salt' || mark[0] === 'leaf') ? [mark[0], unhex(mark[1])] : ['', null];

async function checkRoot(pack, seal, found) {
  const proof = await readJson(pack, PROOF_FILE, { size: 'whole number', hidden: ['text'] });
  const hidden = proof.hidden.map(unhex);
  const top = hidden.includes(null) ? null : climb(proof.size, found.leaves, hidden);
  if (!top || hexOf(top) !== seal.whole.root || proof.size !== seal.whole.rows) found.say('proof.root', PROOF_FILE);
  for (const name of sorted(found.passages.keys())) found.say('passage.wrong', `passage ${name}`);
}

function checkTables(seal, tables, found) {
  const wanted = new Set([...RULES.needed, ...Object.keys(seal.tables)]);
  for (const name of sorted([...wanted].filter((one) => !tables.includes(one)))) found.say('file.missing', `data/${name}.jsonl`);
  for (const name of tables) {
    const path = `data/${name}.jsonl`;
    const said = name in seal.tables ? seal.tables[name] : 0;
    const here = found.counts.get(path) || 0;
    if (said !== here) found.say('seal.table', path, { said: pythonText(said), found: here });
  }
}

function wordsIn(texts) {
  return (doc, start, end) => {
    const parts = texts.get(doc);
    if (parts === undefined || start > end) return null;
    const first = Math.floor(start / PIECE);
    const last = Math.floor(Math.max(start, end - 1) / PIECE);
    const found = parts.slice(first, last + 1);
    if (found.includes(null) || found.length <= last - first) return null;
    return Array.from(found.join('')).slice(start - first * PIECE, end - first * PIECE).join('');
  };
}
