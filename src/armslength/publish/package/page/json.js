// Problems, and JSON read without mercy: what two readers could read in two ways is refused.

class Refused extends Error {
  constructor(found) {
    super(found.says);
    this.problem = found;
  }
}

const filled = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
const problem = (code, where, values = {}) => ({ code, where, says: filled(RULES.says[code], values) });
const refuse = (code, where, values) => {
  throw new Refused(problem(code, where, values));
};

// A number that is no whole number a verifier may count with.
class OtherNumber {}

class Bad extends Error {}

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const DEEPEST = 100;

class Json {
  constructor(text, at = 0, depth = 0) {
    this.text = text;
    this.at = at;
    this.depth = depth;
  }

  space() {
    while (' \t\n\r'.includes(this.text[this.at] || 'x')) this.at++;
  }

  take(sign) {
    if (this.text[this.at] !== sign) throw new Bad(sign);
    this.at++;
  }

  value() {
    const sign = this.text[this.at];
    if (sign === '"') return this.string();
    if (sign === '{' || sign === '[') {
      if (++this.depth > DEEPEST) throw new Bad('nested too deep');
      const found = sign === '{' ? this.object() : this.list();
      this.depth--;
      return found;
    }
    for (const [word, meaning] of [['true', true], ['false', false], ['null', null]]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return meaning;
      }
    }
    return this.number();
  }

  number() {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (!match || match[0].length > 4300) throw new Bad('a number');
    this.at += match[0].length;
    const found = Number(match[0]);
    return match[1] || match[2] || !Number.isSafeInteger(found) ? new OtherNumber() : found;
  }

  string() {
    this.take('"');
    let out = '';
    for (;;) {
      PLAIN.lastIndex = this.at;
      out += PLAIN.exec(this.text)[0];
      this.at = PLAIN.lastIndex;
      const sign = this.text[this.at++];
      if (sign === '"') return out;
      if (sign !== '\\') throw new Bad('a string');
      const escape = this.text[this.at++];
      if (escape === 'u') {
        const code = this.text.slice(this.at, this.at + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(code)) throw new Bad('an escape');
        out += String.fromCharCode(parseInt(code, 16));
        this.at += 4;
      } else if (escape !== undefined && Object.hasOwn(ESCAPES, escape)) out += ESCAPES[escape];
      else throw new Bad('an escape');
    }
  }

  object() {
    const out = Object.create(null);
    this.take('{');
    this.space();
    if (this.text[this.at] === '}') this.at++;
    else {
      for (;;) {
        this.space();
        const name = this.string();
        if (name in out) throw new Bad('a name stands twice');
        this.space();
        this.take(':');
        this.space();
        out[name] = this.value();
        this.space();
        if (this.text[this.at] === '}') break;
        this.take(',');
      }
      this.at++;
    }
    return out;
  }

  list() {
    const out = [];
    this.take('[');
    this.space();
    if (this.text[this.at] === ']') this.at++;
    else {
      for (;;) {
        this.space();
        out.push(this.value());
        this.space();
        if (this.text[this.at] === ']') break;
        this.take(',');
      }
      this.at++;
    }
    return out;
  }
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof OtherNumber);

function readObject(text) {
  const json = new Json(text);
  json.space();
  const found = json.value();
  json.space();
  if (json.at !== text.length || !isObject(found) || text.includes('\r')) throw new Bad('no object');
  return found;
}

const FIELD_NAME = /[{,]"([a-z][a-z0-9_]*)":/y;

// The values of a line, and the text of each as it stands there: a Map, because order counts.
function readFields(line) {
  const values = Object.create(null);
  const texts = new Map();
  let at = 0;
  for (;;) {
    FIELD_NAME.lastIndex = at;
    const name = FIELD_NAME.exec(line);
    if (!name || texts.has(name[1]) || (line[at] === '{') !== (at === 0)) throw new Bad('no field');
    const json = new Json(line, FIELD_NAME.lastIndex, 1);
    const start = json.at;
    values[name[1]] = json.value();
    at = json.at;
    texts.set(name[1], line.slice(start, at));
    if (at === line.length - 1 && line[at] === '}') return [values, texts];
  }
}

const decoded = (bytes) => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Bad('no UTF-8');
  }
};

const readWhole = (line) => [readObject(line), new Map()];

function* readLines(data, where, read = readFields) {
  let number = 0;
  for (let at = 0; at < data.length; ) {
    number++;
    const end = data.indexOf(10, at);
    let found;
    try {
      const line = data.subarray(at, end < 0 ? data.length : end);
      if (end < 0 || line.includes(13)) throw new Bad('a line');
      found = read(decoded(line));
    } catch (error) {
      if (error instanceof Bad) refuse('json.bad', where, { line: number });
      throw error;
    }
    yield found;
    at = end + 1;
  }
}

const FITS = {
  text: (value) => typeof value === 'string',
  'text or null': (value) => value === null || typeof value === 'string',
  'whole number': (value) => typeof value === 'number' && value >= 0,
  'yes or no': (value) => typeof value === 'boolean',
  'text if any': (value) => value === undefined || typeof value === 'string',
  'yes or no if any': (value) => value === undefined || typeof value === 'boolean',
};

function misshapen(value, shape, field = '') {
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return field;
    for (const part of value) {
      const wrong = misshapen(part, shape[0], field);
      if (wrong !== null) return wrong;
    }
    return null;
  }
  if (typeof shape === 'string') return FITS[shape](value) ? null : field;
  if (!isObject(value)) return field || '(all)';
  for (const [name, part] of Object.entries(shape)) {
    const wrong = misshapen(value[name], part, field ? `${field}.${name}` : name);
    if (wrong !== null) return wrong;
  }
  return null;
}
