// What a question costs: bytes and requests of a first and of a further one, and the time of a repeated one.

/** So many visitors ask a first question and so many more. */
const SESSIONS = 30;
const FURTHER = 10;
/** A slow phone network: 150 ms for each round of requests, 1.6 Mbit/s. */
const ROUND_TRIP = 0.15;
const BYTES_A_SECOND = 200_000;

/** Measures an engine with the questions of a set. */
export async function cost(engine, set) {
  const queries = set.questions.filter(({ expected }) => expected.length > 0).map(({ query }) => query);
  return { cold: await cold(engine, queries), next: await next(engine, queries), warm: await warm(engine, set) };
}

/** Every question is the first of a new visitor; the library counts. */
async function cold(engine, queries) {
  const ms = [];
  const loads = [];
  for (const query of queries) {
    const visitor = engine.open();
    const started = performance.now();
    await visitor.ask(query);
    ms.push(performance.now() - started);
    loads.push(visitor);
  }
  return { ...spreads(loads), ms: spread(ms) };
}

/** What each of ten further questions costs on average. */
async function next(engine, queries) {
  const random = numbers(20261122);
  const loads = [];
  for (let n = 0; n < SESSIONS; n += 1) {
    const asked = shuffled(queries, random).slice(0, FURTHER + 1);
    const visitor = engine.open();
    await visitor.ask(asked[0]);
    for (const query of asked.slice(1)) {
      const before = { ...visitor };
      await visitor.ask(query);
      const more = (key) => visitor[key] - before[key];
      loads.push({ bytes: more('bytes'), requests: more('requests'), rounds: more('rounds') });
    }
  }
  return spreads(loads);
}

/** The second pass over all questions in one session. */
async function warm(engine, set) {
  const visitor = engine.open();
  for (const { query } of set.questions) await visitor.ask(query);
  const ms = [];
  for (const { query } of set.questions) {
    const started = performance.now();
    await visitor.ask(query);
    ms.push(performance.now() - started);
  }
  return spread(ms);
}

function spreads(loads) {
  const of = (value) => spread(loads.map(value));
  return {
    bytes: of(({ bytes }) => bytes),
    requests: of(({ requests }) => requests),
    rounds: of(({ rounds }) => rounds),
    seconds: of(({ bytes, rounds }) => rounds * ROUND_TRIP + bytes / BYTES_A_SECOND),
  };
}

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length);
  return { mean, median: at(0.5), p95: at(0.95), max: at(1) };
}

function shuffled(list, random) {
  const copy = [...list];
  for (let n = copy.length - 1; n > 0; n -= 1) {
    const other = Math.floor(random() * (n + 1));
    [copy[n], copy[other]] = [copy[other], copy[n]];
  }
  return copy;
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
