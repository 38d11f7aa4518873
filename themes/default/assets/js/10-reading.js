// Reading settings: text size, contrast, elder mode. Remembered in this browser only.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("mb-js");

  var KEY = "mb-reading";
  var state = { size: "standard", contrast: "standard", elder: false };
  try { Object.assign(state, JSON.parse(localStorage.getItem(KEY) || "{}")); } catch (e) { /* storage is off: settings last for this page */ }

  function apply() {
    var size = state.elder && state.size === "standard" ? "large" : state.size;
    root.toggleAttribute("data-elder", state.elder);
    root.setAttribute("data-size", size);
    root.setAttribute("data-contrast", state.contrast);
    document.querySelectorAll("[data-module='reading'] button").forEach(function (button) {
      var on = button.hasAttribute("data-elder") ? state.elder
        : button.hasAttribute("data-contrast") ? state.contrast === "high"
          : button.dataset.size === size;
      button.setAttribute("aria-pressed", String(on));
    });
  }

  function change(button) {
    if (button.hasAttribute("data-elder")) state.elder = !state.elder;
    else if (button.hasAttribute("data-contrast")) state.contrast = state.contrast === "high" ? "standard" : "high";
    else state.size = button.dataset.size;
    try { localStorage.setItem(KEY, JSON.stringify(state)); } catch (e) { /* see above */ }
    apply();
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-module='reading'] button");
    if (button) change(button);
  });
  apply();
})();
