// Which entries answer a question, and how well. Twin of src/search/rank.rs, in whole numbers, so that both give the same order.

const NAME = 0, ALIAS = 1, WORD = 2, BODY = 6;
const WEIGHTS = [100, 94, 84, 75, 60, 45, 40];
const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 21, 28, 36];
const SPELLING_BELOW = 800, BODY_BELOW = 850, FLOOR_OF_BEST = 60, NEAR = 200, DEPARTMENT_FLOOR = 700, BEHIND_ITEMS = 300, BEFORE_ITEMS = 2000;
const OFFICES = ["局", "委", "厅", "署", "办", "院", "所", "队", "会", "心"];

// A short question of which a part is unknown asks for something else; a story has much that matters little: what an unknown
// piece counts in percent of the rarest term, and what must be covered to be shown, for both.
const SHORT = 6, STORY = 12, UNKNOWN = [80, 20], FLOOR = [430, 150];

function between(values, length) {
  const above = Math.min(Math.max(length, SHORT), STORY) - SHORT;
  return values[0] - Math.floor((values[0] - values[1]) * above / (STORY - SHORT));
}

// How long a question is: its pieces, and more where words stand apart.
function lengthOf(reading) {
  const content = reading.pieces.filter((piece) => piece.part === "content");
  return content.length + 2 * content.filter((piece, i) => i > 0 && piece.run !== content[i - 1].run).length;
}

function rarity(count, entries) { return Math.round(16 * Math.log2(1 + count / Math.max(entries, 1))); }

// How much each piece of a reading counts: as much as the rarest pair that covers it.
function weigh(reading, count) {
  const ofPair = reading.pieces.map(() => 0), ofSingle = ofPair.slice();
  for (const token of reading.tokens) {
    if (!token.found) continue;
    const weights = token.single ? ofSingle : ofPair;
    for (let i = token.from; i < token.to; i++) weights[i] = Math.max(weights[i], rarity(count, token.found));
  }
  const unknown = Math.floor(rarity(count, 1) * between(UNKNOWN, lengthOf(reading)) / 100);
  reading.weights = reading.pieces.map((piece, i) => {
    const weight = ofPair[i] || ofSingle[i] || (piece.kind === "digits" ? Math.floor(unknown / 4) : unknown);
    return piece.part === "content" ? weight : piece.part === "filler" ? Math.floor(weight / 10) : 0;
  });
}

function covers(token, slot) {
  const kind = slot >> 5;
  const factor = token.single && kind === WORD && (slot & 15) === 0 ? SINGLE_WORD : token.factor;
  return Math.floor(factor * WEIGHTS[kind] / 100);
}

function eachPosting(token, visit) {
  for (const list of token.lists) for (let i = 0; i < list.entries.length; i++) visit(list.entries[i], list.slots ? list.slots[i] : BODY << 5);
}

// How much of a reading each entry covers: entry → { coverage, tight, first }.
function coverOf(reading) {
  const rows = new Map();
  const pieces = reading.pieces.length;
  for (const token of reading.tokens) {
    eachPosting(token, (entry, slot) => {
      let row = rows.get(entry);
      if (!row) rows.set(entry, row = { covers: new Uint8Array(pieces), named: [0, 0], length: [Infinity, Infinity], first: false });
      const cover = covers(token, slot), kind = slot >> 5;
      for (let i = token.from; i < token.to; i++) if (cover > row.covers[i]) row.covers[i] = cover;
      if (kind > ALIAS) return;
      row.length[kind] = Math.min(row.length[kind], LENGTHS[slot & 15]);
      if (token.single) return;
      for (let i = token.from; i < token.to; i++) row.named[kind] |= 1 << Math.min(i, 31);
      if (slot & 16 && token.from === 0) row.first = true;
    });
  }
  const total = reading.weights.reduce((sum, weight) => sum + weight, 0);
  const out = new Map();
  rows.forEach((row, entry) => {
    // Of first letters that were cut in two, one part alone would be chance.
    if (reading.pieces.some((piece, i) => piece.kind === "initials" && !row.covers[i])) return;
    let covered = 0;
    row.covers.forEach((cover, i) => { covered += cover * reading.weights[i]; });
    out.set(entry, { coverage: total ? Math.floor(covered * 10 / total) : 0, tight: Math.max(tightOf(row, NAME), Math.floor(tightOf(row, ALIAS) * 95 / 100)), first: row.first });
  });
  return out;
}

