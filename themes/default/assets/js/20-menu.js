// The narrow menu is a <details>; Esc closes it and gives the focus back.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    var menu = document.querySelector("[data-module='menu'][open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
