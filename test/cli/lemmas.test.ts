/** Lemmas and the table of vacuity on the command line. */
import { describe, expect, it } from 'vitest';
import { checkCertificate } from '../../src/exact/certificate/judge.js';
import { run, write } from './run.js';

describe('verify lemma:…', () => {
  it('refutes the false one, with a certificate that stands on its own', async () => {
    const { code, out } = await run(['verify', 'lemma:relu-nuclear-norm', '--json']);
    expect(code).toBe(0);
    const { lemmas, results } = JSON.parse(out) as {
      results: unknown[];
      lemmas: { verdict: string; refutation: { certificate: unknown } }[];
    };
    expect([results, lemmas.map((x) => x.verdict)]).toEqual([[], ['refuted']]);
    const text = JSON.stringify(lemmas[0]?.refutation.certificate);
    expect(checkCertificate(text).accepted).toBe(true);
    write('refutation.json', text);
    expect((await run(['certify', 'refutation.json'])).code).toBe(0);
  });

  it('shows and lists lemmas', async () => {
    expect((await run(['show', 'lemma:pinching'])).out).toContain('‖A Π_c‖_* ≤ ‖A‖_*');
    expect((await run(['list'])).out).toContain('tirer-bruna-2022/lemma:relu-nuclear-norm');
  });

  it.each([
    [['verify', 'lemma:nothing'], 'there is no "lemma:nothing"'],
    [['verify', 'lemma:pinching', '--lambda', '1/2'], 'does not belong to lemma:pinching'],
    [['verify', 'lemma:pinching', '--checks', 'signs'], '--checks chooses among the checks of theorems'],
    [['verify', 'lemma:relu-nuclear-norm-thin', '--K', '4', '--d', '4'], 'needs min(N, d) ≤ 2'],
    [['vacuity', '3.1'], 'no hypothesis on the minimizer'],
    [['vacuity', '4.2@relaxed', '--mu', '0.4,x'], `'x' is no number`],
    [['vacuity', '4.2@relaxed', '--format', 'word'], 'Formats: text, markdown, latex'],
  ])('%j: says what is wrong', async (args, message) => {
    const { code, err } = await run(args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('vacuity', () => {
  const cells = ['vacuity', '4.2@relaxed', '--K', '7', '--mu', '0.499,0.5', '--starts', '24'];

  it('is the same for any number of workers, and leaves out what the hypotheses exclude', async () => {
    const one = await run([...cells, '--workers', '1']);
    const two = await run([...cells, '--workers', '2']);
    expect(one.code).toBe(0);
    expect(two.out).toBe(one.out);
    expect(one.out).toMatch(/K = 7 {2}\d+\/\d+\/\d+.* +–/);
  });
});
