// The calendar file, fetched once for a page and only when something asks for it; a failed fetch may be tried again.
const calendarFiles = new Map();

function calendarAt(url) {
  if (!calendarFiles.has(url)) {
    const file = fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(url);
      return answer.json();
    }).then(createCalendar);
    file.catch(() => calendarFiles.delete(url));
    calendarFiles.set(url, file);
  }
  return calendarFiles.get(url);
}
const CALENDAR_LOST = "放假安排没有取到，请检查网络再试。";
