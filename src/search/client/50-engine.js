// The search itself: createSearch({ base, fetch }).search(query, { limit, offset, filters, facets }).
// `base` is the address of the root of the site ("https://host/zwfw/"). See themes/README.md for what a search answers.

const FORMAT = 1, NEAREST = 3, VARIANTS = 6;
const META = 5;
const FACETS = ["department", "topic", "audience", "online", "type"];

export function createSearch(options) {
  const given = options || {};
  const base = String(given.base || "/").replace(/(\/search)?\/?$/, "/");
  const files = createFiles(base, given.fetch || ((url) => fetch(url)));
  const root = base.replace(/^[a-z]+:\/\/[^/]*/i, "");
  const context = { files, url: (path) => root + path };
  return { search: (query, how) => search(context, String(query), how || {}) };
}

function loadHead({ files }) {
  const check = (head) => {
    if (head.version && head.version !== FORMAT) throw new Error("the index has format " + head.version + ", this page reads " + FORMAT);
    return head.version;
  };
  return files.json("index", check).then((head) => {
    if (head.family) return head;
    const list = (text) => text ? text.split(" ") : [];
    for (const name of ["title", "sound", "body", "blocks"]) head[name] = { first: list(head[name].first), file: list(head[name].file) };
    head.blocks.first = head.blocks.first.map(Number);
    head.places = list(head.places);
    head.rank = new Map(Array.from(head.characters, (c, place) => [c, place + 1]));
    head.known = new Set(Array.from(head.rank.keys()).concat(Array.from(head.noise.join("") + head.fillers.join(""))));
    head.noise = new Set(head.noise);
    head.fillers = new Set(head.fillers);
    head.longestNoise = 0;
    head.noise.forEach((phrase) => { head.longestNoise = Math.max(head.longestNoise, phrase.length); });
    let family = 0;
    head.family = Array.from(head.entries, (flags) => flags.charCodeAt(0) - 48 & 1 ? ++family : family);
    return head;
  });
}

// How characters sound, and the Traditional ones: only for questions that need them.
function loadSounds({ files }, head) {
  return files.json(head.sounds, (table) => table.syllables).then((table) => {
    if (table.readings) return table;
    const pairs = Array.from(table.traditional);
    table.simple = new Map();
    for (let i = 0; i < pairs.length; i += 2) table.simple.set(pairs[i], pairs[i + 1]);
    table.known = new Set(table.syllables);
    table.begun = new Set();
    table.syllables.forEach((syllable) => { for (let i = 1; i <= syllable.length; i++) table.begun.add(syllable.slice(0, i)); });
    table.readings = new Map();
    Object.keys(table.sounds).forEach((sound) => Array.from(table.sounds[sound]).forEach((c) => {
      if (table.readings.has(c)) table.readings.get(c).push(sound); else table.readings.set(c, [sound]);
    }));
    return table;
  });
}

async function search(context, query, how) {
  const limit = how.limit === undefined ? 10 : how.limit, offset = how.offset || 0;
  const filters = how.filters || {};
  const filtered = FACETS.filter((name) => [].concat(filters[name] || []).length);
  const empty = { query, total: 0, results: [], suggestion: null, nearest: [], facets: null };
  if (!query.trim()) return empty;
  const head = await loadHead(context);
  const look = await understand(context, head, query);
  if (!look) return empty;
  const hits = rank(look.readings, look.whole, head);
  const best = hits.reduce((most, hit) => Math.max(most, hit.coverage), 0);
  const length = Math.max.apply(null, look.readings.map(lengthOf));
  const floor = Math.max(between(FLOOR, length), Math.floor(best * FLOOR_OF_BEST / 100));
  const good = hits.filter((hit) => hit.coverage >= floor);
  const facets = how.facets || filtered.length ? await context.files.json(head.facets, (table) => table.offered) : null;
  const kept = oneOfEachFamily(filtered.length ? good.filter((hit) => passes(facets, hit.entry, filters, "")) : good, head);
  const nearest = good.length ? [] : oneOfEachFamily(hits, head).filter((hit) => hit.coverage >= NEAR).slice(0, NEAREST);
  const [results, near, top] = await Promise.all([kept.slice(offset, offset + limit), nearest, kept.slice(0, 1)].map((part) => Promise.all(part.map((hit) => show(context, head, look, hit, filters, facets)))));
  return {
    query, total: kept.length, results, nearest: near,
    suggestion: top.length ? suggest(look, top[0], kept[0], query) : null,
    facets: how.facets ? countFacets(facets, good, filters, head) : null,
  };
}

