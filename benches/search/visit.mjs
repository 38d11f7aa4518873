// What one visitor loads: bytes, requests, and rounds of requests that wait for the one before.
import { setImmediate as later } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** A visitor who has nothing in the cache and loads these scripts, one after the other. */
export function visit(scripts) {
  const count = { bytes: sum(scripts), requests: scripts.length, rounds: scripts.length };
  let loading = 0;
  /** Reads a file as it is stored: those of an index are compressed already. */
  count.load = async (file) => {
    if (loading === 0) count.rounds += 1;
    loading += 1;
    count.requests += 1;
    try {
      // What is asked for at the same time belongs to the same round.
      await later();
      const bytes = readFileSync(file);
      count.bytes += bytes.length;
      return bytes;
    } finally {
      loading -= 1;
    }
  };
  return count;
}

/** How large a script is that a server compresses. */
export const compressed = (text) => gzipSync(text, { level: 9 }).length;

/** The sum of numbers. */
export const sum = (values) => values.reduce((total, value) => total + value, 0);
