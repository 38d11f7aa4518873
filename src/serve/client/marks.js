// Marks on a page what differs from how it was: <ins> and <del> with words, where the page shows it.
// Never part of a published site. Texts are only ever set as text.
//
// Two pages are compared as they were served: this script stands before the page's own and takes its blocks
// before they write anything. What they wrote by the time of marking (a checklist, whether a window is open) is
// nobody's change.
//
// Two pages are lists of blocks: the text of a paragraph, a cell, a list entry. Blocks that are the same are
// matched first; what is left between two matches is paired by what stands beside it and by likeness, and
// compared word by word.
window.mingbaiMarks = (() => {
  "use strict";

  const BLOCK = "ADDRESS ARTICLE ASIDE BLOCKQUOTE BUTTON CAPTION DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER LABEL LEGEND LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL";
  const blockNames = new Set(BLOCK.split(" "));
  const skipped = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "SVG", "TEXTAREA", "SELECT", "OPTION"]);
  // More than this is not compared block by block.
  const MOST = 4_000_000;
  const ALIKE = 0.4;

  // --- Blocks ---------------------------------------------------------------

  /** The blocks below an element: who holds them, their text nodes, their text, and the links they are in. */
  function blocks(root) {
    const found = [];
    const walk = (element, owner) => {
      const isBlock = blockNames.has(element.tagName);
      const holder = isBlock ? element : owner;
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) {
          const last = found[found.length - 1];
          if (last && last.owner === holder && last.open) last.nodes.push(node);
          else found.push({ owner: holder, nodes: [node], open: true });
        } else if (node.nodeType === Node.ELEMENT_NODE && !skipped.has(node.tagName.toUpperCase()) && !node.id.startsWith("mingbai-")) {
          const opens = blockNames.has(node.tagName);
          if (opens && found.length) found[found.length - 1].open = false;
          walk(node, holder);
          if (opens && found.length) found[found.length - 1].open = false;
        }
      }
    };
    walk(root, root);
    const full = found.filter((block) => block.nodes.some((node) => node.data.trim()));
    for (const block of full) {
      block.texts = block.nodes.map((node) => node.data);
      block.text = tidy(block.texts.join(""));
      block.hrefs = hrefs(block);
    }
    return full;
  }

  const tidy = (text) => text.replace(/\s+/g, " ").trim();

  function hrefs(block) {
    const all = new Set(block.nodes.map((node) => node.parentElement?.closest("a[href]")).filter((link) => link && block.owner.contains(link)));
    return [...all].map((link) => link.getAttribute("href"));
  }

  /** The blocks of the part of a page that is compared. */
  const take = (document) => blocks(mainOf(document));

  /**
   * Whether the page still shows a block as it was taken. A script that wrote the same text again put another
   * node in its place: that is the block's from now on.
   */
  function isShown(block) {
    if (block.nodes.every((node, n) => node.isConnected && node.data === block.texts[n])) return true;
    const now = block.owner.isConnected && blocks(block.owner).find((one) => one.owner === block.owner && one.text === block.text);
    if (now) [block.nodes, block.texts] = [now.nodes, now.texts];
    return Boolean(now);
  }

  /** What stands beside a block and says what it is: the head of its row and column, or its term. */
  function label(block) {
    const cell = block.owner.closest("td, th");
    if (cell) return `${tidy(cell.parentElement.cells?.[0]?.textContent ?? "")} ${cell.cellIndex}`;
    const fact = block.owner.closest("dd");
    const term = fact?.previousElementSibling;
    if (term?.tagName === "DT") return tidy(term.textContent);
    return "";
  }

  // --- Which block is which -------------------------------------------------

  /** The pairs `[old, new]` of two lists by their keys, in order: the longest there are. */
  function same(old, fresh, key) {
    let start = 0;
    while (start < old.length && start < fresh.length && key(old[start]) === key(fresh[start])) start += 1;
    let end = 0;
    while (end < old.length - start && end < fresh.length - start && key(old[old.length - 1 - end]) === key(fresh[fresh.length - 1 - end])) end += 1;
    const a = old.slice(start, old.length - end);
    const b = fresh.slice(start, fresh.length - end);
    const pairs = Array.from({ length: start }, (_, n) => [n, n]);
    if (a.length * b.length <= MOST) {
      for (const [i, j] of longest(a.length, b.length, (i, j) => (key(a[i]) === key(b[j]) ? 1 : 0))) pairs.push([i + start, j + start]);
    }
    for (let n = end; n > 0; n -= 1) pairs.push([old.length - n, fresh.length - n]);
    return pairs;
  }

  /** The pairs in order whose weights add up to the most. */
  function longest(n, m, weight) {
    const best = Array.from({ length: n + 1 }, () => new Float64Array(m + 1));
    for (let i = n - 1; i >= 0; i -= 1) {
      for (let j = m - 1; j >= 0; j -= 1) {
        const both = weight(i, j);
        best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], both > 0 ? both + best[i + 1][j + 1] : 0);
      }
    }
    const pairs = [];
    for (let i = 0, j = 0; i < n && j < m;) {
      const both = weight(i, j);
      if (both > 0 && best[i][j] === both + best[i + 1][j + 1]) {
        pairs.push([i, j]);
        i += 1;
        j += 1;
      } else if (best[i][j] === best[i + 1][j]) i += 1;
      else j += 1;
    }
    return pairs;
  }

  /** How likely two blocks are the same one with other words. */
  function likely(old, fresh) {
    if (old.owner.tagName !== fresh.owner.tagName) return 0;
    const place = label(old);
    const sameLabel = place && place === label(fresh) ? 0.5 : 0;
    const sameKind = old.owner.className === fresh.owner.className ? 0.1 : 0;
    const score = likeness(old.text, fresh.text) + sameLabel + sameKind;
    return score >= ALIKE ? score : 0;
  }

  function likeness(a, b) {
    const pairs = (text) => { const all = new Map(); for (let n = 0; n < text.length - 1; n += 1) all.set(text.slice(n, n + 2), (all.get(text.slice(n, n + 2)) ?? 0) + 1); return all; };
    if (a.length < 2 || b.length < 2) return a === b ? 1 : 0;
    const [one, two] = [pairs(a), pairs(b)];
    let common = 0;
    for (const [pair, count] of one) common += Math.min(count, two.get(pair) ?? 0);
    return (2 * common) / (a.length + b.length - 2);
  }

  /** What became of each block: pairs that say the same, pairs that do not, and what is only on one side. */
  function match(old, fresh) {
    const pairs = same(old, fresh, (block) => block.key);
    const all = { pairs: [], gone: [], added: [] };
    let [i, j] = [0, 0];
    for (const [oldEnd, freshEnd] of [...pairs, [old.length, fresh.length]]) {
      const [a, b] = [old.slice(i, oldEnd), fresh.slice(j, freshEnd)];
      const inner = a.length * b.length <= MOST / 100 ? longest(a.length, b.length, (x, y) => likely(a[x], b[y])) : [];
      const [left, right] = [new Set(inner.map((pair) => pair[0])), new Set(inner.map((pair) => pair[1]))];
      for (const [x, y] of inner) all.pairs.push([i + x, j + y]);
      a.forEach((_, x) => { if (!left.has(x)) all.gone.push(i + x); });
      b.forEach((_, y) => { if (!right.has(y)) all.added.push(j + y); });
      if (oldEnd < old.length && freshEnd < fresh.length) all.pairs.push([oldEnd, freshEnd]);
      [i, j] = [oldEnd + 1, freshEnd + 1];
    }
    return all;
  }

  // --- Words ----------------------------------------------------------------

  /** The words of a block: numbers and Latin words whole, Chinese by character. Each knows its text node and place. */
  function words(block) {
    const found = [];
    for (const [n, node] of block.nodes.entries()) {
      for (const part of block.texts[n].matchAll(/\d+(?:[.,:-]\d+)*|[A-Za-z]+|\s+|./gsu)) {
        found.push({ node, from: part.index, to: part.index + part[0].length, text: /^\s+$/.test(part[0]) ? " " : part[0] });
      }
    }
    return found;
  }

  /** Runs of words that are the same, gone and new, in order. Single characters between two changes do not cut them. */
  function runs(old, fresh) {
    const pairs = same(old, fresh, (word) => word.text);
    const found = [];
    const add = (kind, list) => {
      const last = found[found.length - 1];
      if (!list.length) return;
      if (last?.kind === kind) last.words.push(...list);
      else found.push({ kind, words: [...list] });
    };
    let [i, j] = [0, 0];
    for (const [a, b] of [...pairs, [old.length, fresh.length]]) {
      add("gone", old.slice(i, a));
      add("new", fresh.slice(j, b));
      if (a < old.length) add("same", [{ old: old[a], fresh: fresh[b] }]);
      [i, j] = [a + 1, b + 1];
    }
    return joined(found);
  }

  function joined(list) {
    const out = [];
    const isChange = (run) => run && run.kind !== "same";
    list.forEach((run, n) => {
      const short = run.kind === "same" && run.words.length < 2 && isChange(list[n - 1]) && isChange(list[n + 1]);
      if (short) out.push({ kind: "gone", words: run.words.map((word) => word.old) }, { kind: "new", words: run.words.map((word) => word.fresh) });
      else out.push(run);
    });
    // What is gone stands before what is new in its place.
    const tidied = [];
    let [gone, added] = [[], []];
    const flush = () => {
      if (gone.length) tidied.push({ kind: "gone", words: gone });
      if (added.length) tidied.push({ kind: "new", words: added });
      [gone, added] = [[], []];
    };
    for (const run of out) {
      if (run.kind === "gone") gone.push(...run.words);
      else if (run.kind === "new") added.push(...run.words);
      else { flush(); tidied.push(run); }
    }
    flush();
    return tidied;
  }

  // --- Marking --------------------------------------------------------------

  const NAMES = { ins: "[新增]", del: "[删除]" };

  function makeMark(document, name, text, isFirst) {
    const mark = document.createElement(name);
    mark.className = "mingbai-mark";
    if (isFirst) {
      const word = document.createElement("span");
      word.className = "mingbai-word";
      word.textContent = NAMES[name];
      mark.append(word);
    }
    mark.append(text);
    return mark;
  }

  /** Wraps words of one document, and puts `before` ahead of the first that follows it. */
  function wrap(marked, inserts) {
    const document = marked[0]?.node.ownerDocument ?? inserts[0]?.at.node.ownerDocument;
    const byNode = new Map();
    const of = (node) => { if (!byNode.has(node)) byNode.set(node, []); return byNode.get(node); };
    for (const word of marked) of(word.node).push({ from: word.from, to: word.to, mark: word.mark, isFirst: word.isFirst });
    for (const { at, text } of inserts) of(at.node).push({ from: at.offset, to: at.offset, insert: text });
    for (const [node, parts] of byNode) {
      parts.sort((a, b) => a.from - b.from || a.to - b.to);
      const fragment = document.createDocumentFragment();
      let at = 0;
      let open = null;
      for (const part of parts) {
        if (part.from > at) {
          fragment.append(node.data.slice(at, part.from));
          open = null;
        }
        if (part.insert !== undefined) {
          fragment.append(makeMark(document, "del", part.insert, true));
          open = null;
        } else if (open && !part.isFirst) open.append(node.data.slice(part.from, part.to));
        else {
          open = makeMark(document, part.mark, node.data.slice(part.from, part.to), part.isFirst);
          fragment.append(open);
        }
        at = Math.max(at, part.to);
      }
      if (at < node.data.length) fragment.append(node.data.slice(at));
      node.replaceWith(fragment);
    }
  }

  const marking = (list, mark) => list.filter((word) => word.text !== " " || list.length > 1).map((word, n) => ({ ...word, mark, isFirst: n === 0 }));

  /** Marks in `own` what `kind` of runs it holds; what the other side has is put in as well, unless there are two pages. */
  function markPair(own, found, mark, puts) {
    const kind = mark === "ins" ? "new" : "gone";
    const marked = [];
    const inserts = [];
    let last = null;
    const side = (run) => (run.kind === "same" ? run.words.map((word) => (mark === "ins" ? word.fresh : word.old)) : run.kind === kind ? run.words : []);
    found.forEach((run, n) => {
      const text = run.kind === "gone" && puts ? run.words.map((word) => word.text).join("").trim() : "";
      if (text) {
        const next = found.slice(n + 1).map(side).find((list) => list.length)?.[0];
        const at = last ? { node: last.node, offset: last.to } : next ? { node: next.node, offset: next.from } : { node: own.nodes[0], offset: 0 };
        inserts.push({ at, text });
      }
      const list = side(run);
      if (run.kind === kind) marked.push(...marking(list, mark));
      if (list.length) last = list[list.length - 1];
    });
    if (marked.length || inserts.length) wrap(marked, inserts);
  }

  function markWhole(block, mark) {
    const list = marking(words(block), mark);
    if (list.length) wrap(list, []);
  }

  /** A block whose words are the same, but whose links lead elsewhere. */
  function markLinks(block) {
    const word = block.owner.ownerDocument.createElement("span");
    word.className = "mingbai-word mingbai-mark";
    word.textContent = "[链接改了]";
    block.nodes[block.nodes.length - 1].after(word);
  }

  /** Puts what is gone where it was, as far as the page still has that place. */
  function putGone(old, fresh, result) {
    const toFresh = new Map(result.pairs);
    const isGone = new Set(result.gone);
    const unitOf = (block) => block.owner.closest("tr, li") ?? block.owner.closest("dl > div") ?? block.owner;
    const put = new Map();
    for (const n of result.gone) {
      const unit = unitOf(old[n]);
      if (put.has(unit)) continue;
      const held = old.map((block, m) => [block, m]).filter(([block]) => unit.contains(block.owner));
      const isWhole = held.every(([, m]) => isGone.has(m));
      put.set(isWhole ? unit : old[n].owner, null);
      let before = n - 1;
      while (before >= 0 && !fresh[toFresh.get(before)]?.owner.isConnected) before -= 1;
      const anchor = before >= 0 ? unitOf(fresh[toFresh.get(before)]) : null;
      insertGone(isWhole ? unit : null, isWhole ? held.map(([block]) => block.text).join(" ") : old[n].text, anchor, put, unit, fresh);
    }
  }

  function insertGone(unit, text, anchor, put, key, fresh) {
    const document = fresh[0]?.owner.ownerDocument;
    if (!document) return;
    const earlier = unit && [...put].reverse().find(([one, element]) => element && one.parentElement === unit.parentElement)?.[1];
    const beside = earlier ?? anchor;
    const fits = unit && beside && beside.tagName === unit.tagName && beside.parentElement.tagName === unit.parentElement.tagName;
    let element;
    if (fits) {
      element = document.importNode(unit, true);
      strip(element);
      blocks(element).forEach((block) => markWhole(block, "del"));
      beside.after(element);
    } else {
      element = document.createElement("p");
      element.append(makeMark(document, "del", text, true));
      // Lists and tables hold only their own kind.
      const place = beside?.closest("table, ul, ol, dl") ?? beside;
      if (place) place.after(element);
      else fresh[0].owner.before(element);
    }
    element.classList.add("mingbai-gone");
    put.set(key, element);
  }

  /** What is gone is only to be read: nothing in it leads anywhere or is found by its name. */
  function strip(element) {
    for (const one of [element, ...element.querySelectorAll("*")]) {
      for (const name of ["id", "href", "for", "name", "aria-labelledby", "data-module"]) one.removeAttribute(name);
    }
  }

  /** What is marked is not folded away. */
  function unfold(document) {
    for (const mark of mainOf(document).querySelectorAll(".mingbai-mark")) {
      for (let fold = mark.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    }
  }

  /** The part of a page that is compared. */
  const mainOf = (document) => document.getElementById("main-content") ?? document.body;

  /**
   * Marks what differs between the blocks of two pages. Without `isTwo` the new page shows both; with it, each
   * shows its own part. `sitePath` makes addresses of both sides comparable. Gives how many places differ.
   */
  function mark(old, fresh, sitePath, isTwo) {
    for (const block of [...old, ...fresh]) block.key = `${block.text}\n${block.hrefs.map(sitePath).join(" ")}`;
    const result = match(old, fresh);
    let count = 0;
    for (const [a, b] of result.pairs) {
      if (old[a].key === fresh[b].key) continue;
      count += 1;
      const shown = isShown(fresh[b]);
      if (old[a].text === fresh[b].text) {
        if (shown) markLinks(fresh[b]);
        continue;
      }
      const found = runs(words(old[a]), words(fresh[b]));
      if (isTwo && isShown(old[a])) markPair(old[a], found, "del", false);
      if (shown) markPair(fresh[b], found, "ins", !isTwo);
    }
    for (const n of result.added) if (isShown(fresh[n])) markWhole(fresh[n], "ins");
    if (isTwo) result.gone.forEach((n) => { if (isShown(old[n])) markWhole(old[n], "del"); });
    else putGone(old, fresh, result);
    for (const page of new Set([...(isTwo ? old : []), ...fresh].map((block) => block.owner.ownerDocument))) unfold(page);
    return count + result.added.length + result.gone.length;
  }

  return { mark, take, taken: take(document) };
})();
