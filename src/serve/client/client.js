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

  let source = null;
  let reloading = false;
  let shown = null; // the state whose findings are shown
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
    if (state.page !== page) return reload();
    if (state.state !== shown) refresh();
  }

  function reload() {
    if (reloading) return;
    reloading = true;
    disconnect();
    location.reload();
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
    root.replaceChildren(ribbon);
    if (count === 0) return toggle(false);
    const panel = makePanel(report);
    root.append(panel);
    ribbon.setAttribute("aria-controls", panel.id);
    toggle(isOpen || standIn());
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
    const parts = [make("p", "place", where)];
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
    refresh();
    connect();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root && !root.classList.contains("is-closed") && !standIn()) close();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => { if (event.persisted) connect(); });
  begin();
})();
