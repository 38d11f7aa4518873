// Working days, holidays and due days, as the program counts them. A day is a
// number, how many days after 1 January 1970 it is: no clock and no time zone comes in.
const DAY_MS = 864e5;
const LAST_DAY = Date.UTC(9999, 11, 31) / DAY_MS;

// "2026-09-18" as a day; null if there is no such day.
export function dayOf(text) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!found) return null;
  const day = Date.UTC(+found[1], +found[2] - 1, +found[3]) / DAY_MS;
  return textOf(day) === text ? day : null;
}

export function textOf(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function yearOf(day) {
  return new Date(day * DAY_MS).getUTCFullYear();
}

// 0 is Monday.
export function weekdayOf(day) {
  return (day + 3) % 7;
}

// The calendar of data/calendar.json: which years are there and whether a notice
// covers them, and the days that are not as their weekday is.
export function createCalendar(data) {
  const years = new Map();
  const days = new Map();
  const arrange = (text, one) => {
    const day = dayOf(text);
    const old = days.get(day);
    const rank = (of) => (of.official ? 2 : 0) + (of.worked ? 0 : 1);
    if (!old || rank(one) > rank(old)) days.set(day, one);
  };
  data.years.forEach(({ year, official, holidays, workdays }) => {
    years.set(year, official || years.get(year) === true);
    workdays.forEach((text) => arrange(text, { worked: true, official, name: "" }));
    holidays.forEach(({ name, days }) => days.forEach((text) => arrange(text, { worked: false, official, name })));
  });
  return { years, days };
}

// Whether a day is worked, whether that is sure, the name of its holiday, and
// whether a notice or the law names it.
export function kindOf(calendar, day) {
  const one = calendar.days.get(day);
  const worked = one ? one.worked : weekdayOf(day) < 5;
  const sure = calendar.years.get(yearOf(day)) === true || Boolean(one && one.official);
  return { worked, sure, name: one ? one.name : "", arranged: Boolean(one) };
}

// "20个工作日" as number and unit; null for 当场, 无期限 and limits of hours, which have no last day.
export function limitOf(text) {
  const found = /^(\d+)个?(工作日|自然日|月|年)$/.exec(text);
  return found ? { number: +found[1], unit: found[2] } : null;
}

// The last day of a limit that begins to run on the day `accepted`, and what the
// counting met on its way; null if it has none.
export function dueDay(calendar, accepted, text) {
  const due = { day: accepted, sure: true, first: accepted, names: [], weekends: false, worked: [], moved: null, years: [] };
  if (text === "当场") return due;
  const limit = limitOf(text);
  if (!limit) return null;
  const working = limit.unit === "工作日";
  if (!working) due.day = later(accepted, limit);
  const step = () => {
    const kind = kindOf(calendar, due.day);
    const year = yearOf(due.day);
    if (!kind.sure) due.sure = false;
    if (!kind.sure && !due.years.includes(year)) due.years.push(year);
    if (kind.worked && kind.arranged && weekdayOf(due.day) > 4) due.worked.push(due.day);
    if (!kind.worked && !kind.name) due.weekends = true;
    if (!kind.worked && kind.name && !due.names.includes(kind.name)) due.names.push(kind.name);
    return kind.worked;
  };
  for (let left = working ? limit.number : 1; left > 0; left -= 1) {
    if (working) due.day += 1;
    while (due.day <= LAST_DAY && !step()) {
      if (!working && due.moved === null) due.moved = due.day;
      due.day += 1;
    }
    if (!(due.day <= LAST_DAY)) return null;
    if (due.first === accepted) due.first = due.day;
  }
  if (!working) due.first = accepted + 1;
  return due;
}

// The day after so many days, or the corresponding day of a later month, at most its last.
function later(day, { number, unit }) {
  if (unit === "自然日") return day + number;
  const date = new Date(day * DAY_MS);
  const month = date.getUTCMonth() + number * (unit === "年" ? 12 : 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), last)) / DAY_MS;
}

// "10月22日（周四）", with the year where it is not that of the day before it.
export function dayText(day, since) {
  const [year, month, date] = textOf(day).split("-").map(Number);
  const week = "周" + "一二三四五六日"[weekdayOf(day)];
  return (since !== undefined && yearOf(since) === year ? "" : year + "年") + month + "月" + date + "日（" + week + "）";
}

// What the counting did, in words.
export function explain(accepted, text, due) {
  const limit = limitOf(text);
  if (!limit) return "";
  const at = (day) => dayText(day, accepted);
  const end = "第" + limit.number + (limit.unit === "工作日" ? "个工作日" : "天");
  if (limit.unit === "工作日") {
    const skipped = due.names.concat(due.weekends ? ["周末"] : []);
    return "从" + at(due.first) + "起数" + (skipped.length ? "，跳过" + skipped.join("、") : "") + "，" +
      (due.worked.length ? due.worked.map(at).join("、") + "调休上班，算工作日，" : "") + end + "是" + at(due.day) + "。";
  }
  const day = due.moved === null ? due.day : due.moved;
  const counted = limit.unit === "自然日" ? "从" + at(due.first) + "起数，周末和节假日也算，" + end + "是" + at(day) :
    "到" + at(day) + "满" + limit.number + (limit.unit === "月" ? "个月" : "年");
  const why = due.names.length ? due.names.join("、") + "放假" : "周末";
  return counted + (due.moved === null ? "。" : "，遇上" + why + "，顺延到" + at(due.day) + "。");
}

// What has to be said of the years a count rests on: a reason to refuse it, or
// that it may still change; both empty where everything is sure.
export function doubts(calendar, due) {
  const unknown = due.years.filter((year) => !calendar.years.has(year));
  const expected = due.years.filter((year) => calendar.years.has(year));
  return {
    refused: unknown.length ? "没有" + unknown.join("年、") + "年的放假安排，算不出来。" : "",
    provisional: expected.length ? expected.join("年、") + "年的放假安排还没有正式公布，这里暂按已知的放假日子算，公布以后可能要变。" : "",
  };
}