// How much of the name is asked for, in thousandths.
function tightOf(row, kind) {
  let asked = 0;
  for (let bits = row.named[kind]; bits; bits &= bits - 1) asked++;
  return asked && Math.floor(asked * 1000 / Math.max(row.length[kind], asked));
}

function scoreOf(cover) { return cover.coverage * 10 + Math.floor(cover.tight * 12 / 10) + (cover.first ? 100 : 0); }

// The most that an entry covers, and that entry.
function bestOf(readings) {
  let best = { coverage: 0, entry: -1 };
  for (const reading of readings) {
    coverOf(reading).forEach(({ coverage }, entry) => {
      if (coverage > best.coverage || coverage === best.coverage && (best.entry < 0 || entry < best.entry)) best = { coverage, entry };
    });
  }
  return best;
}

function marked(reading, test, width) {
  const marks = reading.pieces.map(() => false);
  for (const token of reading.tokens) if (token.found && test(token)) for (let i = token.from; i < token.from + Math.min(width, token.to - token.from); i++) marks[i] = true;
  return marks;
}

// Which pieces have a term of their own; which pairs are a term; which pieces an entry covers by half at least.
function knownPieces(reading) { return marked(reading, () => true, 2); }
function knownPairs(reading) { return marked(reading, (token) => token.to === token.from + 2, 1); }
function coveredBy(reading, entry) {
  return marked(reading, (token) => {
    let half = false;
    eachPosting(token, (other, slot) => { if (other === entry && covers(token, slot) >= 50) half = true; });
    return half;
  }, 2);
}

// Entries by score. `whole` are the postings of the question as a name.
function rank(readings, whole, head) {
  const found = new Map();
  for (const reading of readings) {
    coverOf(reading).forEach((cover, entry) => {
      const best = found.get(entry);
      if (!best || scoreOf(cover) > scoreOf(best)) found.set(entry, cover);
    });
  }
  const exact = new Map();
  whole.forEach((token, n) => eachPosting(token, (entry, slot) => {
    const bonus = n ? slot >> 5 === NAME ? 9000 : 8000 : slot >> 5 === NAME ? 20000 : 15000;
    exact.set(entry, Math.max(bonus, exact.get(entry) || 0));
  }));
  exact.forEach((bonus, entry) => { if (!found.has(entry)) found.set(entry, { coverage: 1000, tight: 1000, first: true }); });
  // Who says nothing but the name of an office looks for the office.
  const content = readings[0].pieces.filter((piece) => piece.part === "content");
  const namesOffice = content.length > 0 && OFFICES.indexOf(content[content.length - 1].text) >= 0;
  const hits = [];
  found.forEach((cover, entry) => {
    const flags = head.entries.charCodeAt(entry) - 48, bonus = exact.get(entry);
    if (flags & 8 && !bonus && cover.coverage < DEPARTMENT_FLOOR) return;
    let score = scoreOf(cover) + (bonus || 0);
    if (flags & 8 && namesOffice) score += BEFORE_ITEMS;
    else if (flags & 12) score = Math.max(0, score - BEHIND_ITEMS);
    if (flags & 2) score = Math.floor(score * 6 / 10);
    hits.push({ entry, score, coverage: bonus ? 1000 : cover.coverage });
  });
  hits.sort((a, b) => b.score - a.score || a.entry - b.entry);
  return hits;
}
