// Print button, and opening of folded parts for browsers without ::details-content.
(function () {
  "use strict";
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("main details:not([open])"));
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (d) { d.open = false; });
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-module='print']")) window.print();
  });
})();
