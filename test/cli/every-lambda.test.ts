/** `ufm-check search --every-lambda` as a user runs it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCertificate } from '../../src/exact/certificate/judge.js';
import { run, workingFolder } from './run.js';

const search = ['search', '4.2@original', '--every-lambda'];

describe('search --every-lambda', () => {
  it('certifies a pattern, and writes a page about it', async () => {
    const { code, out } = await run([...search, '--K', '15', '--d', '20', '--seed', '1', '--json', '--out', 'every']);
    expect(code).toBe(0);
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(report).toMatchObject({ found: true, violation: 'parametric', K: 15, d: 20, interrupted: false });
    const [text, page] = ['certificate.json', 'counterexample.md'].map((name) =>
      readFileSync(join(workingFolder(), 'every', name), 'utf8'),
    ) as [string, string];
    const judgement = checkCertificate(text);
    expect(judgement.accepted && judgement.sentence).toBe(report['sentence']);
    expect(page).toContain('16 + 60\\,u + 9\\,u^{2}');
    expect(page).toContain('Every global minimizer contradicts the claim'.toLowerCase());
    expect((await run(['certify', 'every/certificate.json'])).code).toBe(0);
  });

  it('says where it finds none, with exit code 3, and at once when there is no time', async () => {
    const none = await run([...search, '--K', '4', '--d', '5']);
    expect([none.code, none.out]).toEqual([3, expect.stringMatching(/none found in \d+ patterns, .* proves nothing/)]);
    const stopped = await run([...search, '--time-limit', '0.001']);
    expect([stopped.code, stopped.out]).toEqual([3, expect.stringContaining('before it was stopped')]);
  });

  it.each([
    [[...search, '--n', '2'], 'leaves n, the λ and μ free'],
    [[...search, '--K', '3..5'], 'is not a size'],
    [['search', '3.1', '--every-lambda'], 'does not belong to theorem 3.1'],
    [['search', '4.2@relaxed', '--every-lambda'], 'speaks only of minimizers that meet a hypothesis'],
    [[...search, '--K', '6', '--d', '5'], 'claims no orthogonal frame at K = 6, d = 5'],
  ])('%j: says what is wrong', async (args, message) => {
    const { code, err } = await run(args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
