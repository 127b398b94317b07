/** `verify --baseline`, `diff` and `explain` as a user runs them, in this process. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { gallery, judgeCandidate } from '../../src/cli/separations.js';
import { paper, theorem } from '../../src/theorem/define.js';
import type { Target } from '../../src/theorem/registry.js';
import { compareRevisions } from '../../src/report/diff.js';
import { runHere } from './here.js';
import { run as built } from './run.js';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'ufm-check-test-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const run = (...args: readonly string[]) => runHere(args);

describe('verify --baseline', () => {
  // The workers that search a lemma need the built program.
  const run = (...args: readonly string[]) => built(args);
  const LEMMA = ['verify', 'lemma:class-averaging'];
  let text = '';

  it('records, finds no difference, and names what was changed', async () => {
    const lock = at('lock.json');
    const none = await run(...LEMMA, '--baseline', lock);
    expect(none.code).toBe(2);
    expect(none.err).toBe(`error: there is no baseline in ${lock}. Record one with --update-baseline.\n`);

    fs.writeFileSync(lock, '{"format": "ufm-check-lock/1", "reviewed": {"x": "y"}}');
    const recorded = await run(...LEMMA, '--baseline', lock, '--update-baseline');
    expect(recorded.code).toBe(0);
    expect(recorded.out).toContain(`recorded in ${lock}`);
    expect(recorded.out).toMatch(/again: npx ufm-check verify lemma:class-averaging --seed 1\n$/);
    const bytes = fs.readFileSync(lock, 'utf8');
    text = bytes;
    expect(JSON.parse(bytes)).toMatchObject({ reviewed: { x: 'y' } });
    await run(...LEMMA, '--baseline', lock, '--update-baseline');
    expect(fs.readFileSync(lock, 'utf8')).toBe(bytes);

    const same = await run(...LEMMA, '--baseline', lock);
    expect([same.code, same.out.includes(`baseline ${lock}: no difference`)]).toEqual([0, true]);

    fs.writeFileSync(lock, bytes.replace('"verdict": "proved"', '"verdict": "upheld"'));
    const drift = await run(...LEMMA, '--baseline', lock);
    expect(drift.code).toBe(1);
    expect(drift.out).toContain('lemma:class-averaging  verdict changed: upheld → proved');
  });

  it.each([
    ['"version": "0.1.0"', '"version": "9.9.9"', /was recorded by ufm-check 9\.9\.9, and this is /],
    ['"run": "seed 1', '"run": "seed 2', /was recorded with seed 2, .*, and this run has seed 1/],
    ['ufm-check-lock/1', 'ufm-check-lock/7', /has format ufm-check-lock\/7; this version reads/],
    ['"steps": {}', '"steps": 3', /is no baseline: verdicts\./],
  ])('refuses a baseline with %s as %s', async (from, to, message) => {
    const lock = at('other.json');
    expect(text).toContain(from);
    const bytes = text.replace(from, to);
    fs.writeFileSync(lock, bytes);
    const { code, out, err } = await run(...LEMMA, '--baseline', lock);
    expect([code, out]).toEqual([2, '']);
    expect(fs.readFileSync(lock, 'utf8')).toBe(bytes);
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain('\n');
    fs.rmSync(lock);
  });
});

describe('diff', () => {
  it('compares expressions, not texts', () => {
    const [original, relaxed] = ['original', 'relaxed'].map((id) => theorem42.revisions.find((x) => x.id === id));
    if (original === undefined || relaxed === undefined) throw new Error('4.2 has changed');
    const rows = compareRevisions(original, relaxed);
    const of = (change: string) => rows.filter((x) => x.change === change).map((x) => x.name);
    expect(of('dropped')).toContain('of the minimizer, (nonzero)');
    expect(of('added')).toContain('of the minimizer, (H*)');
    expect(rows.filter((x) => x.part === 'conclusion').every((x) => x.change === 'same')).toBe(true);
    expect(compareRevisions(original, original).every((x) => x.change === 'same')).toBe(true);
  });

  it.each([
    ['text', /^ {2}separated by docs\/\S+\/four-classes\S+ judged again exactly, which refutes 4\.2@original/m],
    ['markdown', /^separated by docs\/\S+\/four-classes\S+ judged again exactly, which refutes 4\.2@original/m],
    ['latex', /^\\par separated by docs\/\S+\/four-classes\S+ judged again exactly, which refutes 4\.2@original/m],
  ])('as %s: what separates them, and verdicts as expected', async (format, separated) => {
    const { code, out } = await run('diff', '4.2@relaxed', '4.2@original', '--format', format);
    expect(code).toBe(0);
    expect(out).toContain('(expected, not run');
    expect(out).toMatch(separated);
    expect(out).toContain('and not 4.2@relaxed');
    expect(out).toContain('docs/counterexamples/six-classes/certificate.json');
    expect(out).not.toContain('docs/counterexamples/linear-ties');
    if (format === 'latex') expect(out).toMatch(/^[\x20-\x7E\n]*$/);
  });

  it('goes by what is claimed, whatever the labels of a certificate are', () => {
    // The same statements under another name, which no certificate bears.
    const draft = paper({ id: 'p', title: 't', authors: 'a', reference: 'r' });
    const mine = theorem({ ...theorem42, paper: draft, id: 'own' });
    const of = (id: string): Target => {
      const revision = mine.revisions.find((x) => x.id === id);
      if (revision === undefined) throw new Error('4.2 has changed');
      return { theorem: mine, revision };
    };
    const [certificate] = gallery().filter((x) => x.source.includes('six-classes'));
    if (certificate === undefined) throw new Error('the gallery has changed');
    const named = (id: string) => ({ ...certificate, text: certificate.text.replace('"original"', `"${id}"`) });
    for (const id of ['original', 'relaxed', 'nowhere']) {
      expect(judgeCandidate(named(id), of('original'), of('relaxed'))).toMatchObject({
        refuted: 'own@original',
        spared: 'own@relaxed',
        because: 'the theorem assumes more of the minimizer than a certificate shows',
      });
    }
    expect(judgeCandidate(certificate, of('original'), of('strong'))).toMatchObject({ why: 'it refutes both' });
    const forged = { ...certificate, text: certificate.text.replace('"margin": "', '"margin": "1') };
    expect(judgeCandidate(forged, of('original'), of('relaxed'))).toMatchObject({
      why: expect.stringMatching(/^the exact checker rejects it: /) as string,
    });
  });

  it('shows what the added hypothesis costs', async () => {
    const { out } = await run('diff', '4.2@original', '4.2@relaxed', '--format', 'markdown');
    expect(out).toMatch(/^- vacuous at K = d = 8, μ = 0\.499: no global minimizer meets \(H\\\*\), since a point/m);
  });

  it('refuses what is no revision, and no format', async () => {
    expect((await run('diff', '4.2@original', '4.2@nowhere')).code).toBe(2);
    expect((await run('diff', '4.2@original', '4.2@relaxed', '--format', 'pdf')).err).toMatch(/^error: --format pdf/);
  });
});

describe('explain', () => {
  it('runs one check alone and shows the numbers of each instance', async () => {
    const at311 = '--K 3 --d 4 --n 2 --lambda-w 1/12 --lambda-h 1/6 --trials 1'.split(' ');
    const { code, out } = await run('explain', '3.1/numeric-value', ...at311);
    expect(code).toBe(0);
    expect(out).toMatch(/K = 3, n = 2, d = 4, λ_W = 1\/12, λ_H = 1\/6 {3}case frame/);
    expect(out).toMatch(/✔ measured \S+, bound \S+/);
    expect(out).toContain('1 result: 1 pass, 0 fail, 0 open');
  });

  it('shows what a symbolic check has shown', async () => {
    const { code, out } = await run('explain', '3.1/signs');
    expect(code).toBe(0);
    expect(out).toMatch(/^3\.1\/signs {2}symbolic, for all parameters\n✔ frame: /);
  });

  it('shows the points of a lemma, and where it came closest to breaking', async () => {
    const exact = await run('explain', 'lemma:class-averaging/lemma-exact', '--K', '2', '--n', '2');
    expect(exact.code).toBe(0);
    expect(exact.out).toMatch(/^lemma:class-averaging\/lemma-exact\n‖W A − Y‖² = .*\n\nK = 2, n = 2, d = \d+\n/);
    expect(exact.out).toMatch(/^ {2}✔ left (\S+), right \1$/m);
    expect(exact.out).toMatch(/96 results: 96 pass, 0 fail, 0 open/);
    const BROKEN = 'lemma:relu-nuclear-norm/lemma-numeric --K 6 --d 4 --n 1'.split(' ');
    const broken = await run('explain', ...BROKEN);
    expect(broken.code).toBe(1);
    expect(broken.out).toMatch(/✘ \d+ points; the closest call, .*\n {4}broken by \S+, rounding /);
    const signs = await run('explain', 'lemma:variational-form/lemma-signs');
    expect([signs.code, /✔ .* is positive, has to be /.test(signs.out)]).toEqual([0, true]);
  });

  const REFUSED = ['spectrum', '3.1/nothing', '9.9/spectrum', 'lemma:class-averaging/spectrum', 'lemma:no/lemma-exact'];
  it.each(REFUSED)('refuses %s in one line', async (id) => {
    const { code, err } = await run('explain', id);
    expect(code).toBe(2);
    expect(err.trimEnd()).not.toContain('\n');
  });
});
