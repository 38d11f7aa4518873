// Reads a zip file: every part by name, checked against its checksum.
import { crc32 as nodeCrc32, inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** The parts of the zip file in `bytes`. */
export function unzip(bytes) {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw new Error('not a zip file');
  const parts = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error('broken zip directory');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    parts.set(name, part(bytes, at, name));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return parts;
}

function part(bytes, entry, name) {
  const method = bytes.readUInt16LE(entry + 10);
  const size = bytes.readUInt32LE(entry + 20);
  const header = bytes.readUInt32LE(entry + 42);
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const packed = bytes.subarray(start, start + size);
  if (method !== 0 && method !== 8) throw new Error(`${name} is packed by method ${method}`);
  const text = method === 8 ? inflateRawSync(packed) : packed;
  if (text.length !== bytes.readUInt32LE(entry + 24)) throw new Error(`${name} has the wrong length`);
  if (crc32(text) !== bytes.readUInt32LE(entry + 16)) throw new Error(`${name} has the wrong checksum`);
  return text;
}

/** Node has its own since version 20.15. */
const crc32 = nodeCrc32 ?? ((data) => {
  let sum = ~0;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
});
