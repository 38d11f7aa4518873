// From what somebody typed to the terms that are looked up. Twin of src/search/query.rs.

const LONGEST = 32, LONGEST_WORD = 100, LONGEST_INITIALS = 8, SINGLE = 35, SINGLE_WORD = 90, NUMBER = 40, SYLLABLES = 90, SAME_SOUND = 72,
  PART_INITIALS = 80;

// The ways to read a question, and the question as a whole name.
function readQuestion(units, text, head, syllables) {
  const pieces = units.slice(0, LONGEST).map((unit) => ({ text: unit.text, kind: unit.kind, run: unit.run, from: unit.from, to: unit.to, part: "content" }));
  markNoise(pieces, head);
  const readings = [{ pieces, tokens: tokensOf(pieces) }];
  const spelled = syllables && pieces.some((piece) => piece.kind === "letters" && piece.text.length > 1);
  for (let way = 0; way < 2 && spelled; way++) {
    const cut = asSyllables(pieces, text, syllables, way);
    const look = cut && cut.map((piece) => piece.text).join(" ");
    if (cut && !readings.some((other) => other.look === look)) readings.push({ pieces: cut, tokens: tokensOf(cut), look });
  }
  const whole = [pieces, pieces.filter((piece) => piece.part !== "noise")].map((list) => wholeOf(list.map((piece) => piece.text)));
  return { readings, whole: whole.filter((term, i) => term && whole.indexOf(term) === i) };
}

function wholeOf(texts) { return texts.length ? texts[0] + "=" + texts.join("") : ""; }

// Marks noise: the longest phrase at each place. A question that is nothing but noise has none.
function markNoise(pieces, { noise, fillers, longestNoise }) {
  for (let at = 0; at < pieces.length;) {
    let end = at;
    while (end < pieces.length && end - at < longestNoise && pieces[end].run === pieces[at].run) end++;
    while (end > at + 1 && !noise.has(pieces.slice(at, end).map((piece) => piece.text).join(""))) end--;
    if (end > at + 1) {
      while (at < end) pieces[at++].part = "noise";
    } else {
      if (fillers.has(pieces[at].text)) pieces[at].part = "filler";
      at++;
    }
  }
  if (!pieces.some((piece) => piece.part === "content")) pieces.forEach((piece) => { piece.part = "content"; });
}

function token(from, to, tier, term, factor, more) { return Object.assign({ from, to, tier, term, factor, prefix: false, single: false }, more); }

function follows(pieces, i) {
  const next = pieces[i + 1];
  return next && next.run === pieces[i].run && next.part !== "noise" ? next : null;
}

// The terms of pieces: pairs, words of letters, first letters, numbers.
function tokensOf(pieces) {
  const tokens = [];
  pieces.forEach((piece, i) => {
    if (piece.part === "noise") return;
    const next = follows(pieces, i);
    if (next && piece.kind === "syllable" && next.kind === "syllable") tokens.push(token(i, i + 2, "sound", canonical(piece.text) + "'" + canonical(next.text), SYLLABLES));
    else if (next && isUnit(piece) && isUnit(next)) tokens.push(token(i, i + 2, "title", piece.text + next.text, 100));
    if (piece.kind === "digits") tokens.push(token(i, i + 1, "title", piece.text, NUMBER));
    if (piece.kind === "initials") tokens.push(token(i, i + 1, "sound", "~" + piece.text, PART_INITIALS, { prefix: true }));
    if (piece.kind !== "letters") return;
    tokens.push(token(i, i + 1, "title", piece.text, 100));
    const length = piece.text.length;
    if (length >= 2 && length <= LONGEST_INITIALS + 4 && isAscii(piece.text)) {
      tokens.push(token(i, i + 1, "sound", "~" + piece.text.slice(0, LONGEST_INITIALS), length === 2 ? 70 : 88, { prefix: true }));
    }
  });
  return tokens;
}

function isAscii(text) { return /^[a-z]+$/.test(text); }

