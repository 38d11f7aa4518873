(function () {
  var body = document.body;
  var store = "mingbai-review-" + body.getAttribute("data-store");
  var cards = Array.prototype.slice.call(document.querySelectorAll("article"));
  var at = -1;
  var ticks = {};
  try { ticks = JSON.parse(localStorage.getItem(store)) || {}; } catch (e) { ticks = {}; }

  // A tick is for what the card says: changed again, it is to be checked again.
  function key(card) { return card.id + " " + card.getAttribute("data-digest"); }

  function go(step) {
    if (!cards.length) { return; }
    at = Math.max(0, Math.min(cards.length - 1, at + step));
    cards[at].focus({ preventScroll: true });
    cards[at].scrollIntoView({ block: "start" });
  }

  function count() {
    var done = cards.filter(function (card) { return ticks[key(card)]; }).length;
    document.getElementById("done").textContent = done + " / " + cards.length;
  }

  cards.forEach(function (card, n) {
    var box = card.querySelector("input");
    box.checked = !!ticks[key(card)];
    card.addEventListener("focusin", function () { at = n; });
    box.addEventListener("change", function () {
      if (box.checked) { ticks[key(card)] = new Date().toISOString(); } else { delete ticks[key(card)]; }
      try { localStorage.setItem(store, JSON.stringify(ticks)); } catch (e) { /* kept for this visit only */ }
      count();
    });
  });
  count();
  try { at = cards.indexOf(document.getElementById(decodeURIComponent(location.hash.slice(1)))); } catch (e) { at = -1; }

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
      var when = ticks[key(card)];
      lines.push("- [" + (when ? "x" : " ") + "] " + card.querySelector("h2").textContent + (when ? " " + when : ""));
    });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/markdown" }));
    link.download = "review-" + body.getAttribute("data-digest") + ".md";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  });
})();
