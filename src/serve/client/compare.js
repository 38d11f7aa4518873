// The page with old and new side by side: widths, marks, scrolling together. Never part of a published site.
(() => {
  "use strict";

  const OWN = "/__mingbai/";
  const LIST = "/__review/";
  const { page, base } = document.body.dataset;
  const frames = { old: document.getElementById("old"), new: document.getElementById("new") };
  const looks = { phone: 390, desktop: 1280, print: 718 };
  const key = "mingbai-compare";
  const kept = (() => { try { return JSON.parse(sessionStorage.getItem(key)) ?? {}; } catch { return {}; } })();
  let look = looks[kept.look] ? kept.look : "phone";
  let marks = kept.marks !== false;

  function keep() {
    try { sessionStorage.setItem(key, JSON.stringify({ look, marks })); } catch { /* the next page begins as this one did */ }
  }

  // --- How wide -------------------------------------------------------------

  /** A frame has the width of the look, and is made smaller where there is less room. */
  function fit() {
    for (const frame of Object.values(frames)) {
      const box = frame.parentElement;
      const width = looks[look];
      const scale = Math.min(1, box.clientWidth / width);
      frame.style.width = `${width}px`;
      frame.style.height = `${box.clientHeight / scale}px`;
      frame.style.transform = `scale(${scale})`;
    }
  }

  /** Paper: what style sheets say for print holds, and what they say for screens does not. */
  function paper(document, isPrint) {
    const visit = (rules) => {
      for (const rule of rules) {
        if (rule.media) {
          rule.was ??= rule.media.mediaText;
          if (/\bprint\b/.test(rule.was)) rule.media.mediaText = isPrint ? rule.was.replace(/\bprint\b/, "all") : rule.was;
          else if (/\bscreen\b/.test(rule.was)) rule.media.mediaText = isPrint ? "not all" : rule.was;
        }
        if (rule.cssRules) visit(rule.cssRules);
      }
    };
    for (const sheet of document.styleSheets) visit(sheet.cssRules);
    document.defaultView.dispatchEvent(new Event(isPrint ? "beforeprint" : "afterprint"));
  }

  function show(name) {
    look = name;
    keep();
    for (const button of document.querySelectorAll("[data-look]")) button.setAttribute("aria-pressed", String(button.dataset.look === look));
    for (const frame of Object.values(frames)) if (frame.contentDocument?.body) paper(frame.contentDocument, look === "print");
    fit();
  }

  // --- What differs -----------------------------------------------------------

  /** An address without the folder of its side. */
  function sitePath(href) {
    for (const folder of [`${LIST}old/`, `${LIST}new/`, base]) if (href.startsWith(folder)) return `/${href.slice(folder.length)}`;
    return href;
  }

  function toggleMarks() {
    marks = !marks;
    keep();
    paint();
  }

  function paint() {
    document.getElementById("marks").setAttribute("aria-pressed", String(marks));
    for (const [side, frame] of Object.entries(frames)) {
      frame.contentDocument?.body?.classList.toggle("mingbai-plain", !marks);
      frame.contentDocument?.body?.classList.toggle("mingbai-old", side === "old");
    }
  }

  /** The blocks of a frame as its page was served. */
  const taken = (frame) => frame.contentWindow.mingbaiMarks.taken;

  function ready() {
    const [old, fresh] = [frames.old.contentDocument, frames.new.contentDocument];
    const isAbsent = (document) => document.body.classList.contains("mingbai-absent");
    const said = document.getElementById("said");
    if (isAbsent(old) && isAbsent(fresh)) said.textContent = "两边都没有这一页";
    else if (isAbsent(old) || isAbsent(fresh)) said.textContent = isAbsent(old) ? "这一页是新增的" : "这一页撤下了";
    else {
      const count = window.mingbaiMarks.mark(taken(frames.old), taken(frames.new), sitePath, true);
      said.textContent = count ? `${count} 处不同` : "两页的文字一样";
    }
    paint();
    show(look);
    together();
    for (const frame of Object.values(frames)) frame.contentDocument.addEventListener("keydown", onKey);
    document.body.dataset.ready = "";
  }

  // --- Scrolling together -----------------------------------------------------

  /** The other frame shows the same part: by the last part with a name that begins in its upper half, else by proportion. */
  function together() {
    let leader = null;
    let rest = null;
    const follow = (from, to) => {
      if (leader && leader !== from) return;
      leader = from;
      clearTimeout(rest);
      rest = setTimeout(() => { leader = null; }, 150);
      const [a, b] = [from.contentWindow, to.contentWindow];
      const named = [...a.document.querySelectorAll("main [id]")].filter((one) => one.getBoundingClientRect().top <= a.innerHeight * 0.4 && b.document.getElementById(one.id));
      const last = named[named.length - 1];
      const range = (window) => Math.max(1, window.document.documentElement.scrollHeight - window.innerHeight);
      const atEnd = a.scrollY >= range(a) - 1;
      const top = last && !atEnd
        ? b.scrollY + b.document.getElementById(last.id).getBoundingClientRect().top - last.getBoundingClientRect().top
        : (a.scrollY / range(a)) * range(b);
      b.scrollTo({ top, left: a.scrollX, behavior: "instant" });
    };
    frames.old.contentWindow.addEventListener("scroll", () => follow(frames.old, frames.new), { passive: true });
    frames.new.contentWindow.addEventListener("scroll", () => follow(frames.new, frames.old), { passive: true });
  }

  // --- The next page ----------------------------------------------------------

  let near = {};

  function go(address) {
    if (!address) return;
    // What is gone is only here.
    location.assign(address.startsWith(LIST) ? address : `${LIST}compare/${address.slice(base.length)}`);
  }

  function onKey(event) {
    const writes = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
    const name = event.key.toLowerCase();
    if (name === "n") go(near.next);
    if (name === "p") go(near.previous);
    if (name === "d") toggleMarks();
  }

  async function learn() {
    try {
      const answer = await fetch(`${OWN}review?${page}`, { cache: "no-store" });
      if (!answer.ok) return;
      near = await answer.json();
      document.getElementById("next").hidden = !near.next;
      document.getElementById("previous").hidden = !near.previous;
    } catch {
      // The server is away; the page is loaded again when it is back.
    }
  }

  const loaded = (frame) => new Promise((resolve) => {
    const isThere = () => frame.contentDocument?.readyState === "complete" && frame.contentWindow.location.href !== "about:blank";
    if (isThere()) resolve();
    else frame.addEventListener("load", resolve, { once: true });
  });

  document.addEventListener("keydown", onKey);
  document.getElementById("marks").addEventListener("click", toggleMarks);
  document.getElementById("next").addEventListener("click", () => go(near.next));
  document.getElementById("previous").addEventListener("click", () => go(near.previous));
  for (const button of document.querySelectorAll("[data-look]")) button.addEventListener("click", () => show(button.dataset.look));
  addEventListener("resize", fit);
  fit();
  learn();
  Promise.all(Object.values(frames).map(loaded)).then(ready);
})();
