// Simple local search over the index [{n, o, a, d, u, z}]: name, official name, aliases, department, url, whether it is over.
(function () {
  "use strict";
  var box = document.querySelector("[data-module='search']");
  if (!box) return;
  var input = box.querySelector("input[name='q']");
  var status = box.querySelector("[data-search-status]");
  var list = box.querySelector("[data-search-results]");
  var LIMIT = 50;

  function norm(text) { return text.normalize("NFKC").toLowerCase().replace(/\s+/g, ""); }

  function score(item, query) {
    var names = [item.n].concat(item.a, item.o);
    var best = 0;
    names.forEach(function (name, i) {
      var text = norm(name);
      var points = text === query ? 100 : text.startsWith(query) ? 80 : text.includes(query) ? 60 : 0;
      if (points) best = Math.max(best, points - Math.min(i, 9) - text.length / 100);
    });
    if (best) return best;
    var all = norm(names.join("") + item.d);
    var pairs = 0;
    for (var i = 0; i + 1 < query.length; i++) if (all.includes(query.slice(i, i + 2))) pairs++;
    return pairs ? 30 * pairs / (query.length - 1) : 0;
  }

  function row(item) {
    var li = document.createElement("li");
    li.className = "mb-row";
    var a = document.createElement("a");
    a.className = "mb-row__name"; a.href = item.u; a.textContent = item.n;
    var p = document.createElement("p");
    p.className = "mb-row__official"; p.textContent = item.o + "｜" + item.d;
    li.append(a, p);
    return li;
  }

  function show(items, text) {
    var query = norm(text);
    list.replaceChildren();
    if (!query) { status.textContent = ""; return; }
    var hits = items.map(function (item) { return { item: item, score: score(item, query) * (item.z ? 0.5 : 1) }; })
      .filter(function (h) { return h.score > 9; })
      .sort(function (a, b) { return b.score - a.score; });
    status.textContent = hits.length ? "“" + text + "”：找到 " + hits.length + " 项" : "没有找到“" + text + "”。换个说法，或从下面找。";
    list.append.apply(list, hits.slice(0, LIMIT).map(function (h) { return row(h.item); }));
  }

  input.value = new URLSearchParams(location.search).get("q") || "";
  status.textContent = input.value ? "正在找……" : "";
  fetch(box.dataset.index)
    .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.json(); })
    .then(function (items) {
      var timer;
      show(items, input.value.trim());
      input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(function () { show(items, input.value.trim()); }, 150); });
      box.querySelector("form").addEventListener("submit", function (event) {
        event.preventDefault();
        history.replaceState(null, "", "?q=" + encodeURIComponent(input.value.trim()));
        show(items, input.value.trim());
      });
    })
    .catch(function () { status.textContent = "搜索暂时用不了，请从下面找。"; });
})();
