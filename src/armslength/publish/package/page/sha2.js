// SHA-256, SHA-512 (FIPS 180-4). The browser's own digests are asynchronous: too slow for a million short hashes.

const bytesOf = (text) => {
  const out = new TextEncoder().encode(text);
  return /[\ud800-\udfff]/u.test(text) ? lonely(text) : out;
};

// Half a surrogate pair is written as three bytes, as Python's "surrogatepass" does; the encoder would write a question mark's cousin.
function lonely(text) {
  const out = [];
  for (const sign of text) {
    const code = sign.codePointAt(0);
    if (code >= 0xd800 && code <= 0xdfff) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else out.push(...new TextEncoder().encode(sign));
  }
  return Uint8Array.from(out);
}

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));

function joined(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const PRIMES = (() => {
  const found = [];
  for (let n = 2; found.length < 80; n++) if (found.every((prime) => n % prime)) found.push(n);
  return found;
})();

// The first `bits` bits of the fractional part of the root of a prime, by whole numbers only.
function fraction(prime, root, bits) {
  const wanted = BigInt(prime) << BigInt(root * bits);
  let low = 0n;
  let high = 1n << BigInt(bits + 10);
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(root) <= wanted) low = middle;
    else high = middle;
  }
  return low & ((1n << BigInt(bits)) - 1n);
}

const K256 = Int32Array.from(PRIMES.slice(0, 64), (prime) => Number(fraction(prime, 3, 32)) | 0);
const START256 = Int32Array.from(PRIMES.slice(0, 8), (prime) => Number(fraction(prime, 2, 32)) | 0);
const K512 = PRIMES.map((prime) => fraction(prime, 3, 64));
const START512 = PRIMES.slice(0, 8).map((prime) => fraction(prime, 2, 64));
const W256 = new Int32Array(64);

function block256(state, data, at) {
  const w = W256;
  for (let i = 0; i < 16; i++, at += 4) w[i] = (data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3];
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const one = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const two = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + one + w[i - 7] + two) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K256[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

class Sha256 {
  constructor() {
    this.state = Int32Array.from(START256);
    this.rest = new Uint8Array(0);
    this.length = 0;
  }

  add(data) {
    this.length += data.length;
    const all = this.rest.length ? joined(this.rest, data) : data;
    let at = 0;
    for (; at + 64 <= all.length; at += 64) block256(this.state, all, at);
    this.rest = all.slice(at);
    return this;
  }

  end() {
    const last = new Uint8Array(this.rest.length < 56 ? 64 : 128);
    last.set(this.rest);
    last[this.rest.length] = 128;
    const view = new DataView(last.buffer);
    view.setUint32(last.length - 8, Math.floor(this.length / 0x20000000));
    view.setUint32(last.length - 4, (this.length << 3) >>> 0);
    for (let at = 0; at < last.length; at += 64) block256(this.state, last, at);
    const out = new Uint8Array(32);
    const words = new DataView(out.buffer);
    this.state.forEach((word, i) => words.setInt32(4 * i, word));
    return out;
  }
}

const sha256 = (data) => new Sha256().add(data).end();

function sha512(data) {
  const mask = (1n << 64n) - 1n;
  const turn = (x, n) => ((x >> n) | (x << (64n - n))) & mask;
  const padded = new Uint8Array(Math.ceil((data.length + 17) / 128) * 128);
  padded.set(data);
  padded[data.length] = 128;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(data.length) * 8n);
  const state = [...START512];
  for (let start = 0; start < padded.length; start += 128) {
    const w = Array.from({ length: 16 }, (_, i) => view.getBigUint64(start + 8 * i));
    for (let i = 16; i < 80; i++) {
      const one = turn(w[i - 15], 1n) ^ turn(w[i - 15], 8n) ^ (w[i - 15] >> 7n);
      const two = turn(w[i - 2], 19n) ^ turn(w[i - 2], 61n) ^ (w[i - 2] >> 6n);
      w.push((w[i - 16] + one + w[i - 7] + two) & mask);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; i++) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const t1 = (h + s1 + ((e & f) ^ (~e & mask & g)) + K512[i] + w[i]) & mask;
      const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & mask;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & mask, c, b, a, (t1 + t2) & mask];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => {
      state[i] = (state[i] + word) & mask;
    });
  }
  const out = new Uint8Array(64);
  state.forEach((word, i) => new DataView(out.buffer).setBigUint64(8 * i, word));
  return out;
}
