// Debian's Chromium, and pages that note everything a good page never does.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** A check that waits longer than this for a control will not get it. */
const ACTION_TIMEOUT = 30_000;
const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the browser; as root it has no sandbox of its own. */
export function launch() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error('no Chromium: install it, or name it in CHROMIUM');
  const args = process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET;
  return chromium.launch({ executablePath, args });
}

/**
 * Opens `url` in a fresh context. The page's `faults` are its console messages, script errors, policy violations, failed answers and requests
 * to another host (which are not let through); `requests` are the addresses it loaded. The page closes its context with it.
 */
export async function open(browser, url, { width = 1280, height = 900, settings, ...context } = {}) {
  const frame = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...context });
  if (settings) await frame.addInitScript((value) => localStorage.setItem('mb-reading', value), JSON.stringify(settings));
  const page = await frame.newPage();
  page.setDefaultTimeout(ACTION_TIMEOUT);
  page.setDefaultNavigationTimeout(3 * ACTION_TIMEOUT);
  page.faults = [];
  page.requests = [];
  const { origin } = new URL(url);
  await frame.route('**/*', (route) => {
    const wanted = route.request().url();
    if (new URL(wanted).origin === origin) return route.continue();
    page.faults.push(`request to another host: ${wanted}`);
    return route.abort();
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !expected(message, url)) page.faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => page.faults.push(`script error: ${error.message}`));
  page.on('response', (response) => {
    page.requests.push(response);
    if (response.status() >= 400 && response.url() !== url) page.faults.push(`${response.status()} for ${response.url()}`);
  });
  page.on('close', () => frame.close().catch(() => {}));
  await page.goto(url, { waitUntil: 'load' });
  return page;
}

/** The browser itself reports the answer 404 of the page that was asked for. */
function expected(message, url) {
  return message.location().url === url && message.text().startsWith('Failed to load resource');
}
