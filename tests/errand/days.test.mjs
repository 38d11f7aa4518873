// The browser counts days and hours as the program does: both are held to due-days.json and to vectors.json, which tests/site/days.rs writes.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { none } from '../browser/lib/report.mjs';
import { calendarData, errand } from './lib/module.mjs';

const { chinaTime, createCalendar, dayOf, doubts, dueDay, explain, nowText, openingsOf, stateAt, textOf, visitText, weekdayOf } = errand;
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const { examples } = read('../fixtures/due-days.json');
const vectors = read('vectors.json');
const calendar = createCalendar(calendarData);
const days = Array.from({ length: dayOf(vectors.last) - dayOf(vectors.first) + 1 }, (_, n) => dayOf(vectors.first) + n);
const due = (accepted, limit) => {
  const found = dueDay(calendar, dayOf(accepted), limit);
  return found && textOf(found.day) + (found.sure ? '' : '?');
};
const words = (accepted, limit) => explain(dayOf(accepted), limit, dueDay(calendar, dayOf(accepted), limit));

test('the examples', () => {
  none(examples.filter((one) => due(one.accepted, one.limit) !== one.due).map((one) => `${one.accepted} + ${one.limit} is ${due(one.accepted, one.limit)}, not ${one.due}`), 'other day');
  assert.ok(examples.length >= 10);
});

test('every start day of three years has the due day of the program', (t) => {
  const faults = [];
  for (const [limit, text] of vectors.due) {
    const expected = text.split(' ');
    assert.equal(expected.length, days.length);
    days.forEach((day, n) => {
      const found = dueDay(calendar, day, limit);
      const is = `${found.day - day}${found.sure ? '' : '?'}`;
      if (is !== expected[n]) faults.push(`${textOf(day)} + ${limit}: ${is} and not ${expected[n]} days later`);
    });
  }
  t.diagnostic(`${vectors.due.length * days.length} days`);
  none(faults, 'other day');
});

test('every board opens on the days and at the moments the program says', (t) => {
  const faults = [];
  const said = (openings) => (openings ? openings.map((one) => `${one.from}-${one.to}${one.note}`).join(' ') || 'closed' : 'ask');
  const held = ({ open, day, opening, ask }) => (open ? `open ${open.to}` : opening ? `next ${textOf(day)} ${opening.from}` : ask === undefined ? 'never' : `ask ${textOf(ask)}`);
  for (const { hours, kinds, days: letters, moments } of vectors.boards) {
    const board = JSON.stringify(hours.lines);
    days.forEach((day, n) => {
      const expected = kinds[letters.charCodeAt(n) - 97];
      const is = said(openingsOf(calendar, hours, day));
      if (is !== expected) faults.push(`${board} ${textOf(day)}: ${is} and not ${expected}`);
    });
    for (const moment of moments) {
      const [day, minute, ...expected] = moment.split(' ');
      const is = held(stateAt(calendar, hours, dayOf(day), Number(minute)));
      if (is !== expected.join(' ')) faults.push(`${board} ${day} ${minute}: ${is} and not ${expected.join(' ')}`);
    }
  }
  t.diagnostic(`${vectors.boards.length} boards`);
  none(faults, 'other hours');
});

test('a day on which only other windows open sends nobody to a closed one', () => {
  const { hours } = vectors.boards.find((board) => board.hours.lines.some((line) => line.others));
  const [saturday, monday] = ['2026-12-05', '2026-12-07'].map(dayOf);
  const answer = visitText(calendar, hours, saturday, dayOf('2026-11-22'));
  assert.match(answer, /只开综合窗口，9:00-12:00。您要去的窗口开不开，先打电话问。之后最早12月7日（周一）9:00-12:00、13:30-17:30开。$/);
  assert.match(nowText(calendar, hours, { day: saturday, minute: 600 }), /^今天只开综合窗口，您要去的窗口先打电话问。.*9:00开门。$/);
  assert.deepEqual(stateAt(calendar, hours, saturday, 600).day, monday);
});

test('what the counting did is said', () => {
  assert.equal(words('2026-09-18', '20个工作日'),
    '从9月20日（周日）起数，跳过中秋节、国庆节、周末，9月20日（周日）、10月10日（周六）调休上班，算工作日，第20个工作日是10月22日（周四）。');
  assert.equal(words('2025-12-31', '2个工作日'), '从2026年1月4日（周日）起数，跳过元旦，2026年1月4日（周日）调休上班，算工作日，第2个工作日是2026年1月5日（周一）。');
  assert.equal(words('2026-11-23', '3个工作日'), '从11月24日（周二）起数，第3个工作日是11月26日（周四）。');
  assert.equal(words('2026-09-18', '15个自然日'), '从9月19日（周六）起数，周末和节假日也算，第15天是10月3日（周六），遇上国庆节放假，顺延到10月8日（周四）。');
  assert.equal(words('2026-11-06', '1个自然日'), '从11月7日（周六）起数，周末和节假日也算，第1天是11月7日（周六），遇上周末，顺延到11月9日（周一）。');
  assert.equal(words('2026-01-31', '1个月'), '到2月28日（周六）满1个月。');
});

