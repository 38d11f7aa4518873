// A day for the phone's own calendar: an iCalendar file (RFC 5545) with one entry for the whole day.
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n").replace(/[\u0000-\u001f\u007f]/g, "");

// Breaks a line after 75 octets at most, never within a character.
function folded(line) {
  let out = "";
  let length = 0;
  Array.from(line).forEach((c) => {
    const code = c.codePointAt(0);
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (length + size > 75) {
      out += "\r\n ";
      length = 1;
    }
    out += c;
    length += size;
  });
  return out + "\r\n";
}

// The text of the file; `stamp` is the moment it is made, in milliseconds.
export function reminderOf({ id, day, title, note, url, stamp }) {
  const digits = (text) => text.replace(/[-:]|\.\d+/g, "");
  return [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mingbai//errand//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    "BEGIN:VEVENT", "UID:" + id, "DTSTAMP:" + digits(new Date(stamp).toISOString()),
    "DTSTART;VALUE=DATE:" + digits(textOf(day)), "DTEND;VALUE=DATE:" + digits(textOf(day + 1)),
    "SUMMARY:" + escaped(title), "DESCRIPTION:" + escaped(note), "URL:" + url, "TRANSP:TRANSPARENT",
    "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:PT9H", "DESCRIPTION:" + escaped(title), "END:VALARM",
    "END:VEVENT", "END:VCALENDAR",
  ].map(folded).join("");
}

// Hands a text over as a file to keep.
function saveFile(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, "_");
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
}
