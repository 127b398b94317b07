import { describe, expect, it } from 'vitest';
import { marked } from '../docs/blocks.js';
import { type BaselineRecord, differencesOf, differencesText } from '../../src/report/baseline.js';

const before: BaselineRecord = {
  version: '1',
  run: 'seed 1',
  ranges: { d: 'K..2K+1' },
  fingerprint: 'abc',
  verdict: 'proved',
  proof: 'holds',
  statement: { 'hypothesis K ≤ d': 'assumed', 'value, case frame': 'c − c²/2' },
  checks: { identity: '2 pass' },
  steps: { 'frame: step 1, f ≥ B1': 'holds' },
  necessity: { 'K ≤ d': 'not needed' },
  coverage: { 'frame: c < 1': '7' },
  figures: { spectrum: 'below its bound by 10^3' },
};

const change = (after: Partial<BaselineRecord>): string[] =>
  differencesOf('3.1', before, { ...before, ...after }).map((x) => `${x.what}: ${x.before} → ${x.after}`);

describe('a record and a later one', () => {
  it('have no difference where nothing has changed', () => {
    expect(change({})).toEqual([]);
    const same = { file: 'a.json', differences: [], unexamined: [] };
    expect(differencesText(same)).toBe('baseline a.json: no difference');
    const other = ['p/1@a', 'p/2@a', 'p/3@a', 'p/4@a', 'p/5@a'];
    expect(differencesText({ ...same, unexamined: other })).toMatch(/looked at here: p\/1@a, .*p\/4@a and 1 more$/);
  });

  it.each<[Partial<BaselineRecord>, string]>([
    [{ verdict: 'upheld' }, 'verdict changed: proved → upheld'],
    [{ proof: 'broken at identity' }, 'proof status changed: holds → broken at identity'],
    [
      { statement: { ...before.statement, 'value, case frame': 'c' }, fingerprint: 'def' },
      'statement changed: value, case frame: c − c²/2 → c',
    ],
    [
      { ranges: { d: '1..2K+1' } },
      'range of d, which follows from the statement, changed: K..2K+1 → 1..2K+1',
    ],
    [{ fingerprint: 'def' }, 'statement changed: abc → def'],
    [
      { steps: { 'frame: step 1, f ≥ B1': 'broken' } },
      'a step that held now fails: frame: step 1, f ≥ B1: holds → broken',
    ],
    [{ necessity: { 'K ≤ d': 'needed' } }, 'hypothesis K ≤ d became necessary: not needed → needed'],
    [{ coverage: { 'frame: c < 1': '3' } }, 'coverage dropped: frame: c < 1: 7 → 3'],
    [{ coverage: {} }, 'coverage dropped: frame: c < 1: 7 → nothing'],
    [{ checks: { identity: '1 pass, 1 fail' } }, 'outcome of identity changed: 2 pass → 1 pass, 1 fail'],
    [
      { figures: { spectrum: 'below its bound by 10^0' } },
      'figure changed: spectrum: below its bound by 10^3 → below its bound by 10^0',
    ],
  ])('differ by name: %#', (after, text) => {
    expect(change(after)).toEqual([text]);
  });

  it('differ as the page shows it', () => {
    const step = 'frame: step 2, B1 ≥ B2';
    const old = { ...before, steps: { [step]: 'holds' } };
    const after = { ...old, verdict: 'upheld', proof: `broken at chain (${step})`, steps: { [step]: 'broken' } };
    const found = differencesOf('mine/2.1@current', old, after);
    expect(marked('docs/reading-a-report.md', 'compared: test/report/baseline.test.ts')).toBe(
      `${differencesText({ file: 'ufm-check.lock.json', differences: found, unexamined: [] })}\n`,
    );
  });

  it('says so where a hypothesis stopped being necessary', () => {
    const needed = { ...before, necessity: { 'K ≤ d': 'needed' } };
    expect(differencesOf('3.1', needed, before).map((x) => x.what)).toEqual([
      'hypothesis K ≤ d is no longer shown to be necessary',
    ]);
  });
});
