// The files of the index: fetched once, unpacked, read. Their format is told in src/search/encode.rs.

function createFiles(base, fetcher) {
  const waiting = new Map();
  // What cannot be read is forgotten, so that another attempt fetches it again; so is the index, which may name files of yesterday.
  const load = (name, read) => {
    if (!waiting.has(name)) {
      const file = fetchFile(fetcher, base + "search/" + name + ".bin", read);
      waiting.set(name, file);
      file.catch(() => { waiting.delete(name); waiting.delete("index"); });
    }
    return waiting.get(name);
  };
  return { json: (name, check) => load(name, (bytes) => readJson(bytes, check)), terms: (name, slots) => load(name, (bytes) => readTerms(bytes, slots)) };
}

// Whatever comes instead of the file (nothing, half of it, the page of a hotel's network) is one kind of error.
function fetchFile(fetcher, url, read) {
  return Promise.resolve().then(() => fetcher(url))
    .then((answer) => answer.ok ? answer.arrayBuffer() : Promise.reject(new Error("status " + answer.status)))
    .then((buffer) => unpack(new Uint8Array(buffer)))
    .then(read)
    .catch((cause) => {
      throw Object.assign(new Error("cannot load " + url + ": " + (cause && cause.message || cause)), { name: "SearchLoadError", url, cause });
    });
}

function broken() { return new Error("this is not the file, or not the whole of it"); }

// Some hosts unpack .bin files on the way; then there is nothing to do.
function unpack(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  if (typeof DecompressionStream === "undefined") return inflate(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer().then((buffer) => new Uint8Array(buffer));
}

function readJson(bytes, check) {
  const value = JSON.parse(new TextDecoder().decode(bytes));
  if (!value || !check(value)) throw broken();
  return value;
}

// A file of terms as { terms: [sorted], entries: [[…]], slots: [[…]] }.
function readTerms(bytes, hasSlots) {
  const decoder = new TextDecoder();
  let at = 0;
  const number = () => {
    let n = 0, shift = 0, byte;
    do {
      if (at >= bytes.length) throw broken();
      byte = bytes[at++];
      n |= (byte & 127) << shift;
      shift += 7;
    } while (byte & 128);
    return n >>> 0;
  };
  // What is left must at least be so long.
  const within = (size) => {
    if (size > bytes.length - at) throw broken();
    return size;
  };
  const count = number();
  const terms = [];
  let before = new Uint8Array(0);
  for (let i = 0; i < count; i++) {
    const shared = number(), further = within(number());
    if (shared > before.length) throw broken();
    const term = new Uint8Array(shared + further);
    term.set(before.subarray(0, shared));
    term.set(bytes.subarray(at, at + further), shared);
    at += further;
    terms.push(decoder.decode(term));
    before = term;
  }
  const sizes = terms.map(number), further = terms.map(number);
  const entries = sizes.map((size) => {
    const list = new Uint32Array(within(size));
    for (let i = 0, entry = 0; i < size; i++) list[i] = entry += number();
    return list;
  });
  const slots = sizes.map((size) => hasSlots ? bytes.subarray(at, at += within(size)) : null);
  if (at !== bytes.length) throw broken();
  return { terms, entries, slots, counts: sizes.map((size, i) => size + further[i]) };
}

// Unpacks gzip (RFC 1951, 1952) where the browser cannot.
function inflate(bytes) {
  let at = 10, bits = 0, held = 0, length = 0;
  const flags = bytes[3];
  if (flags & 4) at += 2 + bytes[at] + (bytes[at + 1] << 8);
  for (const flag of [8, 16]) if (flags & flag) while (bytes[at++]);
  if (flags & 2) at += 2;
  const n = bytes.length;
  const size = (bytes[n - 4] | bytes[n - 3] << 8 | bytes[n - 2] << 16 | bytes[n - 1] << 24) >>> 0;
  // Nothing is packed better than that.
  if (size > n * 1100) throw broken();
  const out = new Uint8Array(size);
  const take = (count) => {
    while (held < count) { if (at >= n) throw broken(); bits |= bytes[at++] << held; held += 8; }
    const value = bits & (1 << count) - 1;
    bits >>>= count;
    held -= count;
    return value;
  };
  // A code as counts of each length and the symbols in their order.
  const code = (lengths) => {
    const counts = new Array(16).fill(0), offsets = [0, 0];
    lengths.forEach((size) => counts[size]++);
    counts[0] = 0;
    for (let i = 1; i < 15; i++) offsets[i + 1] = offsets[i] + counts[i];
    const symbols = [];
    lengths.forEach((size, symbol) => { if (size) symbols[offsets[size]++] = symbol; });
    return { counts, symbols };
  };
  const decode = ({ counts, symbols }) => {
    let value = 0, first = 0, index = 0;
    for (let size = 1; size < 16; size++) {
      value |= take(1);
      if (value - counts[size] < first) return symbols[index + value - first];
      index += counts[size];
      first = first + counts[size] << 1;
      value <<= 1;
    }
    throw broken();
  };
  const spread = (step, from) => {
    const bases = [], extras = [];
    for (let i = 0, base = from; i < 30; i++) {
      extras[i] = i < step * 2 ? 0 : (i / step | 0) - 1;
      bases[i] = base;
      base += 1 << extras[i];
    }
    return { bases, extras };
  };
  const lengthCodes = spread(4, 3), distanceCodes = spread(2, 1);
  lengthCodes.bases[28] = 258;
  lengthCodes.extras[28] = 0;
  let last;
  do {
    last = take(1);
    const type = take(2);
    if (type === 0) {
      bits = held = 0;
      const size = bytes[at] | bytes[at + 1] << 8;
      out.set(bytes.subarray(at + 4, at + 4 + size), length);
      at += 4 + size;
      length += size;
      continue;
    }
    let literals, distances;
    if (type === 1) {
      literals = code([].concat(new Array(144).fill(8), new Array(112).fill(9), new Array(24).fill(7), new Array(8).fill(8)));
      distances = code(new Array(30).fill(5));
    } else {
      const literalCount = take(5) + 257, distanceCount = take(5) + 1, codeCount = take(4) + 4;
      const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
      const sizes = new Array(19).fill(0);
      for (let i = 0; i < codeCount; i++) sizes[order[i]] = take(3);
      const lengthsCode = code(sizes), lengths = [];
      while (lengths.length < literalCount + distanceCount) {
        const symbol = decode(lengthsCode);
        if (symbol < 16) { lengths.push(symbol); continue; }
        const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
        for (let i = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7); i > 0; i--) lengths.push(value);
      }
      literals = code(lengths.slice(0, literalCount));
      distances = code(lengths.slice(literalCount));
    }
    for (let symbol = decode(literals); symbol !== 256; symbol = decode(literals)) {
      if (symbol < 256) { out[length++] = symbol; continue; }
      let size = lengthCodes.bases[symbol - 257] + take(lengthCodes.extras[symbol - 257]);
      const distance = decode(distances);
      const back = distanceCodes.bases[distance] + take(distanceCodes.extras[distance]);
      for (; size > 0; size--, length++) out[length] = out[length - back];
    }
  } while (!last);
  if (length !== out.length) throw broken();
  return out;
}
