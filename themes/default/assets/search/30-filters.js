// The filters: a native choice each, with counts, and what is chosen as links that take it away again.

// `change(key, value)` is called with a new choice, `follow(event, asked)` with a click on a link to another question.
function makeFilters(box, change, follow) {
  const toggle = make("button", "mb-button mb-button--plain mb-filters__toggle", "筛选");
  toggle.type = "button";
  toggle.setAttribute("aria-expanded", "false");
  toggle.setAttribute("aria-controls", "search-filters");
  const panel = make("div", "mb-filters__panel");
  panel.id = "search-filters";
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", "筛选");
  const chosen = make("ul", "mb-filters__chosen");
  const fields = {};
  FILTERS.forEach(function (filter) {
    fields[filter[0]] = makeField(filter, change);
    panel.append(fields[filter[0]].box);
  });
  box.append(toggle, panel, chosen);
  toggle.addEventListener("click", function () {
    toggle.setAttribute("aria-expanded", String(panel.classList.toggle("mb-filters__panel--open")));
  });

  return {
    // Shows the counts of an answer. Returns the names of what is chosen.
    update: function (asked, answer) {
      const names = [];
      let shown = 0;
      empty(chosen);
      FILTERS.forEach(function (filter) {
        const key = filter[0];
        const value = asked.filters[key];
        const values = answer.facets && answer.facets[key] || [];
        const name = fill(fields[key].select, filter[2], values, value);
        // A choice between one thing that all results have chooses nothing.
        const useful = value || values.length > 1 || values.some(function (one) { return one.count < answer.total; });
        fields[key].box.hidden = !useful;
        if (useful) shown += 1;
        if (!value) return;
        names.push(name);
        chosen.append(make("li", "", takeAway(filter[1] + "：" + name, without(asked, key), key)));
      });
      if (names.length > 1) chosen.append(make("li", "", takeAway("全部筛选", without(asked))));
      chosen.hidden = !names.length;
      toggle.textContent = names.length ? "筛选（已选" + names.length + "项）" : "筛选";
      box.hidden = !shown;
      return names;
    },
    hide: function () { box.hidden = true; },
  };

  function takeAway(text, asked, key) {
    const link = make("a", "mb-filters__away", [make("span", "mb-hidden", "去掉"), text]);
    link.href = addressOf(asked);
    link.addEventListener("click", function (event) {
      follow(event, asked);
      // The link goes away with the filter; on a wide screen its control is there to go on from.
      if (event.defaultPrevented && key) fields[key].select.focus();
    });
    return link;
  }
}

function makeField(filter, change) {
  const select = make("select", "mb-filters__select");
  select.id = "search-filter-" + filter[0];
  select.addEventListener("change", function () { change(filter[0], select.value); });
  const label = make("label", "mb-filters__label", filter[1]);
  label.htmlFor = select.id;
  return { box: make("div", "mb-filters__field", [label, select]), select: select };
}

// Fills a choice, and returns the name of what is chosen.
function fill(select, all, values, chosen) {
  const choices = values.slice();
  const known = values.some(function (one) { return one.value === chosen; });
  // An address may name a value that no result has.
  if (chosen && !known) choices.push({ value: chosen, name: chosen, count: 0 });
  empty(select);
  select.append(new Option(all, ""));
  choices.forEach(function (one) { select.append(new Option(one.name + "（" + one.count + "）", one.value)); });
  select.value = chosen || "";
  const found = choices.filter(function (one) { return one.value === chosen; })[0];
  return found ? found.name : "";
}
