// Follows the internal links of a built site without a server.
import { addresses, tags } from './html.mjs';

/** Every internal link: the file it is in, the file it leads to and the anchor. A link that leaves `prefix` keeps its path as file. */
export function readLinks(site, prefix) {
  const host = 'https://site.invalid';
  return site.pages.flatMap((page) => addresses(page.html).flatMap(({ attribute, value }) => {
    if (!URL.canParse(value, host + prefix + page.path.slice(1))) return [{ from: page.file, attribute, value, file: undefined, anchor: '' }];
    const url = new URL(value, host + prefix + page.path.slice(1));
    if (url.origin !== host) return [];
    const path = decodeURIComponent(url.pathname);
    const inside = path.startsWith(prefix);
    const below = inside ? path.slice(prefix.length) : path;
    const file = inside && (below === '' || below.endsWith('/')) ? `${below}index.html` : below;
    return [{ from: page.file, attribute, value, file: inside ? file : undefined, anchor: decodeURIComponent(url.hash.slice(1)) }];
  }));
}

/** What is wrong with these links, each fault once a file. */
export function linkFaults(site, links) {
  const files = new Set(site.files);
  const ids = new Map(site.pages.map((page) => [page.file, new Set(tags(page.html).flatMap(({ attributes }) => attributes.get('id') ?? []))]));
  const faults = new Set();
  for (const { from, attribute, value, file, anchor } of links) {
    if (file === undefined) faults.add(`${from}: ${attribute}="${value}" leaves the site's folder`);
    else if (!files.has(file)) faults.add(`${from}: ${attribute}="${value}" leads to nothing`);
    else if (anchor && ids.has(file) && !ids.get(file).has(anchor)) faults.add(`${from}: ${attribute}="${value}" has no such anchor`);
  }
  return faults;
}
