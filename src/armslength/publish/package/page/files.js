// The files of a package, from a chosen folder or a zip; held against the lists and the seal.
// A package here: { sizes: Map of path to bytes, read(path): all bytes, chunks(path): bytes in parts, problems }.

const [SEAL_FILE, RELEASE_FILE, SIGNATURES_FILE] = ['seal.json', 'release.json', 'signatures.jsonl'];
const [MANIFEST, TAG_MANIFEST] = ['manifest-sha256.txt', 'tagmanifest-sha256.txt'];
const AFTER_THE_SEAL = [SEAL_FILE, RELEASE_FILE, SIGNATURES_FILE, MANIFEST, TAG_MANIFEST];
const SAFE = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const isSafe = (path) => path.length <= 240 && SAFE.test(path);
const sorted = (paths) => [...paths].sort((one, two) => (one < two ? -1 : one > two ? 1 : 0));

function largest(path) {
  if (path.startsWith('data/') && path.endsWith('.jsonl') && !path.startsWith('data/formats/')) return RULES.largest.table;
  return path.startsWith('data/') ? RULES.largest.file : RULES.largest.list;
}

function looked(sizes, bad) {
  const seen = new Set();
  for (const path of sorted(sizes.keys())) {
    if (seen.has(path.toLowerCase())) bad.push(path);
    seen.add(path.toLowerCase());
  }
  const unsafe = sorted(bad).map((path) => problem('file.unsafe', path.replace(/[^ -~]/gu, '?')));
  const huge = sorted(sizes.keys()).filter((path) => sizes.get(path) > largest(path));
  return [...unsafe, ...huge.map((path) => problem('file.huge', path, { size: sizes.get(path), most: largest(path) }))];
}

async function* partsOf(blob) {
  for (let at = 0; at < blob.size; at += 1 << 22) yield new Uint8Array(await blob.slice(at, at + (1 << 22)).arrayBuffer());
}

// `blobs` is a Map of path to Blob; a package may lie in one folder at the top.
function folderPackage(blobs) {
  const bad = [];
  const sizes = new Map();
  for (const [path, blob] of blobs) {
    if (isSafe(path)) sizes.set(path, blob.size);
    else bad.push(path);
  }
  return {
    sizes,
    problems: looked(sizes, bad),
    chunks: (path) => partsOf(blobs.get(path)),
    read: async (path) => new Uint8Array(await blobs.get(path).arrayBuffer()),
  };
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let i = 0; i < 8; i++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

class Damaged extends Error {}

// The entries of a zip's central directory (APPNOTE 4.3.12); null when it is no zip.
async function zipEntries(blob) {
  const tail = new Uint8Array(await blob.slice(Math.max(0, blob.size - 65557)).arrayBuffer());
  let end = tail.length - 22;
  const view = new DataView(tail.buffer);
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || view.getUint16(end + 20, true) !== tail.length - end - 22) return null;
  const [size, start] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  const list = new Uint8Array(await blob.slice(start, start + size).arrayBuffer());
  const found = [];
  const entry = new DataView(list.buffer);
  for (let at = 0; at < size; ) {
    if (at + 46 > list.length || entry.getUint32(at, true) !== 0x02014b50) return null;
    const length = entry.getUint16(at + 28, true);
    found.push({
      name: new TextDecoder().decode(list.subarray(at + 46, at + 46 + length)),
      bytes: list.subarray(at + 46, at + 46 + length),
      locked: entry.getUint16(at + 8, true) & 1,
      method: entry.getUint16(at + 10, true),
      crc: entry.getUint32(at + 16, true),
      packed: entry.getUint32(at + 20, true),
      size: entry.getUint32(at + 24, true),
      link: ((entry.getUint32(at + 38, true) >>> 16) & 0xf000) === 0xa000,
      start: entry.getUint32(at + 42, true),
    });
    at += 46 + length + entry.getUint16(at + 30, true) + entry.getUint16(at + 32, true);
  }
  return found;
}

async function* unpacked(blob, entry) {
  const head = new DataView(await blob.slice(entry.start, entry.start + 30).arrayBuffer());
  if (head.byteLength < 30 || head.getUint32(0, true) !== 0x04034b50) throw new Damaged(entry.name);
  const name = new Uint8Array(await blob.slice(entry.start + 30, entry.start + 30 + head.getUint16(26, true)).arrayBuffer());
  if (hexOf(name) !== hexOf(entry.bytes)) throw new Damaged(entry.name);
  const start = entry.start + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const packed = blob.slice(start, start + entry.packed);
  const stream = entry.method === 8 ? packed.stream().pipeThrough(new DecompressionStream('deflate-raw')) : packed.stream();
  let crc = 0xffffffff;
  let size = 0;
  try {
    const reader = stream.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > entry.size) throw new Damaged(entry.name);
      for (const byte of part.value) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
      yield part.value;
    }
  } catch (error) {
    throw error instanceof Damaged ? error : new Damaged(entry.name);
  }
  if (size !== entry.size || (crc ^ 0xffffffff) >>> 0 !== entry.crc) throw new Damaged(entry.name);
}

