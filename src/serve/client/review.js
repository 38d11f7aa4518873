// The bar of `mingbai serve --review` in a page that changed: what it said and
// what it says. Never part of a published site. Texts are only ever set as text.
(() => {
  "use strict";

  const OWN = "/__mingbai/";
  const openKey = "mingbai-review-open";
  const kept = {
    get: () => { try { return sessionStorage.getItem(openKey) === "1"; } catch { return false; } },
    set: (open) => { try { sessionStorage.setItem(openKey, open ? "1" : "0"); } catch { /* then it is closed on the next page */ } },
  };
  let near = null; // the answer for this page
  let bar = null;
  let places = 0; // how many places of the page are marked

  // Marks are there until somebody puts them away.
  const plainKey = "mingbai-review-plain";
  const plain = {
    get: () => { try { return sessionStorage.getItem(plainKey) === "1"; } catch { return false; } },
    set: (is) => { try { sessionStorage.setItem(plainKey, is ? "1" : "0"); } catch { /* then they are back on the next page */ } },
  };

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function makeButton(text, act) {
    const button = make("button", "", text);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }

  function makeLink(text, href) {
    const link = make("a", "", text);
    link.href = href;
    return link;
  }

  // --- One change -----------------------------------------------------------

  function makeSide(name, pieces) {
    const side = make("p", "side");
    side.append(make("span", "name", name));
    if (!pieces) side.append(make("span", "absent", "（没有）"));
    for (const piece of pieces ?? []) {
      if (piece.part === "same") {
        side.append(piece.text);
        continue;
      }
      const is = piece.part === "new" ? ["ins", "[新增]"] : ["del", "[删除]"];
      const mark = make(is[0]);
      mark.append(make("span", "mark", is[1]), piece.text);
      side.append(mark);
    }
    return side;
  }

  function makeChange(change) {
    const item = make("li", "change");
    const head = make("p", "field");
    head.append(make("span", `class is-${change.class}`, change.class_name), " ", make("strong", "", change.field));
    item.append(head, makeSide("原：", change.old), makeSide("新：", change.new));
    for (const effect of change.effects) item.append(make("p", `effect is-${effect.kind}`, effect.text));
    return item;
  }

  function makeCard(card) {
    const part = make("section", "card");
    const title = make("p", "title");
    title.append(make("strong", "", card.title), " ", makeLink("在改动清单里看、打勾", card.link));
    const list = make("ul", "changes");
    for (const change of card.changes) list.append(makeChange(change));
    part.append(title, list);
    return part;
  }

  // --- The bar --------------------------------------------------------------

  function show() {
    bar = make("aside");
    bar.id = "mingbai-review";
    bar.lang = "zh-Hans";
    bar.setAttribute("aria-label", "这一页的改动");
    const head = make("div", "head");
    const place = near.at ? `（有改动的 ${near.pages} 页里的第 ${near.at} 页）` : "";
    const changed = near.count ? `这一页有 ${near.count} 处改动` : "这一页跟着别处的改动变了";
    head.append(make("strong", "", `${near.old ? changed : "这一页是新增的"}${place}`));
    const toggler = makeButton("", () => toggle(!kept.get()));
    toggler.className = "toggler";
    toggler.setAttribute("aria-controls", "mingbai-review-cards");
    if (near.count) head.append(toggler);
    if (places) {
      const marks = makeButton(`页面上的 ${places} 处标记（D）`, () => paint(!plain.get()));
      marks.className = "marks";
      head.append(marks);
    }
    if (near.previous) head.append(makeButton("上一页（P）", () => go(near.previous)));
    if (near.next) head.append(makeButton("下一页（N）", () => go(near.next)));
    head.append(makeLink("新旧并排", near.compare), makeLink("全部改动", near.list));
    const cards = make("div", "cards");
    cards.id = "mingbai-review-cards";
    cards.tabIndex = 0;
    cards.setAttribute("role", "region");
    cards.setAttribute("aria-label", "改动说明");
    for (const card of near.cards) cards.append(makeCard(card));
    bar.append(head, cards);
    document.body.prepend(bar);
    toggle(kept.get());
    paint(plain.get());
  }

  /** Marks what differs on the page itself. */
  async function mark() {
    if (!near.old) return;
    const answer = await fetch(near.old, { cache: "no-store" });
    if (!answer.ok) return;
    const old = new DOMParser().parseFromString(await answer.text(), "text/html");
    const folder = near.old.slice(0, near.old.indexOf("/old/") + "/old/".length);
    const sitePath = (href) => {
      for (const start of [folder, near.base]) if (href.startsWith(start)) return `/${href.slice(start.length)}`;
      return href;
    };
    await loaded();
    const marks = window.mingbaiMarks;
    places = marks.mark(marks.take(old), marks.taken, sitePath, false);
  }

  /** The page's own scripts have written what they write into it: none of them reads marks as its text. */
  const loaded = () => new Promise((resolve) => {
    if (document.readyState === "complete") resolve();
    else addEventListener("load", resolve, { once: true });
  });

  function paint(isPlain) {
    plain.set(isPlain);
    document.body.classList.toggle("mingbai-plain", isPlain);
    bar?.querySelector(".marks")?.setAttribute("aria-pressed", String(!isPlain));
  }

  function toggle(open) {
    kept.set(open);
    if (!bar) return;
    bar.querySelector(".cards").hidden = !open;
    const toggler = bar.querySelector(".toggler");
    toggler.textContent = open ? "收起说明" : "看改动说明";
    toggler.setAttribute("aria-expanded", String(open));
  }

  function go(address) {
    if (address) location.assign(address);
  }

  document.addEventListener("keydown", (event) => {
    const writes = event.target instanceof Element && event.target.closest("input, select, textarea, [contenteditable]");
    if (!near || writes || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "n") go(near.next);
    if (key === "p") go(near.previous);
    if (key === "d" && bar) paint(!plain.get());
  });

  (async () => {
    try {
      const answer = await fetch(`${OWN}review?${location.pathname}`, { cache: "no-store" });
      if (!answer.ok) return;
      near = await answer.json();
      await mark();
      if (near.count || places) show();
      document.body.dataset.mingbaiReview = "";
    } catch {
      // The server is away; the page is loaded again when it is back.
    }
  })();
})();
