// Marks the section being read in the table of contents.
(function () {
  "use strict";
  var links = Array.from(document.querySelectorAll("[data-module='toc'] a"));
  if (!links.length || !("IntersectionObserver" in window)) return;
  var visible = new Set();
  function mark() {
    var current = links.find(function (a) { return visible.has(a.hash.slice(1)); });
    if (!current) return;
    links.forEach(function (a) {
      if (a === current) a.setAttribute("aria-current", "true");
      else a.removeAttribute("aria-current");
    });
  }
  var observer = new IntersectionObserver(function (entries) {
    entries.forEach(function (e) { if (e.isIntersecting) visible.add(e.target.id); else visible.delete(e.target.id); });
    mark();
  }, { rootMargin: "-10% 0px -60% 0px" });
  links.forEach(function (a) {
    var section = document.getElementById(a.hash.slice(1));
    if (section) observer.observe(section);
  });
})();