async function zipPackage(blob) {
  const entries = ((await zipEntries(blob)) || []).filter((entry) => !entry.name.endsWith('/'));
  const tops = new Set(entries.map((entry) => entry.name.split('/')[0]));
  const top = tops.size === 1 && !entries.some((entry) => entry.name === SEAL_FILE) ? `${[...tops][0]}/` : '';
  const found = new Map();
  const bad = [];
  for (const entry of entries) {
    const name = entry.name.slice(top.length);
    if (found.has(name) || !isSafe(name) || entry.locked || ![0, 8].includes(entry.method) || entry.link) bad.push(name);
    else found.set(name, entry);
  }
  const sizes = new Map([...found].map(([name, entry]) => [name, entry.size]));
  const chunks = (path) => unpacked(blob, found.get(path));
  const read = async (path) => {
    const parts = [];
    try {
      for await (const part of chunks(path)) parts.push(part);
    } catch (error) {
      if (error instanceof Damaged) refuse('file.changed', path);
      throw error;
    }
    return joined(...parts);
  };
  return { sizes, problems: looked(sizes, bad), chunks, read };
}

async function readAll(pack, path) {
  if (!pack.sizes.has(path)) refuse('file.missing', path);
  return pack.read(path);
}

async function hashOf(pack, path) {
  const found = new Sha256();
  try {
    if (pack.sizes.get(path) <= 1 << 26 && globalThis.crypto && crypto.subtle) {
      const parts = [];
      for await (const part of pack.chunks(path)) parts.push(part);
      return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts))));
    }
    for await (const part of pack.chunks(path)) found.add(part);
  } catch (error) {
    if (error instanceof Damaged) return '';
    throw error;
  }
  return hexOf(found.end());
}

async function readJson(pack, path, shape) {
  let found;
  const bytes = await readAll(pack, path);
  try {
    found = readObject(decoded(bytes));
  } catch (error) {
    if (error instanceof Bad) refuse('json.bad', path, { line: 1 });
    throw error;
  }
  const wrong = misshapen(found, shape);
  if (wrong !== null) refuse('shape.wrong', path, { field: wrong });
  return found;
}

async function readRows(pack, path, shape, most) {
  const rows = Array.from(readLines(await readAll(pack, path), path), ([row]) => row);
  const wrong = rows.map((row) => misshapen(row, shape)).find((field) => field !== null);
  if (wrong !== undefined || !rows.length || rows.length > most) refuse('shape.wrong', path, { field: wrong || '(all)' });
  return rows;
}

async function listed(pack, path) {
  const out = new Map();
  let before = '';
  const lines = Array.from(await readAll(pack, path), (byte) => String.fromCharCode(byte)).join('').split('\n');
  lines.push(...(lines.pop() === '' ? [] : ['']));
  lines.forEach((line, number) => {
    const match = /^([0-9a-f]{64})  (\S+)$/.exec(line);
    if (!match || !isSafe(match[2]) || match[2] <= before) refuse('manifest.bad', path, { line: number + 1 });
    before = match[2];
    out.set(before, match[1]);
  });
  return out;
}

async function checkFiles(pack) {
  if (pack.problems.length) return pack.problems;
  const seal = await readSeal(pack);
  const payload = await listed(pack, MANIFEST);
  const tags = await listed(pack, TAG_MANIFEST);
  const all = new Map([...tags, ...payload]);
  const found = new Map();
  for (const path of pack.sizes.keys()) if (path !== TAG_MANIFEST) found.set(path, await hashOf(pack, path));
  const mayBeTag = (path) => path in seal.tags || AFTER_THE_SEAL.includes(path) || path.startsWith('timestamps/');
  const say = (code, paths) => sorted(paths).map((path) => problem(code, path));
  const out = [
    ...say('file.missing', new Set([...all.keys(), ...AFTER_THE_SEAL].filter((path) => !pack.sizes.has(path)))),
    ...say('file.extra', [...found.keys()].filter((path) => !all.has(path))),
    ...say('file.extra', [...tags.keys()].filter((path) => !mayBeTag(path))),
    ...say('file.extra', [...payload.keys()].filter((path) => !path.startsWith('data/'))),
    ...say('file.changed', [...found.keys()].filter((path) => all.has(path) && found.get(path) !== all.get(path))),
  ];
  if (found.get(MANIFEST) !== seal.manifest) out.push(problem('seal.manifest', MANIFEST));
  return [...out, ...say('seal.file', Object.keys(seal.tags).filter((path) => found.get(path) !== seal.tags[path]))];
}