test('limits of hours have no last day, nor have days beyond the calendar', () => {
  for (const limit of ['3小时', '30分钟', '无期限', '', '5天', '9999年']) assert.equal(due('2026-09-18', limit), null, limit);
  assert.equal(due('9999-12-30', '5个工作日'), null);
});

test('a year without an official calendar is provisional, one without any is refused', () => {
  const doubt = (accepted, limit) => doubts(calendar, dueDay(calendar, dayOf(accepted), limit));
  assert.deepEqual(doubt('2026-09-18', '20个工作日'), { refused: '', provisional: '' });
  assert.match(doubt('2026-12-31', '1个工作日').provisional, /^2027年的放假安排还没有正式公布，/);
  assert.equal(doubt('2026-12-31', '1个工作日').refused, '');
  assert.equal(doubt('2027-12-30', '5个工作日').refused, '没有2028年的放假安排，算不出来。');
  assert.equal(doubt('2022-03-01', '5个工作日').refused, '没有2022年的放假安排，算不出来。');
});

test('an official notice wins over what is expected, a day off over a day worked', () => {
  const year = (official, holidays, workdays) => ({ year: 2027, official, holidays: [{ name: '节', days: holidays }], workdays });
  const both = [year(false, ['2027-02-08', '2027-03-01'], []), year(true, ['2027-03-02'], ['2027-02-08', '2027-03-02'])];
  for (const years of [both, [...both].reverse()]) {
    const made = createCalendar({ years });
    assert.equal(made.days.get(dayOf('2027-02-08')).worked, true);
    assert.equal(made.days.get(dayOf('2027-03-02')).worked, false);
    assert.equal(made.years.get(2027), true);
  }
});

test('days that do not exist are none', () => {
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '', 'x', '2026-09-18T00:00']) assert.equal(dayOf(text), null, text);
  assert.equal(weekdayOf(dayOf('2026-09-18')), 4);
});

test('the day and the minute are those of China', () => {
  const at = (text) => { const { day, minute } = chinaTime(Date.parse(text)); return `${textOf(day)} ${minute}`; };
  assert.equal(at('2026-11-22T15:59:59Z'), '2026-11-22 1439');
  assert.equal(at('2026-11-22T16:00:00Z'), '2026-11-23 0');
  assert.equal(at('1969-12-31T15:30:00Z'), '1969-12-31 1410');
});

test('whether a window is open is said in words', () => {
  const [{ hours }, { hours: office }, { hours: asked }] = vectors.boards;
  const now = (board, day, minute) => nowText(calendar, board, { day: dayOf(day), minute });
  const visit = (board, day) => visitText(calendar, board, dayOf(day), dayOf('2026-09-01'));
  assert.equal(now(hours, '2026-09-18', 600), '现在开着，到12:00。');
  assert.equal(now(hours, '2026-09-18', 730), '现在休息，今天13:30开门。');
  assert.equal(now(hours, '2026-09-18', 500), '现在还没开，今天9:00开门。');
  assert.equal(now(hours, '2026-09-18', 1100), '今天已经关门，9月19日（周六）9:00开门（仅综合窗口）。');
  assert.equal(now(hours, '2026-09-19', 600), '现在开着，到12:00（仅综合窗口）。');
  assert.equal(now(hours, '2026-10-02', 600), '今天国庆节放假，10月8日（周四）9:00开门。');
  assert.equal(now(office, '2026-11-22', 600), '今天不开，11月23日（周一）9:00开门。');
  assert.equal(now(asked, '2026-10-02', 600), '10月2日（周五）国庆节放假，这里开不开，看上面的说明，或者先打电话问。');
  assert.equal(visit(hours, '2026-09-20'), '9月20日（周日）调休上班，开，9:00-12:00、13:30-17:30。');
  assert.equal(visit(hours, '2026-10-01'), '10月1日（周四）国庆节放假，不开。之后最早10月8日（周四）9:00-12:00、13:30-17:30开。');
  assert.equal(visit(hours, '2026-09-27'), '9月27日（周日）中秋节放假，不开。之后最早9月28日（周一）9:00-12:00、13:30-17:30开。');
  assert.equal(visit(office, '2026-10-10'), '10月10日（周六）调休上班，这里开不开，看上面的说明，或者先打电话问。');
});
