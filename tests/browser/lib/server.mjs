// A static host as portals have them: folders show index.html, unknown paths show 404.html, everything below a prefix.
import { createServer } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8', '.csv': 'text/csv; charset=utf-8', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8', '.jsonld': 'application/ld+json; charset=utf-8', '.pdf': 'application/pdf', '.png': 'image/png',
  '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8', '.xml': 'application/xml; charset=utf-8',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** Serves `folder` below `prefix` (it ends with a slash) on a free port of this machine. */
export async function serve(folder, prefix = '/') {
  const server = createServer((request, response) => {
    const answer = find(folder, prefix, new URL(request.url, 'http://site').pathname);
    response.writeHead(answer.status, { 'content-type': answer.type, ...answer.headers });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, base: origin + prefix, url: (path) => origin + prefix + path.replace(/^\//, ''), close: () => { server.closeAllConnections(); server.close(); } };
}

function find(folder, prefix, path) {
  if (!path.startsWith(prefix)) return missing(folder);
  let file = normalize(join(folder, decodeURIComponent(path.slice(prefix.length))));
  if (!file.startsWith(normalize(folder))) return missing(folder);
  try {
    if (statSync(file).isDirectory()) {
      if (!path.endsWith('/')) return { status: 301, type: 'text/plain', headers: { location: `${path}/` }, body: '' };
      file = join(file, 'index.html');
    }
    return { status: 200, type: TYPES[extname(file)] ?? 'application/octet-stream', body: readFileSync(file) };
  } catch {
    return missing(folder);
  }
}

function missing(folder) {
  return { status: 404, type: TYPES['.html'], body: readFileSync(join(folder, '404.html')) };
}