// The pieces with every word of letters cut into syllables, where that is possible; null if no word can be.
function asSyllables(pieces, text, syllables, way) {
  const out = [];
  let found = false, run = 0;
  pieces.forEach((piece, i) => {
    const ways = piece.kind === "letters" ? cutSyllables(piece.text, syllables) : [];
    const before = pieces[i - 1], last = out[out.length - 1];
    if (before && piece.run !== before.run) {
      const joined = ways.length && last && last.kind === "syllable" && /^\s*$/.test(text.slice(before.to, piece.from));
      if (!joined) run++;
    }
    const cut = ways[way] || ways[0];
    if (!cut) { out.push(Object.assign({}, piece, { run })); return; }
    found = true;
    cut.forEach((syllable) => out.push({ text: syllable, kind: "syllable", part: piece.part, run, from: piece.from, to: piece.to }));
  });
  return found ? out : null;
}

// The ways to cut letters into the fewest syllables, at most two; an unfinished last syllable is left out. A word of very many
// letters is not cut: that would take memory without end.
function cutSyllables(letters, { known, begun }) {
  if (!isAscii(letters) || letters.length > LONGEST_WORD) return [];
  const best = [[[]]];
  for (let end = 1; end <= letters.length; end++) {
    const ways = [];
    for (let start = Math.max(0, end - 6); start < end; start++) {
      const syllable = letters.slice(start, end);
      if (known.has(syllable)) best[start].forEach((way) => ways.push(way.concat(syllable)));
    }
    const fewest = Math.min.apply(null, ways.map((way) => way.length));
    best.push(ways.filter((way) => way.length === fewest).slice(0, 2));
  }
  for (let cut = letters.length; cut > 0 && cut >= letters.length - 6; cut--) {
    if (best[cut].length && (cut === letters.length || begun.has(letters.slice(cut)))) return best[cut];
  }
  return [];
}

// The form in which sounds are compared: zh, ch, sh as z, c, s; ang, eng, ing as an, en, in; ü as u.
function canonical(syllable) { return syllable.replace(/^([zcs])h/, "$1").replace(/(an|en|in)g$/, "$1").replace(/v/g, "u"); }

// The first letters of two things, one after the other: gjjdk is 公积金 and 贷款.
function twoInitials(pieces, known) {
  const readings = [];
  pieces.forEach((piece, i) => {
    const length = piece.text.length;
    // Letters among digits are a number of something.
    const isNumber = pieces.some((other) => other.run === piece.run && other.kind === "digits");
    if (known[i] || isNumber || piece.kind !== "letters" || !isAscii(piece.text) || length < 4 || length > LONGEST_INITIALS) return;
    for (let cut = 2; cut <= length - 2; cut++) {
      const parts = [piece.text.slice(0, cut), piece.text.slice(cut)].map((text) => Object.assign({}, piece, { text, kind: "initials" }));
      const cutPieces = pieces.slice(0, i).concat(parts, pieces.slice(i + 1));
      readings.push({ pieces: cutPieces, tokens: tokensOf(cutPieces) });
    }
  });
  return readings;
}

// Chinese characters alone, where no pair with them is known.
function singles(pieces, known) {
  const tokens = [];
  pieces.forEach((piece, i) => {
    if (!known[i] && piece.kind === "han" && piece.part !== "noise") tokens.push(token(i, i + 1, "title", piece.text, SINGLE, { single: true }));
  });
  return tokens;
}

// Terms of the same sound for pairs of Chinese characters that are not known: 营业执造 → zi'zao.
function sameSound(pieces, known, readings) {
  const tokens = [];
  pieces.forEach((piece, i) => {
    const next = pieces[i + 1];
    if (!next || known[i] || piece.run !== next.run || [piece, next].some((one) => one.kind !== "han" || one.part === "noise")) return;
    (readings.get(piece.text) || []).forEach((a) => (readings.get(next.text) || []).forEach((b) => tokens.push(token(i, i + 2, "sound", a + "'" + b, SAME_SOUND))));
  });
  return tokens;
}

function isUnit(piece) { return piece.kind !== "syllable" && piece.kind !== "initials"; }

// Pairs of units for running text, but those that are covered already.
function inBody(pieces, covered) {
  const tokens = [];
  pieces.forEach((piece, i) => {
    if (piece.part === "noise") return;
    if (piece.kind === "letters" && !covered[i]) tokens.push(token(i, i + 1, "body", piece.text, 100));
    const next = follows(pieces, i);
    if (next && !(covered[i] && covered[i + 1]) && isUnit(piece) && isUnit(next)) tokens.push(token(i, i + 2, "body", piece.text + next.text, 100));
  });
  return tokens;
}
