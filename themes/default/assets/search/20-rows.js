// Rows of results. All text goes in as text, never as markup.

function make(name, className, children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  [].concat(children === undefined ? [] : children).forEach(function (child) { element.append(child); });
  return element;
}

function empty(element) {
  while (element.firstChild) element.removeChild(element.firstChild);
}

// The text in pieces, with the ranges that matched in <mark>.
function marked(text, marks) {
  const pieces = [];
  let at = 0;
  (marks || []).forEach(function (mark) {
    const from = Math.max(mark[0], at);
    const to = Math.min(mark[1], text.length);
    if (from >= to) return;
    if (from > at) pieces.push(text.slice(at, from));
    pieces.push(make("mark", "mb-mark", text.slice(from, to)));
    at = to;
  });
  if (at < text.length) pieces.push(text.slice(at));
  return pieces;
}

function kindTags(result) {
  const tags = [];
  if (result.kind === "bundle") tags.push(make("span", "mb-tag mb-tag--kind", "一件事"));
  if (result.kind === "department") tags.push(make("span", "mb-tag mb-tag--kind", "部门"));
  if (result.open === false) tags.push(make("span", "mb-tag mb-tag--warn", "暂停办理或已取消"));
  return tags;
}

// What else there is of the item, in words: other situations, other places.
function furtherText(result) {
  const parts = [];
  const variants = (result.variants || []).map(function (variant) { return variant.name; });
  if (variants.length) parts.push("还有：" + variants.join("、"));
  if (result.places) parts.push("另有" + result.places + "个部门或地区也办这件事");
  return parts.join("；");
}

function resultRow(result) {
  const link = make("a", "mb-row__name", make("span", "", marked(result.name, result.marks)));
  link.href = result.url;
  const row = make("li", "mb-row mb-hit", [make("div", "mb-hit__head", [link].concat(kindTags(result)))]);
  const line = make("p", "mb-row__official");
  if (result.official && result.official !== result.name) {
    line.append(make("span", "", marked(result.official, result.officialMarks)));
  }
  if (result.department && result.department !== result.name) {
    line.append(make("span", line.firstChild ? "mb-row__dept" : "", result.department));
  }
  if (line.firstChild) row.append(line);
  if (result.alias) row.append(make("p", "mb-hit__note", ["也叫："].concat(marked(result.alias, result.aliasMarks))));
  if (result.summary) row.append(make("p", "mb-hit__summary", result.summary));
  const further = furtherText(result);
  if (further) row.append(make("p", "mb-hit__note", further));
  return row;
}

function showRows(list, results) {
  empty(list);
  (results || []).forEach(function (result) { list.append(resultRow(result)); });
}
