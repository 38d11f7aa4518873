// The figures as Markdown tables, one column for each engine.

/** What is found, by kind of question; `title` says of which questions. */
export function qualityTable(title, measured, set) {
  const rows = Object.keys(measured[0].groups).map((name) => [
    name, String(measured[0].groups[name].asked),
    ...measured.map(({ groups }) => ['hit', 'mrr', 'recall', 'first'].map((key) => share(groups[name][key])).join(' / ')),
  ]);
  const other = set.familyCounts ? 'all, the very item only' : 'all, or one of its family';
  const row = (name, count, cell) => rows.push([name, String(count), ...measured.map(cell)]);
  row(other, measured[0].groups.all.asked, ({ groups }) => `${share(groups.all.otherHit)} / ${share(groups.all.otherMrr)}`);
  const exact = measured[0].groups.exact;
  if (exact) row('exact: first has this name', exact.asked, ({ sameName }) => share(sameName));
  const { asked } = measured[0].empty;
  if (asked > 0) row('no answer: share left empty', asked, ({ empty }) => share(empty.share));
  return table([`${title}hit@5 / MRR / recall@5 / P@1`, 'n', ...measured.map(({ engine }) => engine)], rows);
}

/** What a question costs. */
export function costTable(measured) {
  const three = (of, unit) => (result) => { const { median, p95, max } = of(result.cost); return [median, p95, max].map(unit).join(' / '); };
  return byEngine('cost: median / p95 / max', measured, [
    ['cold first: KB, with the library', three(({ cold }) => cold.bytes, kb)],
    ['cold first: requests, with the library', three(({ cold }) => cold.requests, String)],
    ['cold first: rounds, with the library', three(({ cold }) => cold.rounds, String)],
    ['cold first: s, 150 ms a round, 1.6 Mbit/s', three(({ cold }) => cold.seconds, (value) => value.toFixed(2))],
    ['cold first: ms, files on disk', three(({ cold }) => cold.ms, ms)],
    ['further: KB, mean', ({ cost }) => kb(cost.next.bytes.mean)],
    ['further: requests, mean', ({ cost }) => cost.next.requests.mean.toFixed(1)],
    ['further: s, 150 ms a round, 1.6 Mbit/s, mean', ({ cost }) => cost.next.seconds.mean.toFixed(2)],
    ['further: KB', three(({ next }) => next.bytes, kb)],
    ['warm: ms', three(({ warm }) => warm, ms)],
  ]);
}

/** What the index costs. */
export function indexTable(measured) {
  const known = (value, show) => (value === undefined || value === null ? '–' : show(value));
  return byEngine('index', measured, [
    ['build s', ({ index }) => known(index.seconds, (value) => value.toFixed(2))],
    ['peak MiB', ({ index }) => known(index.peakMib, (value) => value.toFixed(0))],
    ['of which the records before', ({ index }) => known(index.recordsMib, (value) => value.toFixed(0))],
    ['files', ({ index }) => known(index.files, String)],
    ['KB', ({ index }) => known(index.bytes, kb)],
    ['largest file KB', ({ index }) => known(index.largest, kb)],
    ['library KB, gzip', ({ index }) => known(index.library, kb)],
  ]);
}

/** The questions that were missed, with what came instead. */
export function failureList(title, { engine }, missed) {
  const lines = missed.map(({ id, kind, query, wanted, rank, found }) => (
    `${id} ${kind} “${query}” → ${wanted.slice(0, 3).join(' | ') || 'nothing'}${rank ? ` (at ${rank})` : ''}\n    ${found.join(' | ') || '(nothing)'}`));
  return `\n${title}${engine}: ${missed.length} missed\n${lines.join('\n')}`;
}

const byEngine = (title, measured, rows) => table(
  [title, ...measured.map(({ engine }) => engine)], rows.map(([name, cell]) => [name, ...measured.map(cell)]));

function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

const share = (value) => value.toFixed(3).replace(/^0/, '');
const kb = (bytes) => (bytes / 1000).toFixed(1);
const ms = (value) => value.toFixed(2);
