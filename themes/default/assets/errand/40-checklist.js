// The list of materials to tick (data-checklist="the item"): a box for each row
// (data-material="its id", data-name), kept in this browser only. Rows with
// data-sometimes count only when they are ticked.
function startChecklists(root) {
  const lists = new Map();
  root.querySelectorAll("[data-checklist]").forEach((list) => {
    const key = "mb-materials:" + list.dataset.checklist;
    const rows = Array.from(list.querySelectorAll("[data-material]"));
    if (rows.length) startChecklist(list, rows, keeper(key));
  });

  // What is ticked, as a set of ids, and how to keep it; storage may be off or full.
  function keeper(key) {
    if (!lists.has(key)) {
      let ticked = [];
      let kept = true;
      try {
        ticked = JSON.parse(localStorage.getItem(key) || "[]");
        localStorage.setItem("mb-probe", "1");
        localStorage.removeItem("mb-probe");
      } catch (e) {
        kept = false;
      }
      lists.set(key, { ticked: new Set(Array.isArray(ticked) ? ticked : []), kept, shows: [] });
    }
    const one = lists.get(key);
    one.keep = () => {
      try {
        if (one.ticked.size) localStorage.setItem(key, JSON.stringify(Array.from(one.ticked)));
        else localStorage.removeItem(key);
      } catch (e) {
        one.kept = false;
      }
      one.shows.forEach((show) => show());
    };
    return one;
  }

  function startChecklist(list, rows, one) {
    const part = (name) => list.querySelector("[data-part='" + name + "']");
    const boxes = rows.map((row) => {
      const box = document.createElement("input");
      box.type = "checkbox";
      box.className = "mb-tick";
      box.setAttribute("aria-label", row.dataset.name);
      const paper = row.querySelector("[data-box]");
      if (paper) paper.replaceWith(box);
      else row.prepend(box);
      box.parentElement.classList.add("mb-has-tick");
      box.addEventListener("change", () => {
        if (box.checked) one.ticked.add(row.dataset.material);
        else one.ticked.delete(row.dataset.material);
        one.keep();
      });
      return box;
    });
    const show = () => {
      const ticked = rows.map((row) => one.ticked.has(row.dataset.material));
      boxes.forEach((box, n) => { box.checked = ticked[n]; });
      // What the answers to 情形 rule out is hidden and does not count; what they settle is sure.
      const counts = rows.map((row) => !row.hidden);
      const sometimes = rows.map((row) => row.hasAttribute("data-sometimes") && !row.hasAttribute("data-sure"));
      const all = sometimes.filter((is, n) => counts[n] && !is).length;
      const ready = ticked.filter((is, n) => is && counts[n] && !sometimes[n]).length;
      const more = ticked.filter((is, n) => is && counts[n] && sometimes[n]).length;
      const parts = all ? ["已备 " + ready + "/" + all + (ready === all ? "，都要带的齐了" : "")] : [];
      if (more || !all) parts.push((all ? "另备 " : "已备 ") + more + " 份");
      part("progress").textContent = parts.join("，");
      part("kept").textContent = one.kept ? part("kept").dataset.kept : part("kept").dataset.lost;
      part("clear").disabled = !ticked.includes(true);
    };
    part("clear").addEventListener("click", () => {
      rows.forEach((row) => one.ticked.delete(row.dataset.material));
      one.keep();
      boxes[0].focus();
    });
    one.shows.push(show);
    document.addEventListener("mb-case", show);
    show();
    part("tools").hidden = false;
  }
}