// Reads a question as far as needed: other spellings and running text only if names do not answer it.
async function understand(context, head, query) {
  let units = unitsOf(query, new Map()), sounds = null;
  const strange = (unit) => unit.kind === "han" && !head.known.has(unit.text);
  if (units.some((unit) => strange(unit) || unit.kind === "letters" && unit.text.length > 1)) {
    sounds = await loadSounds(context, head);
    units = unitsOf(query, sounds.simple);
  }
  if (!units.length) return null;
  const { readings, whole } = readQuestion(units, query, head, sounds);
  const names = whole.map((term) => token(0, 0, "title", term, 100));
  const count = head.entries.length;
  const extend = async (more) => {
    await lookUp(context, head, [].concat.apply([], more));
    readings.forEach((reading, i) => { reading.tokens = reading.tokens.concat(more[i] || []); weigh(reading, count); });
  };
  const first = readings.map((reading) => reading.tokens);
  readings.forEach((reading) => { reading.tokens = []; });
  await extend(first.concat([names]));
  await extend(readings.map((reading) => singles(reading.pieces, knownPieces(reading))));
  if (bestOf(readings).coverage < SPELLING_BELOW) {
    const further = twoInitials(readings[0].pieces, knownPieces(readings[0]));
    if (further.length) {
      await lookUp(context, head, [].concat.apply([], further.map((reading) => reading.tokens)));
      further.forEach((reading) => { weigh(reading, count); readings.push(reading); });
    }
    sounds = sounds || await loadSounds(context, head);
    await extend(readings.map((reading) => sameSound(reading.pieces, knownPairs(reading), sounds.readings)));
  }
  const best = bestOf(readings);
  if (best.coverage < BODY_BELOW) await extend(readings.map((reading) => inBody(reading.pieces, coveredBy(reading, best.entry))));
  return { readings, whole: names, sounds };
}

// Finds the postings of tokens, fetching the files they are in.
function lookUp(context, head, tokens) {
  return Promise.all(tokens.map(async (token) => {
    const tier = head[token.tier];
    token.lists = [];
    token.found = 0;
    if (token.tier !== "sound" && Array.from(token.term).some((c) => isHan(c.codePointAt(0)) && !head.rank.has(c))) return;
    const rank = (term) => token.tier !== "sound" && head.rank.get(String.fromCodePoint(term.codePointAt(0))) || 0;
    const order = (a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
    const from = Math.max(0, lastAtMost(tier.first, token.term, order));
    const to = token.prefix ? lastAtMost(tier.first, token.term + "\uffff", order) : from;
    for (let i = from; i <= to && i < tier.file.length; i++) {
      const shard = await context.files.terms(tier.file[i], token.tier !== "body");
      let at = lastAtMost(shard.terms, token.term, order);
      if (token.prefix && shard.terms[at] !== token.term) at++;
      for (; at >= 0 && at < shard.terms.length && (token.prefix ? shard.terms[at].startsWith(token.term) : shard.terms[at] === token.term); at++) {
        token.lists.push({ term: shard.terms[at], entries: shard.entries[at], slots: shard.slots[at] });
        token.found += shard.counts[at];
      }
    }
  }));
}

// The last place in a sorted list with at most this value; -1 if there is none.
function lastAtMost(list, value, order) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (order(list[middle], value) <= 0) low = middle + 1; else high = middle;
  }
  return low - 1;
}

function oneOfEachFamily(hits, head) {
  const seen = new Set();
  return hits.filter((hit) => !seen.has(head.family[hit.entry]) && seen.add(head.family[hit.entry]));
}

