// The whole check of a package, from its files to its conclusions.

class Looked {
  constructor(keys) {
    this.trusted = keys;
    this.steps = [];
    this.problems = [];
    this.notes = [];
    this.keys = [];
  }

  // Whether the step holds, so that the next one can stand on it.
  step(step, problems, values = {}) {
    const wrong = filled(RULES.tells.wrong, { number: problems.length });
    this.steps.push({ step, holds: !problems.length, says: problems.length ? wrong : filled(RULES.tells[step], values).trim() });
    this.problems.push(...problems);
    return !problems.length;
  }

  report(unknown = false) {
    const left = RULES.steps.slice(this.steps.length).map((step) => ({ step, holds: null, says: RULES.tells['not.looked'] }));
    const { problems, notes, keys } = this;
    return { holds: !problems.length, steps: [...this.steps, ...left], problems, notes, keys, unknown };
  }
}

async function verify(pack, keys = []) {
  const looked = new Looked(keys);
  if (!pack.sizes.has(SEAL_FILE)) {
    looked.problems.push(problem('package.unknown', 'package', { file: SEAL_FILE }));
    return looked.report(true);
  }
  try {
    await lookAt(pack, looked);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    looked.step(RULES.steps[looked.steps.length], [error.problem]);
  }
  return looked.report();
}

async function readSeal(pack) {
  const seal = await readJson(pack, SEAL_FILE, RULES.seal);
  if (seal.armslength_package !== RULES.version) refuse('package.unknown', 'package', { file: SEAL_FILE });
  return seal;
}

async function lookAt(pack, looked) {
  if (!looked.step('files', await checkFiles(pack), { files: pack.sizes.size })) return;
  const seal = await readSeal(pack);
  const shown = await checkProofs(pack, seal);
  const fields = sorted(shown.masked.keys()).map((field) => `${field} in ${shown.masked.get(field)}`);
  const masked = filled(RULES.tells[fields.length ? 'some.masked' : 'nothing.masked'], { fields: fields.join(', ') });
  const rows = [...shown.problems, ...(await badSources(pack))];
  if (!looked.step('rows', rows, { rows: shown.leaves.size, whole: seal.whole.rows, masked })) return;
  const custody = await lookAtLog(pack, looked, seal, shown);
  if (!custody) return;
  const found = new Recount(shown.rows, wordsIn(shown.texts)).run();
  const isSpan = (one) => one.code.startsWith('span.');
  if (!looked.step('words', found.problems.filter(isSpan), { spans: found.spans })) return;
  const wrong = [...found.problems.filter((one) => !isSpan(one)), ...unsealed(shown)];
  if (!looked.step('counts', wrong, { facts: shown.rows.get('facts').length })) return;
  await lookAtTime(pack, looked, custody);
}

async function lookAtLog(pack, looked, seal, shown) {
  const [release] = await readRows(pack, RELEASE_FILE, RULES.logged, 1);
  const signatures = await readRows(pack, SIGNATURES_FILE, { ...RULES.signer, signature: 'text' }, RULES.signers);
  const rows = shown.rows.get('log');
  const custody = checkCustody(rows, release, await pack.read(SEAL_FILE), seal, signatures);
  const known = [custody.keys[0], ...custody.releasers.map((row) => row.key)];
  looked.keys.push(...custody.keys, ...custody.releasers.map((row) => row.key));
  looked.notes.push(filled(RULES.tells.untrusted, { keys: looked.keys.join(', ') }));
  const logged = new Map(shown.rows.get('logged').map((row) => [row.id, row.seq]));
  const unjudged = shown.rows.get('judgements').filter(({ id }) => {
    const seq = logged.get(id);
    return seq === undefined || (custody.judged.has(seq) && custody.judged.get(seq) !== id);
  });
  const strangers = looked.trusted.filter((key) => !known.includes(isHash(key) ? keyName(key) : key));
  const problems = [
    ...custody.problems,
    ...unjudged.map((row) => problem('log.judgement', `judgement ${row.id}`)),
    ...strangers.map((key) => problem('key.untrusted', `key ${key}`)),
  ];
  const holds = looked.step('log', problems, {
    seq: release.seq,
    names: custody.releasers.map((row) => `${row.name} (key ${row.key})`).join(' and '),
    when: problems.length ? '' : readObject(release.entry).time,
    key: custody.keys[0] || '',
    entries: rows.filter((row) => row.entry !== null).length,
  });
  return holds ? custody : null;
}

function unsealed(shown) {
  const count = (row) => `${row.min} ${row.max} ${row.unknown}`;
  const sealed = new Map(shown.rows.get('origin_counts').map((row) => [row.id, count(row)]));
  const wrong = shown.rows.get('facts').filter((fact) => sealed.get(fact.id) !== count(fact.origins));
  return wrong.map((fact) => problem('count.sealed', `fact ${fact.id}`));
}

async function badSources(pack) {
  const out = [];
  for (const path of sorted(pack.sizes.keys())) {
    if (path.startsWith('data/sources/') && (await hashOf(pack, path)) !== path.split('/').at(-1)) out.push(problem('source.bytes', path));
  }
  return out;
}

const IMPRINT = fromHex('0609608648016503040201');

// The SHA-256 message imprints in a time stamp's reply (RFC 3161, 2.4.1), as hexadecimal.
function imprints(reply) {
  const found = [];
  for (let at = 0; at + IMPRINT.length + 34 <= reply.length; at++) {
    if (!IMPRINT.every((byte, i) => reply[at + i] === byte)) continue;
    let here = at + IMPRINT.length;
    if (reply[here] === 5 && reply[here + 1] === 0) here += 2;
    if (reply[here] === 4 && reply[here + 1] === 32 && here + 34 <= reply.length) found.push(hexOf(reply.subarray(here + 2, here + 34)));
  }
  return found;
}

async function lookAtTime(pack, looked, custody) {
  const problems = [];
  const over = new Set();
  let unchecked = 0;
  for (const [file, reply] of custody.stamps) {
    const path = `timestamps/${file}`;
    if (!pack.sizes.has(path) || (await hashOf(pack, path)) !== reply) problems.push(problem('stamp.lost', path));
  }
  for (const path of sorted(pack.sizes.keys()).filter((one) => one.startsWith('timestamps/') && one.endsWith('.tsr'))) {
    const name = /^timestamps\/([1-9][0-9]*)(?:-[0-9]+)?\.tsr$/.exec(path);
    const hash = name && custody.hashes.get(Number(name[1]));
    if (!hash) problems.push(problem('stamp.entry', path));
    else if (!imprints(await pack.read(path)).includes(hash)) problems.push(problem('stamp.over', path));
    else {
      over.add(Number(name[1]));
      unchecked++;
    }
  }
  if (problems.length) looked.step('time', problems);
  else {
    const numbers = [...over].sort((one, two) => one - two).join(', ');
    const says = filled(RULES.tells[unchecked ? 'time.unchecked' : 'time.none'], { unchecked, over: numbers });
    looked.steps.push({ step: 'time', holds: null, says });
  }
}
