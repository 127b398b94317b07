/** The counterexamples that are shown: every certificate is judged anew, and every page speaks of its certificate. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkCertificate } from '../../src/exact/certificate/judge.js';

const folder = fileURLToPath(new URL('../../docs/counterexamples/', import.meta.url));
const shown = readdirSync(folder, { withFileTypes: true }).filter((x) => x.isDirectory()).map((x) => x.name);

describe('the gallery', () => {
  it.each(shown)('%s', (name) => {
    const text = readFileSync(`${folder}${name}/certificate.json`, 'utf8');
    const judgement = checkCertificate(text);
    expect(judgement.accepted ? '' : judgement.reason).toBe('');
    const page = readFileSync(`${folder}${name}/counterexample.md`, 'utf8');
    if (judgement.accepted) expect(page).toContain(judgement.sentence);
    expect(existsSync(`${folder}${name}/counterexample.tex`)).toBe(true);
    expect(readFileSync(`${folder}README.md`, 'utf8')).toContain(`(${name}/counterexample.md)`);
  });

  it('is not empty', () => {
    expect(shown.length).toBeGreaterThan(3);
  });
});
