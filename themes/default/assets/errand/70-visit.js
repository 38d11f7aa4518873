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
    const noticesOf = (date) => hours.notices.filter(({ from, until }) => from <= date && date <= until);
    const linked = ({ title, url }) => {
      const link = document.createElement("a");
      link.href = url;
      link.textContent = title;
      return link;
    };
    // The text of a day: what may shut the place before the usual hours, other notices behind them.
    const say = (place, date, text) => {
      place.textContent = "";
      const all = noticesOf(date);
      const shut = all.filter((one) => one.shut);
      shut.forEach((one) => place.append("有停办的通知，先看清这一天办不办：", linked(one), "。"));
      place.append((shut.length ? "照平时：" : "") + text);
      all.filter((one) => !one.shut).forEach((one) => place.append("这几天有通知，去之前先看：", linked(one), "。"));
    };
    const tick = () => calendarAt(box.dataset.calendar).then((calendar) => {
      const time = now();
      const text = nowText(calendar, hours, time) + unsure(calendar, time.day);
      // Nothing is said again that is said already: a link would lose the focus.
      if (part("now").dataset.said === text + time.day) return;
      part("now").dataset.said = text + time.day;
      if (noticesOf(textOf(time.day)).some((one) => one.shut)) say(part("now"), textOf(time.day), text);
      else part("now").textContent = text;
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
        say(answer, asked, visitText(calendar, hours, chosen, today) + unsure(calendar, chosen));
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
