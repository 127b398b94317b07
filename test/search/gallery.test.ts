/** The counterexamples that are shown: every certificate is judged anew, and every page speaks of its certificate. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { wrongLabels } from '../../src/cli/shipped-labels.js';
import { checkCertificate } from '../../src/exact/certificate/judge.js';
import { format } from '../../src/exact/rational.js';
import { secondOpinions } from '../exact/certificate/second-checker.js';

const folder = fileURLToPath(new URL('../../docs/counterexamples/', import.meta.url));
const shown = readdirSync(folder, { withFileTypes: true }).filter((x) => x.isDirectory()).map((x) => x.name);
const certificates = shown.flatMap((name) =>
  readdirSync(`${folder}${name}`)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ name: `${name}/${file}`, text: readFileSync(`${folder}${name}/${file}`, 'utf8') })),
);

describe('the gallery', () => {
  it.each(shown)('%s', (name) => {
    const text = readFileSync(`${folder}${name}/certificate.json`, 'utf8');
    const judgement = checkCertificate(text);
    expect(judgement.accepted ? '' : judgement.reason).toBe('');
    const page = readFileSync(`${folder}${name}/counterexample.md`, 'utf8');
    if (judgement.accepted) expect(page).toContain(judgement.sentence);
    expect(existsSync(`${folder}${name}/counterexample.tex`)).toBe(true);
    expect(readFileSync(`${folder}README.md`, 'utf8')).toContain(`(${name}/counterexample.md)`);
    expect(page.includes('`step.json`')).toBe(existsSync(`${folder}${name}/step.json`));
  });

  it('is accepted by both checkers, which find the same margins, under the right names', () => {
    const opinions = secondOpinions(certificates.map((x) => x.text));
    const judged = certificates.map(({ name, text }) => {
      const judgement = checkCertificate(text);
      if (!judgement.accepted) return { name, detail: judgement.reason };
      return { name, detail: format(judgement.margin), label: wrongLabels(judgement.certificate) };
    });
    const second = opinions.map(({ detail }, k) => ({ name: certificates[k]?.name, detail, label: undefined }));
    expect(second).toEqual(judged);
  });

  it('shows at every counterexample to the original Theorem 4.2 at one λ which step of the proof breaks', () => {
    const original = certificates.filter(
      ({ text }) => text.includes('"revision": "original"') && !text.includes('"parametric"'),
    );
    const beaten = original.filter(({ name }) => name.endsWith('certificate.json'));
    const steps = original.filter(({ name }) => name.endsWith('step.json'));
    expect(beaten.length).toBeGreaterThan(5);
    expect(steps).toHaveLength(beaten.length);
    for (const { text } of steps) {
      const judgement = checkCertificate(text);
      expect(judgement.accepted && judgement.sentence).toContain('It is false that ‖σ(X)‖_* ≤ ‖X‖_*');
    }
  });

  it('keeps the numbers of small instances to four digits', () => {
    const small = certificates.filter(({ text }) => /"K": [1-6],/.test(text));
    expect(small.length).toBeGreaterThan(5);
    for (const { name, text } of small) {
      const { instance, point } = JSON.parse(text) as { instance: { lambda: object }; point: object };
      const numbers = JSON.stringify([instance.lambda, point]).match(/\d+/g) ?? [];
      expect([name, Math.max(...numbers.filter((x) => x !== '').map((x) => x.length))]).toEqual([
        name,
        expect.toSatisfy((digits: number) => digits <= 4),
      ]);
    }
  });

  it('is not empty', () => {
    expect(shown.length).toBeGreaterThan(3);
  });
});
