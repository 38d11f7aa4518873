// What is asked for, and the address that says so: ?q=…&department=…&n=20.

// The filters in the order they are shown: key, name, the choice that filters nothing.
const FILTERS = [
  ["department", "部门", "全部部门"],
  ["topic", "主题", "全部主题"],
  ["audience", "谁来办", "个人和单位"],
  ["online", "网上办", "不限"],
  ["type", "办件类型", "全部类型"],
];
const STEP = 10;
const MOST = 200;

function asking(q, filters, n) {
  const text = q.trim().slice(0, 100);
  return { q: text, filters: text ? filters : {}, n: n || STEP };
}

function readAddress() {
  const params = new URLSearchParams(location.search);
  const filters = {};
  FILTERS.forEach(function (filter) {
    const value = params.get(filter[0]);
    if (value) filters[filter[0]] = value;
  });
  const n = Math.ceil((parseInt(params.get("n"), 10) || STEP) / STEP) * STEP;
  return asking(params.get("q") || "", filters, Math.min(Math.max(n, STEP), MOST));
}

function addressOf(asked) {
  const params = new URLSearchParams();
  if (asked.q) params.set("q", asked.q);
  FILTERS.forEach(function (filter) {
    if (asked.filters[filter[0]]) params.set(filter[0], asked.filters[filter[0]]);
  });
  if (asked.n > STEP) params.set("n", asked.n);
  const query = params.toString();
  return location.pathname + (query ? "?" + query : "");
}

// The same question without one filter, or without any.
function without(asked, key) {
  const filters = {};
  Object.keys(asked.filters).forEach(function (one) {
    if (key && one !== key) filters[one] = asked.filters[one];
  });
  return asking(asked.q, filters);
}
