// Real web servers with the configuration the program writes: on a free port, as whoever runs the test, with all their files in a folder of their own.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BROTLI = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';

/** Where a program is; Debian keeps servers where users do not look. */
export const program = (name) => [`/usr/sbin/${name}`, `/usr/bin/${name}`, `/usr/local/bin/${name}`].find(existsSync);

/** Whether nginx can send Brotli. */
export const hasBrotli = existsSync(BROTLI);

/** The program under test. */
export function mingbai(...words) {
  const day = ['--root', process.env.MINGBAI_PORTAL, '--as-of', process.env.MINGBAI_AS_OF];
  return execFileSync(process.env.MINGBAI, [...words, ...day], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

const freePort = () => new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

/** A copy of a site that costs no room where it can share the files, with what operators and visitors put or look for beside it. */
export function siteFolder(site) {
  const folder = join(mkdtempSync(join(tmpdir(), 'mingbai-host-')), 'site');
  execFileSync('cp', [statSync(site).dev === statSync(tmpdir()).dev ? '-rl' : '-r', site, folder]);
  writeFileSync(join(folder, 'items/.hidden'), 'secret');
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'empty/day.ics'), 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
  writeFileSync(join(folder, 'empty/map.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><title>图</title></svg>');
  writeFileSync(join(folder, 'empty/data.jsonld'), '{"名称":"图"}');
  return folder;
}

/** Starts nginx; it has begun to listen when the command ends. */
export async function nginx(folder, more) {
  const port = await freePort();
  const place = mkdtempSync(join(tmpdir(), 'mingbai-nginx-'));
  let text = mingbai('host', 'nginx', '--folder', folder, ...more);
  text = text.replace('listen 80;', `listen 127.0.0.1:${port};`).replace('    listen [::]:80;\n', '');
  if (hasBrotli) text = text.replace('# brotli_static on;', 'brotli_static on;');
  writeFileSync(join(place, 'site.conf'), text);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${place}/${name};`).join(' ');
  const main = [
    process.getuid() === 0 ? 'user root;' : '', hasBrotli ? `load_module ${BROTLI};` : '', 'worker_processes 1;',
    `pid ${place}/nginx.pid;`, `error_log ${place}/error.log;`, 'events {}',
    `http { access_log off; ${temporary} include ${place}/site.conf; }`,
  ];
  writeFileSync(join(place, 'nginx.conf'), main.join('\n'));
  const words = ['-p', place, '-c', join(place, 'nginx.conf'), '-e', join(place, 'error.log')];
  execFileSync(program('nginx'), words, { stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = () => {
    process.kill(Number(readFileSync(join(place, 'nginx.pid'), 'utf8')), 'SIGTERM');
    rmSync(place, { recursive: true, force: true });
  };
  return { port, stop };
}

/** Starts Caddy; it says when it listens. */
export async function caddy(folder, more) {
  const port = await freePort();
  const place = mkdtempSync(join(tmpdir(), 'mingbai-caddy-'));
  const text = mingbai('host', 'caddy', '--folder', folder, ...more).replace(/^[a-z0-9.-]+ \{$/m, `http://127.0.0.1:${port} {`);
  writeFileSync(join(place, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${text}`);
  const env = { ...process.env, HOME: place, XDG_DATA_HOME: place, XDG_CONFIG_HOME: place };
  const child = spawn(program('caddy'), ['run', '--adapter', 'caddyfile', '--config', join(place, 'Caddyfile')], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise((ready, failed) => {
    child.stderr.on('data', (data) => {
      said += data;
      if (said.includes('serving initial configuration')) ready();
    });
    child.on('exit', () => failed(new Error(said)));
  });
  child.removeAllListeners('exit');
  const stop = () => { child.kill('SIGTERM'); rmSync(place, { recursive: true, force: true }); };
  return { port, stop };
}

/** One answer, byte for byte: the path is sent as it is written. */
export function ask(port, path, headers = {}, method = 'GET') {
  return new Promise((done, failed) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    sent.on('error', failed);
    sent.end();
  });
}
