// Which case is mine, answered in place: the questions of the page (data-cases="the address of the cases")
// become choices, and what the answers rule out (data-only="who=proxy kind=first,again") is hidden. The
// answers stand in the address as ?who=proxy, so that back, forward, reload and a link sent on keep them.

// What an attribute data-only says: for each question the answers that are meant.
function readOnly(text) {
  return (text || "").split(" ").filter(Boolean).map((part) => {
    const at = part.indexOf("=");
    return { question: part.slice(0, at), answers: part.slice(at + 1).split(",") };
  });
}

// The questions that are asked after these answers, up to the first that has none:
// { asked: ids, open: id or null }. Answers to questions that are not asked do not count.
function walkQuestions(questions, answers) {
  const asked = [];
  const given = {};
  for (const one of questions) {
    if (!one.only.every((need) => need.answers.includes(given[need.question]))) continue;
    asked.push(one.id);
    if (!one.answers.includes(answers[one.id])) return { asked, given, open: one.id };
    given[one.id] = answers[one.id];
  }
  return { asked, given, open: null };
}

// Whether a condition holds, is ruled out, or is not decided yet: true, false, null.
function meetsOnly(only, questions, walked) {
  let result = true;
  for (const need of only) {
    const answer = walked.given[need.question];
    if (answer !== undefined) {
      if (!need.answers.includes(answer)) return false;
      continue;
    }
    const one = questions.find((question) => question.id === need.question);
    // A question that waits for others may still be asked; one that they rule out will not be.
    if (!one || walked.open === null) return false;
    if (one.id !== walked.open && meetsOnly(one.only, questions, walked) === false) return false;
    const at = (id) => questions.findIndex((question) => question.id === id);
    if (at(one.id) < at(walked.open)) return false;
    result = null;
  }
  return result;
}

function startCases(root) {
  const box = root.querySelector("[data-cases]");
  if (!box) return;
  const part = (name) => box.querySelector("[data-part='" + name + "']");
  const blocks = Array.from(box.querySelectorAll("[data-question]"));
  const questions = blocks.map((block) => ({
    id: block.dataset.question,
    only: readOnly(block.dataset.only),
    answers: Array.from(block.querySelectorAll("[data-answer]"), (one) => one.dataset.answer),
  }));
  const limited = Array.from(root.querySelectorAll("[data-only]")).filter((one) => !blocks.includes(one));
  const promise = root.querySelector("dd[data-promise]");
  const usual = promise && promise.textContent;
  const count = root.querySelector("#glance a[href='#materials']");
  const counted = count && count.textContent;
  let answers = {};

  blocks.forEach((block) => {
    const list = block.querySelector("ul");
    list.setAttribute("role", "radiogroup");
    list.setAttribute("aria-labelledby", block.querySelector("h3").id);
    list.querySelectorAll("[data-answer]").forEach((entry) => {
      entry.setAttribute("role", "presentation");
      const label = document.createElement("label");
      label.className = "mb-question__option mb-question__option--choice";
      const input = document.createElement("input");
      input.type = "radio";
      input.name = "case-" + block.dataset.question;
      input.value = entry.dataset.answer;
      input.addEventListener("change", () => choose(block.dataset.question, input.value));
      const words = document.createElement("span");
      words.append(...entry.firstElementChild.childNodes);
      label.append(input, words);
      entry.replaceChildren(label);
    });
  });

  // The answers of the address; others' parameters stay as they are.
  function read() {
    const query = new URLSearchParams(location.search);
    answers = {};
    questions.forEach((one) => {
      const given = query.get(one.id);
      if (one.answers.includes(given)) answers[one.id] = given;
    });
  }

  function write() {
    const query = new URLSearchParams(location.search);
    const walked = walkQuestions(questions, answers);
    questions.forEach((one) => {
      if (walked.given[one.id] === undefined) query.delete(one.id);
      else query.set(one.id, walked.given[one.id]);
    });
    const text = query.toString();
    history.pushState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
  }

  function choose(question, answer) {
    answers[question] = answer;
    write();
    show(true);
  }

  function show(aloud) {
    const walked = walkQuestions(questions, answers);
    const begun = Object.keys(walked.given).length > 0;
    box.toggleAttribute("data-begun", begun);
    blocks.forEach((block) => {
      block.hidden = !walked.asked.includes(block.dataset.question);
      block.querySelectorAll("input").forEach((input) => {
        input.checked = walked.given[block.dataset.question] === input.value;
      });
    });
    let promised = null;
    limited.forEach((one) => {
      const is = meetsOnly(readOnly(one.dataset.only), questions, walked);
      one.hidden = is === false;
      one.toggleAttribute("data-sure", is === true && !one.hasAttribute("data-optional"));
      one.querySelectorAll("[data-when]").forEach((why) => { why.hidden = is === true; });
      if (is === true && one.dataset.promise && promised === null) promised = one.dataset.promise;
    });
    if (promise) promise.textContent = promised || usual;
    root.querySelectorAll("[data-otherwise]").forEach((one) => { one.hidden = promised !== null; });
    root.querySelectorAll("#materials table, #process ol").forEach((list) => {
      const rows = Array.from(list.querySelectorAll("tbody > tr, :scope > li"));
      list.hidden = rows.length > 0 && rows.every((row) => row.hidden);
    });
    tell(walked, begun, aloud);
    document.dispatchEvent(new Event("mb-case"));
  }

  function tell(walked, begun, aloud) {
    const shown = (selector) => Array.from(root.querySelectorAll(selector)).filter((one) => !one.hidden);
    const rows = shown("#materials tbody > tr");
    const materials = rows.length ? rows.length + "种材料" : "不用带材料";
    if (count) count.textContent = begun && walked.open === null ? materials : counted;
    const here = part("here");
    here.hidden = !begun;
    const page = part("page");
    page.hidden = walked.open !== null;
    page.href = box.dataset.cases + walked.asked.map((id) => id + "-" + walked.given[id] + "/").join("");
    const said = [(rows.length ? "下面列出" : "") + materials];
    const steps = shown("#process li").length;
    if (steps) said.push(steps + "个环节");
    if (promise) said.push("承诺" + promise.textContent);
    const text = walked.open === null ? "您这种情形：" + said.join("，") + "。" : "还有问题没答，" + said.join("，") + "，不是您这种情形的已经收起来了。";
    if (aloud || begun) part("said").textContent = begun ? text : "";
  }

  part("clear").addEventListener("click", () => {
    answers = {};
    write();
    show(true);
    blocks[0].querySelector("input").focus();
  });
  addEventListener("popstate", () => {
    read();
    show(true);
  });
  read();
  show(false);
}
