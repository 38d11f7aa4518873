// Helpers that make a failure readable: all faults at once, the first ones in full.
import assert from 'node:assert/strict';

const SHOWN = 30;

/** Fails with the whole list when there is any fault. */
export function none(faults, what) {
  const list = [...faults];
  const more = list.length > SHOWN ? `\n  … and ${list.length - SHOWN} more` : '';
  assert.ok(list.length === 0, `${list.length} × ${what}\n  ${list.slice(0, SHOWN).join('\n  ')}${more}`);
}

/** Runs `work` on each entry, two at a time. */
export async function each(list, work) {
  const queue = [...list];
  await Promise.all([0, 1].map(async () => {
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) await work(entry);
  }));
}
