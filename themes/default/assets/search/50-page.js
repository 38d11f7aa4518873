// The search page: from the address to the results and back.

const LOADING_PAUSE = 300;
const LONGEST_WAIT = 15000;

// A fetch that fails when nothing has come for too long: otherwise a dead connection would be waited for without end.
function patientFetch(address, options) {
  return new Promise(function (resolve, reject) {
    const timer = setTimeout(function () { reject(new Error("timeout: " + address)); }, LONGEST_WAIT);
    fetch(address, options).then(function (answer) {
      if (!answer.ok) return answer;
      const head = { status: answer.status, statusText: answer.statusText, headers: answer.headers };
      return answer.arrayBuffer().then(function (body) { return new Response(body, head); });
    }).then(resolve, reject).then(function () { clearTimeout(timer); });
  });
}

function startSearch(box) {
  const part = function (name) { return document.querySelector("[data-search='" + name + "']"); };
  const input = box.querySelector("input[name='q']");
  const form = input.form;
  const list = box.querySelector("#results");
  const more = part("more");
  const retry = part("retry");
  const engine = createSearch({ base: new URL(box.getAttribute("data-base"), location.href).href, fetch: patientFetch });
  const title = document.title;
  let asked = readAddress();
  let shown = "";
  let turn = 0;
  // While an answer is awaited the page may be short, and its scroll position says nothing.
  let settled = false;

  part("off").hidden = true;
  // Not "search": there Escape empties the field at once.
  input.type = "text";
  input.setAttribute("autocapitalize", "off");
  input.setAttribute("spellcheck", "false");
  const suggestions = makeSuggestions(input, suggest, function (text) { part("announce").textContent = text; });
  const filters = makeFilters(part("filters"), choose, follow);

  function suggest(text) {
    return engine.search(text, { limit: SUGGESTIONS }).then(function (answer) { return answer.results; });
  }

  function say(text) { if (part("status").textContent !== text) part("status").textContent = text; }

  // Shows the parts named, and hides the others that depend on the answer.
  function only(names) {
    if (part("help")) part("help").hidden = names.indexOf("wait") >= 0;
    box.classList.toggle("mb-find--waiting", names.indexOf("wait") >= 0);
    ["retry", "suggestion", "found", "tips", "nearest", "popular"].forEach(function (name) {
      if (part(name)) part(name).hidden = names.indexOf(name) < 0;
    });
  }

  function run(then) {
    const own = turn += 1;
    settled = false;
    input.value = asked.q;
    document.title = asked.q ? asked.q + " - " + title : title;
    if (!asked.q) { idle(); finish(then); return; }
    if (part("popular")) part("popular").hidden = true;
    // The help below would be pushed down by the first results.
    if (part("help")) part("help").hidden = !shown;
    box.classList.toggle("mb-find--waiting", !shown);
    const timer = setTimeout(function () { if (own === turn) wait(); }, LOADING_PAUSE);
    const options = { limit: asked.n, offset: 0, filters: asked.filters, facets: true };
    Promise.resolve().then(function () { return engine.search(asked.q, options); }).then(function (answer) {
      if (own === turn) { show(answer); finish(then); }
    }).catch(function (error) {
      if (own === turn) fail(error);
    }).then(function () { clearTimeout(timer); });
  }

  function finish(then) {
    if (then) then();
    settled = true;
  }

  function idle() {
    shown = "";
    say("");
    filters.hide();
    empty(list);
    only(["popular"]);
  }

  // Results of another question do not stay under the new one.
  function wait() {
    say("正在找……");
    only(shown === asked.q ? ["found"] : ["wait"]);
    if (shown !== asked.q) filters.hide();
  }

  function fail(error) {
    const missing = error.name === "SearchLoadError";
    shown = "";
    say(missing ? "搜索的数据没有取到（网络可能断了）。" : "搜索出错了。");
    filters.hide();
    empty(list);
    only(["retry"]);
    // A fault of the script belongs in the console.
    if (!missing) setTimeout(function () { throw error; }, 0);
  }

  function show(answer) {
    const names = filters.update(asked, answer);
    const what = "“" + asked.q + "”" + (names.length ? "（" + names.join("、") + "）" : "");
    const any = answer.results.length > 0;
    shown = asked.q;
    const none = "没有找到" + what + "。" + (names.length ? "去掉筛选再看看。" : "");
    say(any ? what + "：找到" + answer.total + "项" : none);
    showRows(list, answer.results);
    const rest = answer.total - answer.results.length;
    more.hidden = !any || rest <= 0 || asked.n >= MOST;
    more.firstElementChild.textContent = "再看" + Math.min(STEP, rest) + "条";
    const nearest = any ? [] : answer.nearest || [];
    showRows(part("nearest").querySelector("ul"), nearest);
    showSuggestion(answer.suggestion);
    only([].concat(any ? "found" : names.length ? [] : "tips", answer.suggestion ? "suggestion" : [], nearest.length ? "nearest" : []));
  }

  function showSuggestion(text) {
    empty(part("suggestion"));
    if (!text) return;
    const link = make("a", "", text);
    link.href = addressOf(asking(text, {}));
    link.addEventListener("click", function (event) { follow(event, asking(text, {})); });
    part("suggestion").append("您是不是要找：", link);
  }

  // Another question, from a person: the one before stays in the history.
  function go(next, then) {
    suggestions.close();
    if (addressOf(next) !== addressOf(asked)) {
      keepScroll();
      history.pushState({ y: window.pageYOffset }, "", addressOf(next));
    }
    asked = next;
    run(then);
  }

  function choose(key, value) {
    const next = without(asked, key);
    if (value) next.filters[key] = value;
    go(next);
  }

  // A click on a link to another question; with a key held it opens elsewhere as usual.
  function follow(event, next) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    part("status").focus();
    go(next);
  }

  function keepScroll() {
    if (settled) history.replaceState({ y: window.pageYOffset }, "");
  }

  function restore(state) {
    const y = state && state.y;
    asked = readAddress();
    run(function () { if (typeof y === "number") window.scrollTo(0, y); });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (suggestions.isComposing()) return;
    // Another wording is another search: the filters were chosen for the old one.
    const same = input.value.trim() === asked.q;
    // On a phone the keyboard lies over the results.
    if (window.matchMedia("(pointer: coarse)").matches) input.blur();
    go(asking(input.value, same ? asked.filters : {}));
  });
  retry.firstElementChild.addEventListener("click", function () { part("status").focus(); run(); });
  more.firstElementChild.addEventListener("click", function () {
    const first = list.children.length;
    asked = asking(asked.q, asked.filters, asked.n + STEP);
    history.replaceState({ y: window.pageYOffset }, "", addressOf(asked));
    run(function () {
      const row = list.children[first];
      if (row) row.querySelector("a").focus();
    });
  });
  window.addEventListener("popstate", function (event) {
    // A link to a place of this page moves through the history too.
    if (addressOf(readAddress()) !== addressOf(asked)) restore(event.state);
  });
  let scrolling;
  window.addEventListener("scroll", function () {
    clearTimeout(scrolling);
    scrolling = setTimeout(keepScroll, 200);
  });
  window.addEventListener("pagehide", keepScroll);
  if ("scrollRestoration" in history) history.scrollRestoration = "manual";
  restore(history.state);
}

const searchBox = document.querySelector("[data-module='search']");
if (searchBox) startSearch(searchBox);
