// The module of the errand pages as the built site serves it, without a page.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load, site } from '../../search/lib/engine.mjs';

/** The text of the module. */
export function moduleText() {
  const assets = join(site(), 'assets');
  const names = readdirSync(assets).filter((name) => /^errand\.[0-9a-f]+\.js$/.test(name));
  if (names.length !== 1) throw new Error(`${names.length} errand modules`);
  return readFileSync(join(assets, names[0]), 'utf8');
}

/** What the module exports. */
export const errand = await load(moduleText());

/** The calendar file of the built site. */
export const calendarData = JSON.parse(readFileSync(join(site(), 'data/calendar.json'), 'utf8'));
