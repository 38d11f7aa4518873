// Reads the tags of an HTML file: enough to find links, ids and forbidden attributes. The Nu checker proves that the files are well formed.

const TAG = /<!--[\s\S]*?-->|<!doctype[^>]*>|<(\/?)([a-z][a-z0-9-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?|\s*\/)*)\s*>/gi;
const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The opening tags of a file in order: name, attributes, and the raw text of scripts, styles and titles. */
export function tags(html) {
  const found = [];
  TAG.lastIndex = 0;
  for (let match = TAG.exec(html); match; match = TAG.exec(html)) {
    const [, closing, rawName, rawAttributes] = match;
    if (!rawName || closing) continue;
    const name = rawName.toLowerCase();
    const tag = { name, attributes: attributes(rawAttributes), text: '' };
    if (['script', 'style', 'title', 'textarea'].includes(name)) {
      const end = html.toLowerCase().indexOf(`</${name}`, TAG.lastIndex);
      tag.text = decode(html.slice(TAG.lastIndex, end < 0 ? undefined : end));
      TAG.lastIndex = end < 0 ? html.length : end;
    }
    found.push(tag);
  }
  return found;
}

function attributes(text) {
  const map = new Map();
  for (const [, name, double, single, bare] of text.matchAll(ATTRIBUTE)) map.set(name.toLowerCase(), decode(double ?? single ?? bare ?? ''));
  return map;
}

/** Text with its character references replaced. */
export function decode(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return NAMED[name.toLowerCase()] ?? whole;
  });
}

const ADDRESSES = ['href', 'src', 'action', 'formaction', 'poster', 'data', 'cite', 'data-index', 'data-calendar'];

/** Every address in a file: `{ tag, attribute, value }`. */
export function addresses(html) {
  return tags(html).flatMap((tag) => {
    const found = ADDRESSES.filter((name) => tag.attributes.has(name)).map((attribute) => ({ tag, attribute, value: tag.attributes.get(attribute) }));
    for (const candidate of (tag.attributes.get('srcset') ?? '').split(',')) {
      if (candidate.trim()) found.push({ tag, attribute: 'srcset', value: candidate.trim().split(/\s+/)[0] });
    }
    const refresh = tag.attributes.get('http-equiv')?.toLowerCase() === 'refresh' && /url=(.*)$/i.exec(tag.attributes.get('content') ?? '');
    if (refresh) found.push({ tag, attribute: 'refresh', value: refresh[1].trim() });
    return found;
  });
}

/** The content of the meta tag `name` (case counts), or undefined. */
export function metas(html) {
  const map = new Map();
  for (const tag of tags(html)) if (tag.name === 'meta' && tag.attributes.has('name')) map.set(tag.attributes.get('name'), tag.attributes.get('content'));
  return map;
}
