// Text as search sees it: the same letters for the same words, whoever wrote them. Twin of src/search/text.rs.

// The units of a text: one Chinese character, a word of letters, a number. `simple` maps Traditional characters.
function unitsOf(text, simple) {
  const letters = [];
  let position = 0;
  for (const c of text) {
    for (const low of c.normalize("NFKC").toLowerCase()) if (!INVISIBLE.test(low)) letters.push([simple.get(low) || low, position]);
    position += c.length;
  }
  // `spaced` tells which units have nothing but blanks before them.
  const units = [], spaced = [];
  let run = 0, broken = false, blank = true;
  for (const [c, from] of numerals(letters)) {
    const kind = kindOf(c);
    if (!kind) { broken = true; blank = blank && c === " "; continue; }
    const last = units[units.length - 1];
    if (broken && last) run++;
    const to = from + (text.codePointAt(from) > 0xffff ? 2 : 1);
    if (last && !broken && kind !== "han" && last.kind === kind) { last.text += c; last.to = to; }
    else { units.push({ text: c, kind, run, from, to }); spaced.push(blank); }
    broken = false;
    blank = true;
  }
  joinSpaced(units, spaced);
  return units;
}

// Signs that nobody sees and that come along when text is copied.
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/;

// Characters with blanks between each two of them, 护 照, are one run.
function joinSpaced(units, spaced) {
  const runs = units.map((unit) => unit.run);
  const alone = (i) => runs[i - 1] !== runs[i] && runs[i + 1] !== runs[i];
  let gone = 0;
  units.forEach((unit, i) => {
    if (i > 0 && unit.kind === "han" && units[i - 1].kind === "han" && spaced[i] && runs[i] !== runs[i - 1] && alone(i) && alone(i - 1)) gone++;
    unit.run -= gone;
  });
}

function kindOf(c) {
  const n = c.codePointAt(0);
  if (n >= 0x30 && n <= 0x39) return "digits";
  if (n >= 0x61 && n <= 0x7a) return "letters";
  if (isHan(n)) return "han";
  if (n >= 0xdf && n <= 0x24f && n !== 0xd7 && n !== 0xf7) return "letters";
  if (n >= 0x370 && n <= 0x52f || n >= 0x3040 && n <= 0x30ff || n >= 0xac00 && n <= 0xd7af) return "letters";
  return "";
}

function isHan(n) {
  return n >= 0x3400 && n <= 0x4dbf || n >= 0x4e00 && n <= 0x9fff || n >= 0xf900 && n <= 0xfaff || n >= 0x20000 && n <= 0x3ffff;
}

const DIGITS = { "零": "0", "〇": "0", "一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9" };

// Chinese numerals as digits: 第二类 and 2类, 八十岁 and 80岁 are the same.
function numerals(letters) {
  const isNumber = (at) => at >= 0 && at < letters.length && (DIGITS[letters[at][0]] !== undefined || letters[at][0] >= "0" && letters[at][0] <= "9");
  const out = [];
  letters.forEach(([c, position], i) => {
    if (c !== "十") { out.push([DIGITS[c] || c, position]); return; }
    const before = isNumber(i - 1), after = isNumber(i + 1);
    if (before && after) return;
    if (!before) out.push(["1", position]);
    if (!after) out.push(["0", position]);
  });
  return out;
}
