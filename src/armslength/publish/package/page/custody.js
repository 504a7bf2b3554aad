// The custody log's part: entries shown, keys and their history, the entry of the release, the releasers' signatures.

const SEAL_MESSAGE = 'armslength release 1\n';
const ABOUT_KEYS = ['case.created', 'key.created', 'key.rotated', 'release.made'];
const FIRST_KEY = { 1: 'case.created', 2: 'key.created' };

const isHash = (text) => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
const unhex = (text) => (isHash(text) ? fromHex(text) : null);
const keyName = (key) => (isHash(key) ? hexOf(sha256(fromHex(key))).slice(0, 16) : '');
const pythonText = (value) => (value === undefined || value === null ? 'None' : String(value));

function checkSignature(key, signature, message) {
  if (!isHash(key) || typeof signature !== 'string' || !/^[0-9a-f]{128}$/.test(signature)) return false;
  return signedBy(fromHex(key), fromHex(signature), message);
}

// Texts one after the other, each with its length: what a rotation's proof is over.
function lengths(...parts) {
  return joined(
    ...parts.map((part) => {
      const data = bytesOf(part);
      const size = new Uint8Array(8);
      new DataView(size.buffer).setBigUint64(0, BigInt(data.length));
      return joined(bytesOf('s'), size, data);
    }),
  );
}

class Chain {
  constructor() {
    this.problems = [];
    this.publics = new Map();
    this.key = '';
    this.seq = 0;
    this.head = '0'.repeat(64);
    this.bodies = [];
    this.unchecked = RULES.signatures;
  }

  say(code, where, values) {
    this.problems.push(problem(code, where, values));
  }

  follow(row, where) {
    if (row.seq <= this.seq) this.say('log.order', where);
    if (row.entry !== null) this.entry(row, where);
    this.seq = row.seq;
    this.head = row.hash;
  }

  entry(row, where) {
    if (hexOf(sha256(bytesOf(row.entry))) !== row.hash) this.say('log.hash', where);
    let body = Object.create(null);
    try {
      body = readObject(row.entry);
    } catch (error) {
      if (!(error instanceof Bad)) throw error;
    }
    if (misshapen(body, RULES.entry) !== null || body.seq !== row.seq) {
      this.say('log.entry', where);
      return;
    }
    if (row.seq === this.seq + 1 && body.prev !== this.head) this.say('log.chain', where);
    if (!this.publics.size && FIRST_KEY[body.seq] === body.event) this.learn(body.data.public);
    if (!this.key || body.key !== this.key) this.say('log.key', where, { named: body.key, used: this.key || 'none' });
    else if (this.isChecked(body) && !checkSignature(this.publics.get(this.key), row.signature, unhex(row.hash) || new Uint8Array(0)))
      this.say('log.signature', where);
    if (body.event === 'key.rotated') this.nextKey(body, where);
    this.bodies.push(body);
  }

  isChecked(body) {
    if (ABOUT_KEYS.includes(body.event)) return true;
    this.unchecked--;
    return this.unchecked >= 0;
  }

  nextKey(body, where) {
    const key = body.data.public;
    const message = sha256(lengths('key rotation', this.key, body.subject, pythonText(key), body.prev));
    if (!isHash(key) || !checkSignature(key, body.data.proof, message) || keyName(key) !== body.subject) this.say('log.rotation', where);
    else this.learn(key);
  }

  learn(key) {
    if (!isHash(key)) return;
    this.key = keyName(key);
    this.publics.set(this.key, key);
  }
}

function checkSigners(releasers, given, seal, where) {
  const out = [];
  const different = (name) => new Set(releasers.map((row) => row[name])).size;
  if (different('public') < 2 || different('name') < 2) out.push(problem('signer.two', where));
  for (const row of releasers) {
    const mine = given.filter((one) => one.name === row.name && one.key === row.key && one.public === row.public);
    if (!mine.length) out.push(problem('signer.missing', `releaser ${row.name}`));
    else if (mine.length > 1 || keyName(row.public) !== row.key || !checkSignature(row.public, mine[0].signature, joined(bytesOf(SEAL_MESSAGE), seal)))
      out.push(problem('signer.wrong', `releaser ${row.name}`));
  }
  const named = new Set(releasers.map((row) => row.public));
  const keysOf = (all) => all.map((one) => one.public).filter((key) => named.has(key));
  if (!out.length && keysOf(given).join() !== keysOf(releasers).join()) out.push(problem('signer.order', where));
  return [...out, ...given.filter((one) => !named.has(one.public)).map((one) => problem('signer.extra', `releaser ${one.name}`))];
}

function checkCustody(rows, release, seal, told, signatures) {
  const chain = new Chain();
  for (const row of rows) chain.follow(row, `log entry ${row.seq}`);
  const where = `log entry ${release.seq}`;
  if (release.seq !== chain.seq + 1) chain.say('log.order', where);
  const known = chain.bodies.length;
  chain.follow(release, where);
  const last = chain.bodies.at(-1);
  const data = chain.bodies.length > known && last.event === 'release.made' ? last.data : Object.create(null);
  let releasers = [];
  if (misshapen(data, RULES.release_data) !== null) chain.say('log.entry', where);
  else {
    releasers = data.releasers;
    if (data.seal !== hexOf(sha256(seal))) chain.say('release.seal', where);
    if (data.root !== told.whole.root || data.rows !== told.whole.rows) chain.say('release.root', where);
    chain.problems.push(...checkSigners(releasers, signatures, seal, where));
  }
  const received = chain.bodies.filter((body) => body.event === 'timestamp.received');
  return {
    problems: chain.problems,
    keys: [...chain.publics.keys()],
    releasers,
    hashes: new Map([...rows, release].map((row) => [row.seq, row.hash])),
    stamps: received.map((body) => [pythonText(body.data.file), pythonText(body.data.reply)]),
    judged: new Map(chain.bodies.map((body) => [body.seq, body.event === 'judgement.made' ? body.subject : ''])),
  };
}
