// The deadline calculator (data-errand="deadline"): a day is chosen, each row
// with a data-limit gets its last day, in words what the counting did, and a reminder.
// Rows that the answers to the questions rule out are hidden by those (80-cases.js).
function startDeadlines(root) {
  root.querySelectorAll("[data-errand='deadline']").forEach((box) => {
    const part = (name, of) => (of || box).querySelector("[data-part='" + name + "']");
    const day = part("day");
    const say = (text) => {
      part("message").textContent = text;
      part("rows").hidden = true;
    };
    const count = () => {
      if (!day.value) return say(day.validity && day.validity.badInput ? "没有这一天，请重新选。" : "");
      const accepted = dayOf(day.value);
      if (accepted === null) return say("日子要写成 2026-03-05 这样。");
      const asked = day.value;
      return calendarAt(box.dataset.calendar).then(
        (calendar) => asked === day.value && show(calendar, accepted),
        () => asked === day.value && say(CALENDAR_LOST));
    };
    const show = (calendar, accepted) => {
      const said = [];
      let last = null;
      const provisional = [];
      box.querySelectorAll("[data-limit]").forEach((row) => {
        const { limit, label } = row.dataset;
        const due = dueDay(calendar, accepted, limit);
        const doubt = due ? doubts(calendar, due) : { refused: "", provisional: "" };
        const dated = due && !doubt.refused;
        const words = !due ? limit + "，从" + box.dataset.from.slice(0, 2) + "的那一刻算起。" : doubt.refused || (limit === "当场" ? "当场办好。" : explain(accepted, limit, due));
        part("date", row).textContent = dated ? dayText(due.day) + (doubt.provisional ? "（暂定）" : "") : "";
        part("words", row).textContent = words;
        if (doubt.provisional && !doubt.refused && !provisional.includes(doubt.provisional)) provisional.push(doubt.provisional);
        // What answers rule out is not read out, and nothing is delivered after it.
        if (!row.hidden) {
          said.push(label + (dated ? dayText(due.day) : words));
          if (dated && last === null) last = due.day;
        }
        const save = part("save", row);
        save.hidden = !dated || limit === "当场";
        save.onclick = () => remind(label, limit, accepted, due, words + doubt.provisional);
      });
      deliver(calendar, last);
      part("rows").hidden = false;
      part("provisional").textContent = provisional.join("");
      part("message").textContent = "";
      part("announce").textContent = said.concat(provisional).join("；");
    };
    // When it arrives at the latest, if it is decided on the last day of the promise.
    const deliver = (calendar, last) => {
      const row = box.querySelector("[data-delivery]");
      if (!row) return;
      const due = last === null ? null : dueDay(calendar, last, row.dataset.delivery);
      const sure = due && !doubts(calendar, due).refused && row.dataset.delivery !== "当场";
      part("delivered", row).textContent = sure ? "要是" + dayText(last) + "才决定，最迟" + dayText(due.day, last) + "送到。" : "";
    };
    const remind = (label, limit, accepted, due, words) => {
      const { name, slug } = box.dataset;
      const page = location.href.split(/[?#]/)[0];
      const text = reminderOf({
        id: slug + "-" + textOf(accepted) + "-" + textOf(due.day) + "@" + location.hostname,
        day: due.day,
        title: name + "：" + label + "的最后一天",
        note: box.dataset.from + dayText(accepted) + "，" + limit + "。" + words + "\n" + page,
        url: page,
        stamp: Date.now(),
      });
      saveFile(name + " " + textOf(due.day) + ".ics", "text/calendar;charset=utf-8", text);
    };
    day.addEventListener("change", count);
    document.addEventListener("mb-case", count);
    box.hidden = false;
    count();
  });
}
