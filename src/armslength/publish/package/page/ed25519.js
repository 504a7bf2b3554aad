// Checks Ed25519 signatures (RFC 8032) by the same rules as verify.py, point for point, so that the two never differ.

const FIELD = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const modP = (x) => ((x % FIELD) + FIELD) % FIELD;

function powP(base, exponent) {
  let out = 1n;
  for (let square = modP(base); exponent; exponent >>= 1n, square = (square * square) % FIELD) if (exponent & 1n) out = (out * square) % FIELD;
  return out;
}

const CURVE = modP(-121665n * powP(121666n, FIELD - 2n));
const ROOT = powP(2n, (FIELD - 1n) / 4n);
const ZERO = [0n, 1n, 1n, 0n];

function addPoints([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = modP((y1 - x1) * (y2 - x2));
  const b = modP((y1 + x1) * (y2 + x2));
  const c = modP(2n * t1 * t2 * CURVE);
  const d = modP(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [modP(e * f), modP(g * h), modP(f * g), modP(e * h)];
}

function doublePoint([x, y, z]) {
  const a = modP(x * x);
  const b = modP(y * y);
  const h = a + b;
  const e = h - modP((x + y) * (x + y));
  const g = a - b;
  const f = modP(2n * z * z) + g;
  return [modP(e * f), modP(g * h), modP(f * g), modP(e * h)];
}

const timesEight = (point) => doublePoint(doublePoint(doublePoint(point)));
const samePoint = ([x1, y1, z1], [x2, y2, z2]) => modP(x1 * z2 - x2 * z1) === 0n && modP(y1 * z2 - y2 * z1) === 0n;
const littleEndian = (bytes) => Array.from(bytes).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

function readPoint(bytes) {
  if (bytes.length !== 32) return null;
  const number = littleEndian(bytes);
  const sign = number >> 255n;
  const y = number & ((1n << 255n) - 1n);
  if (y >= FIELD) return null;
  const squared = modP((y * y - 1n) * powP(CURVE * y * y + 1n, FIELD - 2n));
  let x = powP(squared, (FIELD + 3n) / 8n);
  if (modP(x * x - squared)) x = modP(x * ROOT);
  if (modP(x * x - squared) || (x === 0n && sign)) return null;
  if ((x & 1n) !== sign) x = FIELD - x;
  return [x, y, 1n, modP(x * y)];
}

const BASE = (() => {
  const bytes = new Uint8Array(32).fill(0x66);
  bytes[0] = 0x58;
  return readPoint(bytes);
})();

function signedBy(publicKey, signature, message) {
  const key = readPoint(publicKey);
  const nonce = readPoint(signature.slice(0, 32));
  const number = littleEndian(signature.slice(32));
  if (!key || !nonce || signature.length !== 64 || number >= ORDER || samePoint(timesEight(key), ZERO)) return false;
  const challenge = littleEndian(sha512(joined(signature.slice(0, 32), publicKey, message))) % ORDER;
  const back = [modP(-key[0]), key[1], key[2], modP(-key[3])];
  const steps = [null, BASE, back, addPoints(BASE, back)];
  let out = ZERO;
  for (let bit = 253n; bit >= 0n; bit--) {
    out = doublePoint(out);
    const step = steps[Number(((number >> bit) & 1n) + 2n * ((challenge >> bit) & 1n))];
    if (step) out = addPoints(out, step);
  }
  return samePoint(timesEight(out), timesEight(nonce));
}
