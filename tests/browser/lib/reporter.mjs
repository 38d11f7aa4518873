// The reporter of `node --test`: a line a test, the failures in full at the end, and a last line `N passed, N failed`.

/** What Node says of the whole run; the last line says it shorter. */
const SUMMARY = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

export default async function* report(source) {
  const failures = [];
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of source) {
    if (type === 'test:diagnostic' && !SUMMARY.test(data.message)) yield `      ${data.message}\n`;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const suite = data.details.type === 'suite';
    const seconds = `${(data.details.duration_ms / 1000).toFixed(1)} s`;
    if (type === 'test:pass') {
      if (suite || data.skip !== undefined) continue;
      passed += 1;
      yield `  ✔ ${data.name} (${seconds})\n`;
    } else if (!suite || failureOfItsOwn(data)) {
      failed += 1;
      failures.push(data);
      yield `  ✖ ${data.name} (${seconds})\n`;
    }
  }
  for (const { name, file, details } of failures) {
    const cause = details.error?.cause ?? details.error;
    yield `\n✖ ${name}${file ? ` (${file})` : ''}\n${indent(String(cause?.code === 'ERR_ASSERTION' ? cause.message : cause?.stack?.split('\n').slice(0, 4).join('\n') ?? cause))}\n`;
  }
  yield `\n${passed} passed, ${failed} failed\n`;
}

/** A suite fails because of a test in it, which is counted already, or in its own hooks. */
function failureOfItsOwn(data) {
  return data.details.error?.failureType !== 'subtestsFailed';
}

function indent(text) {
  return text.replace(/^/gm, '    ');
}
