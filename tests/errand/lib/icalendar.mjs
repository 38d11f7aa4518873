// Reads an iCalendar file with one event; throws where it is not as RFC 5545 wants it.
import assert from 'node:assert/strict';

/** The properties of the event and of its alarm: value, unescaped, and parameters. */
export function parseCalendar(text) {
  assert.ok(!/(^|[^\r])\n|\r(?!\n)/.test(text), 'lines end with CR and LF');
  const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n');
  assert.equal(lines.pop(), '');
  const parts = { VCALENDAR: {}, VEVENT: {}, VALARM: {} };
  const open = [];
  for (const line of lines) {
    const found = /^([A-Z-]+)(?:;([^:]+))?:(.*)$/.exec(line);
    assert.ok(found, line);
    const [, name, parameters = '', value] = found;
    if (name === 'BEGIN') open.push(value);
    else if (name === 'END') assert.equal(open.pop(), value);
    else {
      const part = parts[open.at(-1)];
      assert.ok(part && !part[name], line);
      part[name] = { parameters, value: value.replace(/\\([\\;,nN])/g, (_, c) => (c.toLowerCase() === 'n' ? '\n' : c)) };
    }
  }
  assert.equal(open.length, 0);
  assert.equal(parts.VCALENDAR.VERSION.value, '2.0');
  assert.ok(parts.VCALENDAR.PRODID.value);
  for (const name of ['UID', 'DTSTAMP', 'DTSTART', 'SUMMARY']) assert.ok(parts.VEVENT[name], name);
  return { event: parts.VEVENT, alarm: parts.VALARM };
}