// ---- Filters

// The values an entry has in a facet.
function valuesOf(facets, entry, name) {
  const [offered, kind] = facets.entries[entry];
  const [topics, audiences, online, type] = facets.kinds[kind];
  const ids = (list, places) => places.map((place) => list[place].value);
  if (name === "department") return ids(facets.department, facets.offered[offered]);
  if (name === "topic") return ids(facets.topic, topics);
  if (name === "audience") return ids(facets.audience, audiences);
  if (name === "online") return online ? ["1"] : [];
  return type ? [facets.type[type - 1].value] : [];
}

function passes(facets, entry, filters, except) {
  return FACETS.every((name) => {
    const wanted = [].concat(filters[name] || []);
    return name === except || !wanted.length || valuesOf(facets, entry, name).some((value) => wanted.indexOf(value) >= 0);
  });
}

// How many results each value of each facet would leave, under the other filters.
function countFacets(facets, good, filters, head) {
  const out = {};
  FACETS.forEach((name) => {
    const families = new Map();
    good.filter((hit) => passes(facets, hit.entry, filters, name)).forEach((hit) => {
      valuesOf(facets, hit.entry, name).forEach((value) => {
        if (!families.has(value)) families.set(value, new Set());
        families.get(value).add(head.family[hit.entry]);
      });
    });
    const labels = name === "online" ? [{ value: "1", name: "可网办" }] : facets[name];
    out[name] = labels.filter(({ value }) => families.has(value)).map((label) => ({ value: label.value, name: label.name, count: families.get(label.value).size }));
    out[name].sort((a, b) => b.count - a.count);
  });
  return out;
}

// ---- Results

async function show(context, head, look, hit, filters, facets) {
  const block = lastAtMost(head.blocks.first, hit.entry, (a, b) => a - b);
  const first = head.blocks.first[block];
  const entries = await context.files.json(head.blocks.file[block], Array.isArray);
  const flags = head.entries.charCodeAt(hit.entry) - 48;
  let [name, official, department, path, summary, aliases, places] = entries[hit.entry - first];
  const place = places ? await placeOf(context, head, look, hit.entry, block, first, filters, facets) : null;
  if (place) [department, path] = place;
  const marks = marksOf(look, name), officialMarks = official ? marksOf(look, official) : noMarks();
  const shownPieces = new Set(Array.from(marks.pieces).concat(Array.from(officialMarks.pieces)));
  let alias = null;
  for (const other of aliases) {
    const of = marksOf(look, other);
    if (Array.from(of.pieces).some((piece) => !shownPieces.has(piece)) && (!alias || of.pieces.size > alias.marks.pieces.size)) alias = { text: other, marks: of };
  }
  const variants = [];
  for (let i = 0; i < entries.length && variants.length < VARIANTS; i++) {
    const entry = first + i;
    if (entry !== hit.entry && head.family[entry] === head.family[hit.entry]) variants.push({ name: entries[i][0], url: context.url(entries[i][3]) });
  }
  return {
    url: context.url(path), name, official: official || name, department, summary,
    kind: flags & 8 ? "department" : flags & 4 ? "bundle" : "item", open: !(flags & 2),
    aliases, alias: alias && alias.text, marks: marks.ranges, officialMarks: officialMarks.ranges, aliasMarks: alias ? alias.marks.ranges : [],
    variants, places, score: hit.score, coverage: hit.coverage,
  };
}

