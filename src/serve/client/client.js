// The client of `mingbai serve`: reloads the page when the content changed, and
// shows what is wrong with the content at the foot of the last good page.
//
// It is never part of a published site. Texts are only ever set as text.
(() => {
  "use strict";

  const OWN = "/__mingbai/";
  // Which version of the portal this page was made from.
  const page = document.currentScript.dataset.page;
  const standIn = () => document.body.classList.contains("mingbai-stand-in");
  // A page of the preview itself, such as the list of changes, is written in no file.
  const isOwn = () => standIn() || document.body.hasAttribute("data-own");

  let source = null;
  let reloading = false;
  let shown = null; // the state whose findings are shown
  let styled = null; // the style sheet of the site
  let root = null;

  // --- Staying up to date -------------------------------------------------

  function connect() {
    // A browser has six connections to a host: a hidden tab gives its own back.
    if (source || document.hidden) return;
    source = new EventSource(OWN + "events");
    source.addEventListener("state", (event) => follow(JSON.parse(event.data)));
    source.onerror = () => {
      if (source && source.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 1000);
      }
    };
  }

  function disconnect() {
    if (source) source.close();
    source = null;
  }

  function follow(state) {
    if (state.page !== page) return state.follow && state.follow !== location.pathname ? go(state.follow) : reload();
    // The preview's own pages tell of style sheets as of any other file.
    if (state.style && isOwn() && styled && state.style !== styled) return reload();
    styled = state.style;
    if (state.style) restyle(state.style);
    if (state.state !== shown) refresh();
  }

  function go(path) {
    if (reloading) return;
    reloading = true;
    disconnect();
    location.assign(path);
  }

  function reload() {
    if (reloading) return;
    reloading = true;
    disconnect();
    remember();
    location.reload();
  }

  // Another style sheet takes the place of the old one when it is there: nothing moves or flashes.
  function restyle(address) {
    const is = (link) => /\/assets\/theme\.[0-9a-f]+\.css$/.test(new URL(link.href).pathname);
    const old = [...document.querySelectorAll("link[rel=stylesheet]")].filter(is);
    if (!old.length || old.some((link) => new URL(link.href).pathname === address)) return;
    const link = old[0].cloneNode();
    link.href = address;
    link.addEventListener("load", () => old.forEach((one) => one.remove()));
    old[old.length - 1].after(link);
  }

  // --- Staying where one was ------------------------------------------------

  const placeKey = "mingbai-preview-place";
  // The ticks of the page of changes are kept by itself.
  const fields = () => document.body.dataset.store ? [] : [...document.querySelectorAll("input, select, textarea")].filter((field) => !root.contains(field));
  const folds = () => [...document.querySelectorAll("details")];
  // What a thing is called on this page, and which of that name it is.
  function named(list, name) {
    const seen = new Map();
    return list.map((one) => {
      const known = name(one);
      const count = seen.get(known) ?? 0;
      seen.set(known, count + 1);
      return [`${known}\n${count}`, one];
    });
  }
  const namedFields = () => named(fields(), (field) => [field.type, field.id, field.name, field.type === "radio" ? field.value : ""].join(" "));
  const namedFolds = () => named(folds(), (fold) => fold.querySelector("summary")?.textContent.trim() ?? "");
  const namedStops = () => named([...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex]")].filter((stop) => !root.contains(stop)),
    (stop) => [stop.tagName, stop.id, stop.getAttribute("name"), stop.getAttribute("href"), stop.id ? "" : stop.textContent.trim().slice(0, 80)].join(" "));

  function remember() {
    const focused = namedStops().find(([, stop]) => stop === document.activeElement);
    const place = {
      path: location.pathname, x: scrollX, y: scrollY, focus: focused?.[0] ?? null,
      selection: document.activeElement?.selectionStart ?? null,
      folds: namedFolds().map(([name, fold]) => [name, fold.open]),
      fields: namedFields().filter(([, field]) => field.type !== "file" && field.type !== "password")
        .map(([name, field]) => [name, field.value, field.checked]),
    };
    try { sessionStorage.setItem(placeKey, JSON.stringify(place)); } catch { /* then the page begins at its top */ }
  }

  function restore() {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(placeKey));
      sessionStorage.removeItem(placeKey);
    } catch { /* nothing is known */ }
    if (!place || place.path !== location.pathname) return;
    const knownFields = new Map(namedFields());
    for (const [name, value, checked] of place.fields) {
      const field = knownFields.get(name);
      if (!field || (field.value === value && field.checked === checked)) continue;
      if (checked !== undefined) field.checked = checked;
      if (field.type !== "checkbox" && field.type !== "radio") field.value = value;
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    const knownFolds = new Map(namedFolds());
    for (const [name, open] of place.folds) {
      if (knownFolds.has(name)) knownFolds.get(name).open = open;
    }
    const stop = place.focus && new Map(namedStops()).get(place.focus);
    if (stop) {
      stop.focus({ preventScroll: true });
      if (place.selection !== null) try { stop.setSelectionRange(place.selection, place.selection); } catch { /* no text field */ }
    }
    scrollTo({ left: place.x, top: place.y, behavior: "instant" });
  }

  // --- Where each part is written -------------------------------------------

  let marks = null;

  async function toggleMarks() {
    if (marks) {
      for (const mark of marks) mark.remove();
      marks = null;
      return;
    }
    marks = [];
    try {
      const answer = await fetch(`${OWN}places?${location.pathname}`, { cache: "no-store" });
      if (!answer.ok || !marks) return;
      for (const place of await answer.json()) {
        const part = document.getElementById(place.id);
        if (!part) continue;
        const mark = makeLink("mingbai-source", `${place.path}:${place.line}`, place.editor);
        // Before a part that holds nothing else, inside one that is a section of its own.
        (part.matches("section, main, article, div") ? part.prepend.bind(part) : part.after.bind(part))(mark);
        marks.push(mark);
      }
    } catch {
      // The server is away.
    }
  }

  function makeLink(className, text, href) {
    const link = make("a", className, text);
    link.href = href;
    return link;
  }

  async function refresh() {
    try {
      const answer = await fetch(OWN + "findings", { cache: "no-store" });
      if (!answer.ok) return;
      const report = await answer.json();
      if (report.page !== page) return reload();
      shown = report.state;
      show(report);
    } catch {
      // The server is away; the event stream comes back with it.
    }
  }

  // --- The panel ----------------------------------------------------------

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined && text !== null) element.textContent = text;
    return element;
  }

  // Words of the content stand between backquotes; in the panel they are set as such.
  function makeText(name, className, text) {
    const element = make(name, className);
    text.split(/`([^`]+)`/).forEach((part, n) => element.append(n % 2 ? make("code", "quoted", part) : part));
    return element;
  }

  // A panel that was closed stays closed until the findings change, on other pages too.
  const closedKey = "mingbai-preview-closed";
  const closed = {
    get: () => { try { return sessionStorage.getItem(closedKey); } catch { return null; } },
    set: (value) => { try { sessionStorage.setItem(closedKey, value); } catch { /* then it opens again */ } },
  };

  function show(report) {
    const count = report.findings.length + (report.failure ? 1 : 0);
    const isOpen = report.is_blocked && closed.get() !== report.state;
    const ribbon = makeRibbon(report, count);
    const sources = make("button", "sources", "显示出处（S）");
    sources.type = "button";
    sources.addEventListener("click", toggleMarks);
    root.replaceChildren(ribbon, makeDay(report.day));
    root.dataset.shown = report.state;
    if (!isOwn()) root.append(sources);
    if (count === 0) return toggle(false);
    const panel = makePanel(report);
    root.append(panel);
    ribbon.setAttribute("aria-controls", panel.id);
    toggle(isOpen || standIn());
  }

  // Which day is looked at: what is to come, and what will be over by then.
  function makeDay(day) {
    const label = make("label", "day", "看哪天");
    const field = make("input");
    field.type = "date";
    field.min = "1900-01-01";
    field.max = "2199-12-31";
    field.value = day ?? "";
    field.addEventListener("change", () => field.value && field.validity.valid && setDay(field.value));
    label.append(field);
    label.hidden = !day;
    return label;
  }

  async function setDay(day) {
    try {
      const answer = await fetch(`/__as-of/${day}`, { cache: "no-store", redirect: "manual" });
      // The stream tells of the new pages; without it this is the only news.
      if (answer.ok || answer.type === "opaqueredirect") refresh();
    } catch {
      // The server is away.
    }
  }

  function makeRibbon(report, count) {
    const parts = ["预览"];
    if (report.errors) parts.push(`${report.errors} 个错误`);
    if (report.warnings) parts.push(`${report.warnings} 个警告`);
    const ribbon = make(count ? "button" : "span", "ribbon", parts.join(" · "));
    if (report.errors) ribbon.classList.add("is-bad");
    if (count) {
      ribbon.type = "button";
      ribbon.addEventListener("click", () => {
        const open = root.classList.contains("is-closed");
        if (!open) closed.set(shown);
        else closed.set("");
        toggle(open);
      });
    }
    return ribbon;
  }

  function toggle(open) {
    root.classList.toggle("is-closed", !open);
    document.documentElement.classList.toggle("mingbai-panel-open", open && !standIn());
    root.querySelector("button.ribbon")?.setAttribute("aria-expanded", String(open));
  }

  function close() {
    closed.set(shown);
    toggle(false);
  }

  function makePanel(report) {
    const panel = make("section", "panel");
    panel.id = "mingbai-preview-panel";
    panel.setAttribute("aria-label", "内容里的问题");
    panel.tabIndex = 0;
    const head = make("div", "head");
    head.setAttribute("role", "status");
    head.append(make("strong", "", report.failure ? "不能读取内容" : report.summary));
    const note = report.is_blocked ? "页面还是上一次没有错误的样子，改好后自动更新" : "不影响预览";
    if (!standIn()) head.append(make("span", "note", note));
    panel.append(head);
    if (!standIn()) {
      const button = make("button", "close", "关闭（Esc）");
      button.type = "button";
      button.addEventListener("click", close);
      head.append(button);
    }
    if (report.failure) panel.append(makeText("p", "failure", report.failure));
    const list = make("ol", "findings");
    for (const finding of report.findings) list.append(makeFinding(finding));
    panel.append(list);
    if (report.more) panel.append(make("p", "more", `还有 ${report.more} 个，运行 mingbai check 看全部`));
    return panel;
  }

  function makeFinding(finding) {
    const item = make("li", `finding is-${finding.severity}`);
    const title = make("p", "title");
    title.append(make("span", "severity", finding.severity_name), make("code", "code", finding.code));
    title.append(makeText("span", "message", finding.message));
    item.append(title, ...makePlace(finding.place, finding.label));
    for (const related of finding.related) {
      item.append(makeText("p", "related", related.message), ...makePlace(related.place, null));
    }
    const advice = make("dl", "advice");
    for (const [name, text] of [["允许", finding.allowed], ["改法", finding.repair]]) {
      if (text) advice.append(make("dt", "", name), makeText("dd", "", text));
    }
    if (advice.children.length) item.append(advice);
    return item;
  }

  function makePlace(place, label) {
    const where = [place.path, place.line, place.column].filter((part) => part !== null).join(":");
    const first = make("p", "place");
    first.append(makeLink("editor", where, place.editor));
    if (place.shown && !standIn()) first.append(" ", makeLink("shown", "看页面上的这一处", place.shown));
    const parts = [first];
    if (place.lines.length) {
      const source = make("pre", "source");
      for (const line of place.lines) {
        const row = make("span", line.marked === null ? "row" : "row is-marked");
        row.append(make("span", "number", String(line.number)));
        const text = make("span", "text", line.before);
        if (line.marked !== null) {
          // A place without length is still a place.
          text.append(make("mark", line.marked ? "" : "is-empty", line.marked), line.after);
          if (label) text.append(make("span", "label", label));
        }
        row.append(text);
        source.append(row);
      }
      parts.push(source);
    }
    return parts;
  }

  // --- Beginning ----------------------------------------------------------

  function begin() {
    root = make("div", "is-closed");
    root.id = "mingbai-preview";
    root.lang = "zh-Hans";
    root.append(make("span", "ribbon", "预览"));
    document.body.append(root);
    restore();
    refresh();
    connect();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root && !root.classList.contains("is-closed") && !standIn()) close();
  });
  document.addEventListener("keydown", (event) => {
    const writes = event.target instanceof Element && event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key.toLowerCase() === "s" && !writes && !event.ctrlKey && !event.metaKey && !event.altKey && !isOwn()) toggleMarks();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => { if (event.persisted) connect(); });
  begin();
})();
