// When a place is open, as the program works it out (model/value/visit.rs).
// `hours` is { lines: [{ days: "12345", ranges: [[540, 720]], season: [501, 930], note, others, beside }], closed, makeup }:
// days are 1 Monday to 7 Sunday, times are minutes of the day, a season is its first and last month
// and day, others: it holds for other windows than the one that is asked about, beside: it is of a season
// and holds for some windows, so that those of the whole year hold as well.
const AHEAD = 30;

// The openings of a day, first to last; empty where it is closed, null where one has to ask.
export function openingsOf(calendar, hours, day) {
  const kind = kindOf(calendar, day);
  if (kind.arranged && !kind.worked) return hours.closed ? [] : null;
  if (!kind.arranged || weekdayOf(day) < 5) return onWeekday(hours, day, weekdayOf(day));
  const week = [0, 1, 2, 3, 4].map((weekday) => JSON.stringify(onWeekday(hours, day, weekday)));
  return hours.makeup && week.every((one) => one === week[0]) ? JSON.parse(week[0]) : null;
}

// The openings of a day that are for other windows alone.
function othersOf(calendar, hours, day) {
  return kindOf(calendar, day).arranged ? [] : onWeekday(hours, day, weekdayOf(day), true);
}

function onWeekday(hours, day, weekday, others = false) {
  const date = new Date(day * DAY_MS);
  const at = (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  const holds = ([first, last]) => (first <= last ? first <= at && at <= last : first <= at || at <= last);
  const asked = hours.lines.filter((line) => Boolean(line.others) === others);
  const lines = asked.filter((line) => line.days.includes(weekday + 1) && (!line.season || holds(line.season)));
  const seasonal = lines.some((line) => line.season && !line.beside);
  const openings = [];
  lines.filter((line) => Boolean(line.season) === seasonal || line.beside).forEach((line) => {
    line.ranges.forEach(([from, to]) => openings.push({ from, to, note: line.note || "" }));
  });
  return openings.sort((a, b) => Boolean(a.note) - Boolean(b.note) || a.from - b.from || a.to - b.to);
}

// What is known of a minute of a day: { open: opening }, { day, opening } for the next one,
// { ask: day } where first comes a day one has to ask about, or {}.
export function stateAt(calendar, hours, today, minute) {
  for (let day = today; day <= today + AHEAD; day += 1) {
    const openings = openingsOf(calendar, hours, day);
    if (!openings) return { ask: day };
    const now = day === today && openings.find((one) => one.from <= minute && minute < one.to);
    if (now) return { open: now };
    const opening = openings.find((one) => day > today || one.from > minute);
    if (opening) return { day, opening };
  }
  return {};
}

// The day and the minute in China, which has one time and no summer time, whatever the phone's own zone is.
export function chinaTime(milliseconds) {
  const minutes = Math.floor(milliseconds / 6e4) + 480;
  return { day: Math.floor(minutes / 1440), minute: ((minutes % 1440) + 1440) % 1440 };
}

const clock = (minute) => Math.floor(minute / 60) + ":" + String(minute % 60).padStart(2, "0");
const noted = (one) => (one.note ? "（" + one.note + "）" : "");

// The openings of a day in words: 9:00-12:00、13:30-17:30.
function openingsText(openings) {
  return openings.map((one, n) => {
    const next = openings[n + 1];
    return clock(one.from) + "-" + clock(one.to) + (next && next.note === one.note ? "" : noted(one));
  }).join("、");
}

// Which windows are open: 只开综合窗口.
const onlyText = (openings) => "只开" + openings[0].note.replace(/^(仅|只)开?/, "");

const holidayName = (calendar, day) => {
  const kind = kindOf(calendar, day);
  return kind.arranged ? (kind.worked ? "调休上班" : kind.name + "放假") : "";
};

function askText(calendar, day, since) {
  return dayText(day, since) + holidayName(calendar, day) + "，这里开不开，看上面的说明，或者先打电话问。";
}

// Whether it is open now and when next, in words.
export function nowText(calendar, hours, { day: today, minute }) {
  const state = stateAt(calendar, hours, today, minute);
  if (state.open) return "现在开着，到" + clock(state.open.to) + noted(state.open) + "。";
  if (state.ask !== undefined) return (state.ask > today ? "现在没开。" : "") + askText(calendar, state.ask, today);
  if (!state.opening) return "现在没开。";
  const opens = clock(state.opening.from) + "开门" + noted(state.opening) + "。";
  if (state.day > today) {
    const before = (openingsOf(calendar, hours, today) || []).length;
    const others = othersOf(calendar, hours, today);
    if (!before && others.length) return "今天" + onlyText(others) + "，您要去的窗口先打电话问。" + dayText(state.day, today) + opens;
    const why = before ? "今天已经关门" : "今天" + (holidayName(calendar, today) || "不开");
    return why + "，" + dayText(state.day, today) + opens;
  }
  const earlier = openingsOf(calendar, hours, today).some((one) => one.to <= minute);
  return (earlier ? "现在休息，" : "现在还没开，") + "今天" + opens;
}

// Whether it is open on a chosen day, in words.
export function visitText(calendar, hours, day, today) {
  const openings = openingsOf(calendar, hours, day);
  if (!openings) return askText(calendar, day, today);
  const name = holidayName(calendar, day);
  if (openings.length) return dayText(day, today) + (name ? name + "，" : "") + "开，" + openingsText(openings) + "。";
  const next = stateAt(calendar, hours, day, 1440);
  const then = next.opening ? "之后最早" + dayText(next.day, today) + openingsText(openingsOf(calendar, hours, next.day)) + "开。" : "";
  const others = othersOf(calendar, hours, day);
  if (others.length) {
    const times = openingsText(others.map(({ from, to }) => ({ from, to, note: "" })));
    return dayText(day, today) + onlyText(others) + "，" + times + "。您要去的窗口开不开，先打电话问。" + then;
  }
  return dayText(day, today) + (name ? name + "，" : "") + "不开。" + then;
}