// Of an item that several departments offer: the one that is filtered by, or that the question names.
async function placeOf(context, head, look, entry, block, first, filters, facets) {
  const file = head.places[block];
  if (!file || file === "-") return null;
  const wanted = [].concat(filters.department || []);
  const named = [];
  look.readings.forEach((reading) => reading.tokens.forEach((token) => eachPosting(token, (other, slot) => {
    if (other === entry && slot >> 5 === META && !token.single) named.push(token.term);
  })));
  if (!wanted.length && !named.length) return null;
  const further = (await context.files.json(file, Array.isArray))[entry - first];
  if (wanted.length) {
    const at = valuesOf(facets, entry, "department").findIndex((value) => wanted.indexOf(value) >= 0);
    return at > 0 ? further[at - 1] : null;
  }
  const count = (place) => named.filter((term) => place[0].indexOf(term) >= 0).length;
  const own = (await context.files.json(head.blocks.file[block], Array.isArray))[entry - first];
  let best = null, most = count([own[2]]);
  further.forEach((place) => { if (count(place) > most) { best = place; most = count(place); } });
  return best;
}

function noMarks() { return { ranges: [], pieces: new Set() }; }

// Where the pieces of the question stand in a text: character ranges, and which pieces were found.
function marksOf(look, text) {
  const units = unitsOf(text, look.sounds ? look.sounds.simple : new Map());
  const marked = units.map(() => false), pieces = new Set();
  look.readings.forEach((reading, r) => reading.tokens.forEach((token) => {
    if (!token.found || token.prefix) return;
    const width = token.tier === "sound" ? 2 : token.to - token.from;
    for (let i = 0; i + width <= units.length; i++) {
      const part = units.slice(i, i + width);
      if (part[width - 1].run !== part[0].run || !standsFor(token, part, look.sounds)) continue;
      for (let j = i; j < i + width; j++) marked[j] = true;
      for (let j = token.from; j < token.to; j++) pieces.add(r + " " + j);
    }
  }));
  const ranges = [];
  units.forEach((unit, i) => {
    const last = ranges[ranges.length - 1];
    if (!marked[i]) return;
    if (last && last[1] >= unit.from) last[1] = unit.to; else ranges.push([unit.from, unit.to]);
  });
  return { ranges, pieces };
}

function standsFor(token, units, sounds) {
  if (token.tier !== "sound") return units.map((unit) => unit.text).join("") === token.term;
  const parts = token.term.split("'");
  return parts.length === 2 && units.every((unit, i) => (sounds.readings.get(unit.text) || []).indexOf(parts[i]) >= 0);
}

// Another spelling of the question, taken from the names of the best result; null if there is none. Twin of src/search/suggest.rs.
function suggest(look, result, hit, query) {
  const { pieces, tokens } = look.readings[0];
  if (hit.coverage >= 1000) return null;
  const texts = [result.name, result.official].concat(result.aliases).map((text) => unitsOf(text, look.sounds ? look.sounds.simple : new Map()));
  const instead = new Map();
  const covered = coveredBy({ pieces, tokens: tokens.filter((token) => token.tier !== "sound") }, hit.entry);
  tokens.filter((token) => token.tier === "sound" && token.found && !token.prefix).forEach((token) => {
    texts.forEach((units) => units.forEach((unit, i) => {
      const pair = [unit, units[i + 1]];
      if (pair[1] && pair[1].run === unit.run && standsFor(token, pair, look.sounds)) pair.forEach((one, j) => { if (!covered[token.from + j] && !instead.has(token.from + j)) instead.set(token.from + j, one.text); });
    }));
  });
  pieces.forEach((piece, i) => {
    if (covered[i] || instead.has(i) || piece.kind !== "han" || piece.part !== "content" || !pieces[i - 1] || !pieces[i + 1]) return;
    // What stands on the other side of a comma is no neighbour.
    if (pieces[i - 1].run !== piece.run || pieces[i + 1].run !== piece.run) return;
    texts.forEach((units) => units.forEach((unit, j) => {
      const after = units[j + 2];
      if (after && after.run === unit.run && unit.text === pieces[i - 1].text && after.text === pieces[i + 1].text && units[j + 1].kind === "han" && !instead.has(i)) instead.set(i, units[j + 1].text);
    }));
  });
  let out = "", at = 0;
  pieces.forEach((piece, i) => {
    if (!instead.has(i) || instead.get(i) === piece.text) return;
    out += query.slice(at, piece.from) + instead.get(i);
    at = piece.to;
  });
  return at ? out + query.slice(at) : null;
}
