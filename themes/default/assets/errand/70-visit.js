// The visit planner (data-errand="visit"): whether a place is open now and on a
// chosen day. Nothing is fetched before it comes near the window or is used.
function startVisits(root) {
  root.querySelectorAll("[data-errand='visit']").forEach((box) => {
    const part = (name) => box.querySelector("[data-part='" + name + "']");
    const hours = JSON.parse(box.dataset.hours);
    const day = part("day");
    const now = () => chinaTime(Date.now());
    const unsure = (calendar, of) => {
      if (kindOf(calendar, of).sure) return "";
      return yearOf(of) + "年的放假安排还没有公布，去之前先打电话问。";
    };
    const tick = () => calendarAt(box.dataset.calendar).then((calendar) => {
      const time = now();
      part("now").textContent = nowText(calendar, hours, time) + unsure(calendar, time.day);
    }, () => { part("now").textContent = CALENDAR_LOST; });
    const plan = () => {
      const chosen = dayOf(day.value);
      const answer = part("answer");
      answer.textContent = "";
      if (chosen === null) return;
      const asked = day.value;
      calendarAt(box.dataset.calendar).then((calendar) => {
        if (asked !== day.value) return;
        const today = now().day;
        if (chosen < today) {
          answer.textContent = "这一天已经过去了。";
          return;
        }
        answer.textContent = visitText(calendar, hours, chosen, today) + unsure(calendar, chosen);
        hours.notices.filter(({ from, until }) => from <= asked && asked <= until).forEach(({ title, url }) => {
          const link = document.createElement("a");
          link.href = url;
          link.textContent = title;
          answer.append("这几天有通知，去之前先看：", link, "。");
        });
      }, () => { answer.textContent = CALENDAR_LOST; });
    };
    const begin = () => {
      tick();
      setInterval(tick, 6e4);
    };
    day.min = textOf(now().day);
    day.addEventListener("change", plan);
    box.hidden = false;
    plan();
    if (typeof IntersectionObserver === "undefined") {
      begin();
      return;
    }
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      begin();
    }, { rootMargin: "300px" });
    watch.observe(box);
  });
}
