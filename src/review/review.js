(function () {
  var body = document.body;
  var store = "mingbai-review-" + body.getAttribute("data-digest");
  var cards = Array.prototype.slice.call(document.querySelectorAll("article"));
  var at = -1;
  var ticks = {};
  try { ticks = JSON.parse(localStorage.getItem(store)) || {}; } catch (e) { ticks = {}; }

  function go(step) {
    if (!cards.length) { return; }
    at = Math.max(0, Math.min(cards.length - 1, at + step));
    cards[at].focus({ preventScroll: true });
    cards[at].scrollIntoView({ block: "start" });
  }

  function count() {
    var done = cards.filter(function (card) { return ticks[card.id]; }).length;
    document.getElementById("done").textContent = done + " / " + cards.length;
  }

  cards.forEach(function (card, n) {
    var box = card.querySelector("input");
    box.checked = !!ticks[card.id];
    card.addEventListener("focusin", function () { at = n; });
    box.addEventListener("change", function () {
      if (box.checked) { ticks[card.id] = new Date().toISOString(); } else { delete ticks[card.id]; }
      try { localStorage.setItem(store, JSON.stringify(ticks)); } catch (e) { /* kept for this visit only */ }
      count();
    });
  });
  count();

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    if (event.key === "n") { go(1); }
    if (event.key === "p") { go(-1); }
    if (event.key === "d") { body.classList.toggle("plain"); }
  });
  document.getElementById("next").addEventListener("click", function () { go(1); });
  document.getElementById("previous").addEventListener("click", function () { go(-1); });
  document.getElementById("export").addEventListener("click", function () {
    var lines = [document.title, "", body.getAttribute("data-headline"), "", body.getAttribute("data-digest"), ""];
    cards.forEach(function (card) {
      var when = ticks[card.id];
      lines.push("- [" + (when ? "x" : " ") + "] " + card.querySelector("h2").textContent + (when ? " " + when : ""));
    });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/markdown" }));
    link.download = "review-" + body.getAttribute("data-digest") + ".md";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  });
})();
