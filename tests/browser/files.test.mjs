// Forms and samples open in the programs citizens have.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { none } from './lib/report.mjs';
import { builtSite } from './lib/site.mjs';
import { unzip } from './lib/zip.mjs';

const FORMS = 8;
const SAMPLES = 4;
const HAN = /\p{Script=Han}/gu;

const site = builtSite();
const ending = (end) => site.files.filter((file) => file.endsWith(end));

test('every .docx is a Word document with Chinese text', (t) => {
  const files = ending('.docx');
  const faults = [];
  for (const file of files) {
    try {
      const parts = unzip(site.read(file));
      const text = parts.get('word/document.xml')?.toString('utf8') ?? '';
      if (!parts.has('[Content_Types].xml')) faults.push(`${file}: no [Content_Types].xml`);
      if (!/<w:document[\s>]/.test(text)) faults.push(`${file}: no word/document.xml`);
      if ((text.replace(/<[^>]*>/g, '').match(HAN) ?? []).length < 50) faults.push(`${file}: hardly any Chinese text`);
    } catch (error) {
      faults.push(`${file}: ${error.message}`);
    }
  }
  t.diagnostic(`${files.length} documents`);
  none(faults, 'document that does not open');
  assert.ok(files.length >= FORMS, `${files.length} blank forms, fewer than ${FORMS}`);
});

test('every .pdf opens and has a text layer in Chinese', (t) => {
  const files = ending('.pdf');
  const faults = [];
  for (const file of files) {
    if (!site.read(file).subarray(0, 5).equals(Buffer.from('%PDF-'))) faults.push(`${file} does not begin with %PDF-`);
    else {
      try {
        const text = execFileSync('pdftotext', ['-enc', 'UTF-8', join(site.folder, file), '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
        if ((text.match(HAN) ?? []).length < 50) faults.push(`${file}: hardly any Chinese text`);
      } catch (error) {
        faults.push(`${file}: ${error.stderr || error.message}`);
      }
    }
  }
  t.diagnostic(`${files.length} files`);
  none(faults, 'file that does not open');
  assert.ok(files.length >= SAMPLES, `${files.length} samples, fewer than ${SAMPLES}`);
});
