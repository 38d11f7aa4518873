// Suggestions while typing: an editable combobox with a list, as the ARIA Authoring Practices describe it.

const SUGGESTIONS = 8;
const TYPING_PAUSE = 150;
// Screen readers are told how many there are once the typing has come to rest.
const READING_PAUSE = 900;

// `find(text)` promises results; `announce(text)` speaks to screen readers.
function makeSuggestions(input, find, announce) {
  const list = make("ul", "mb-options");
  list.id = "search-options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "建议的事项");
  list.hidden = true;
  input.parentNode.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let results = [];
  let active = -1;
  let composing = false;
  let turn = 0;
  let typing;
  let reading;

  function close() {
    turn += 1;
    clearTimeout(typing);
    clearTimeout(reading);
    announce("");
    list.hidden = true;
    empty(list);
    results = [];
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  function activate(position) {
    active = position;
    Array.from(list.children).forEach(function (option, i) {
      option.setAttribute("aria-selected", String(i === position));
      // A long list is scrolled, and the page as well if the list goes on below the window.
      if (i === position) option.scrollIntoView({ block: "nearest" });
    });
    if (position < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[position].id);
  }

  function show(found) {
    if (!found.length) { close(); return; }
    results = found;
    empty(list);
    found.forEach(function (result, i) { list.append(optionOf(result, i)); });
    list.hidden = false;
    list.scrollTop = 0;
    input.setAttribute("aria-expanded", "true");
    activate(-1);
    clearTimeout(reading);
    reading = setTimeout(function () { announce("有" + found.length + "条建议，按上下箭头选"); }, READING_PAUSE);
  }

  function optionOf(result, i) {
    const name = make("span", "mb-options__name", marked(result.name, result.marks));
    // Typed was another name of it: that one is shown too, or the suggestion would look like a mistake.
    const other = (result.marks || []).length ? "" : result.alias || result.official;
    if (other && other !== result.name) name.append(make("span", "mb-options__why", "（" + other + "）"));
    const option = make("li", "mb-options__option", name);
    const from = result.kind === "bundle" ? "一件事" : result.kind === "department" ? "部门" : result.department;
    if (from) option.append(make("span", "mb-options__from", from));
    option.id = "search-option-" + i;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    // The input keeps the focus, so that the list does not close under the finger.
    option.addEventListener("mousedown", function (event) { event.preventDefault(); });
    option.addEventListener("click", function () { location.assign(result.url); });
    return option;
  }

  function ask() {
    const text = input.value.trim();
    turn += 1;
    const own = turn;
    clearTimeout(typing);
    // What was chosen was chosen for another text; Enter must not go there any more.
    activate(-1);
    if (!text) { close(); return; }
    typing = setTimeout(function () {
      // Suggestions that cannot be had are not worth a message: the search itself will say so.
      find(text).then(function (found) { if (own === turn) show(found); }, function () { if (own === turn) close(); });
    }, TYPING_PAUSE);
  }

  function arrow(step) {
    if (list.hidden) { ask(); return; }
    const next = active < 0 && step < 0 ? results.length - 1 : active + step;
    activate((next + results.length) % results.length);
  }

  const keys = {
    ArrowDown: function () { arrow(1); return true; },
    ArrowUp: function () { arrow(-1); return true; },
    Enter: function () {
      if (active < 0) return false;
      location.assign(results[active].url);
      return true;
    },
    Escape: function () {
      if (list.hidden) input.value = "";
      close();
      return true;
    },
    // The caret moves, so the choice is in the text again.
    Home: function () { activate(-1); return false; },
    End: function () { activate(-1); return false; },
    ArrowLeft: function () { activate(-1); return false; },
    ArrowRight: function () { activate(-1); return false; },
  };

  input.addEventListener("keydown", function (event) {
    // 229: the key belongs to the input method; Safari says so after the composition has ended.
    if (composing || event.isComposing || event.keyCode === 229) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (keys[event.key] && keys[event.key]()) event.preventDefault();
  });
  input.addEventListener("compositionstart", function () { composing = true; close(); });
  input.addEventListener("compositionend", function () { composing = false; ask(); });
  input.addEventListener("input", function () { if (!composing) ask(); });
  input.addEventListener("blur", function () { composing = false; close(); });

  return { close: close, isComposing: function () { return composing; } };
}
