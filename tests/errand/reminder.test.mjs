// The reminder is an iCalendar file as RFC 5545 wants it, and what is in it comes out again.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { parseCalendar } from './lib/icalendar.mjs';
import { errand } from './lib/module.mjs';

const { dayOf, reminderOf } = errand;
const REMINDER = {
  id: 'food-2026-09-18-2026-10-22@host.example',
  day: dayOf('2026-10-22'),
  title: '食品、餐饮（含网络）经营许可证办理；开店, 开饭馆\\小吃：我们承诺的最后一天👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍',
  note: '受理之日2026年9月18日（周五），20个工作日。从9月20日（周日）起数。\nhttps://host.example/items/food/\u0007',
  url: 'https://host.example/items/food/',
  stamp: Date.parse('2026-11-22T02:05:06.789Z'),
};

test('lines are at most 75 octets, end with CR and LF and break between characters', () => {
  const text = reminderOf(REMINDER);
  assert.ok(text.endsWith('END:VCALENDAR\r\n'));
  const lines = text.split('\r\n').slice(0, -1);
  for (const line of lines) {
    assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.ok(!/[\r\n]/.test(line), line);
    assert.ok(!Buffer.from(line).toString('utf8').includes('\ufffd'), line);
  }
  assert.ok(lines.filter((line) => line.startsWith(' ')).length >= 3, 'nothing was folded');
});

test('what went in comes out', () => {
  const { event, alarm } = parseCalendar(reminderOf(REMINDER));
  assert.equal(event.UID.value, REMINDER.id);
  assert.equal(event.SUMMARY.value, REMINDER.title);
  assert.equal(event.DESCRIPTION.value, REMINDER.note.replace('\u0007', ''));
  assert.equal(event.URL.value, REMINDER.url);
  assert.equal(event.DTSTAMP.value, '20261122T020506Z');
  assert.deepEqual(event.DTSTART, { parameters: 'VALUE=DATE', value: '20261022' });
  assert.deepEqual(event.DTEND, { parameters: 'VALUE=DATE', value: '20261023' });
  assert.equal(alarm.TRIGGER.value, 'PT9H');
  assert.equal(alarm.ACTION.value, 'DISPLAY');
});
