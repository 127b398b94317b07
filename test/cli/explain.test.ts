/** `explain` beside the report that `verify` writes: every line of it, with its outcome and its figures. */
import { describe, expect, it } from 'vitest';
import { run } from './run.js';

interface Line {
  readonly check: string;
  readonly method: string;
  readonly outcome: 'pass' | 'fail' | 'inconclusive';
  readonly measured?: number;
  readonly bound?: number;
}

interface Claim {
  readonly checks: readonly Line[];
  readonly notTried?: readonly { readonly check: string }[];
}

interface Json {
  readonly results: readonly Claim[];
  readonly lemmas: readonly Claim[];
}

const exitCode = (lines: readonly Line[]): number => {
  if (lines.some((x) => x.outcome === 'fail')) return 1;
  return lines.length === 0 || lines.some((x) => x.outcome === 'inconclusive') ? 3 : 0;
};

/** Figures of the report's lines; those at single instances are indented. */
const figuresIn = (out: string): number[][] =>
  [...out.matchAll(/^[✔✘?] .*: measured (\S+), bound (\S+)$/gm)].map((x) => [Number(x[1]), Number(x[2])]);

const figuresOf = (lines: readonly Line[]): number[][] =>
  lines.flatMap(({ method, measured, bound = 0 }) =>
    measured === undefined || method === 'symbolic' ? [] : [[measured, bound]],
  );

const CLAIMS: readonly (readonly [name: string, options: string, least: number])[] = [
  ['3.1', '--K 2..3 --d K..4 --n 1..2', 22],
  ['lemma:schatten-hoelder', '--K 1..3 --d 1..3', 2],
  ['lemma:relu-nuclear-norm', '--K 2..4 --d 2..3 --n 1', 2],
  ['lemma:scalar-certificate-above', '--K 2 --d 2 --n 1', 6],
];

describe('explain, beside the report of the same run', () => {
  it.each(CLAIMS)('%s %s', async (name, options, least) => {
    const typed = [...options.split(' '), '--trials', '2', '--seed', '5'];
    const { out } = await run(['verify', name, ...typed, '--json']);
    const report = JSON.parse(out) as Json;
    const [claim] = [...report.results, ...report.lemmas];
    const ids = [...new Set([...(claim?.checks ?? []), ...(claim?.notTried ?? [])].map((x) => x.check))];
    expect(ids.length).toBeGreaterThanOrEqual(least);
    for (const id of ids) {
      const lines = claim?.checks.filter((x) => x.check === id) ?? [];
      const explained = await run(['explain', `${name}/${id}`, ...typed]);
      expect([id, explained.code, explained.err]).toEqual([id, exitCode(lines), '']);
      expect([id, ...figuresIn(explained.out)]).toEqual([id, ...figuresOf(lines)]);
    }
  });

  it('says so where there is nothing to look at', async () => {
    const none = await run(['explain', '4.1/identity']);
    expect([none.code, none.out]).toEqual([3, expect.stringContaining('– this theorem has nothing') as string]);
    const linear = await run(['explain', '4.1/kinks', '--trials', '1', '--K', '2', '--d', '2', '--n', '1']);
    expect([linear.code, linear.out]).toEqual([3, expect.stringContaining('– nothing to measure here') as string]);
  });

  it('shows why a hypothesis is needed, and the numbers of a certificate', async () => {
    const small = ['--trials', '1', '--K', '2', '--d', '2', '--n', '1', '--workers', '0'];
    const needed = await run(['explain', '3.1/necessity', '--trials', '1', '--workers', '0']);
    expect(needed.code).toBe(0);
    expect(needed.out).toMatch(/^necessity {2}K ≤ d is needed: .*\n.*\n.*the claimed minimum is \S+, the least of/m);
    const certified = await run(['explain', '4.1@literal/certificate', ...small]);
    expect(certified.code).toBe(1);
    expect(certified.out).toMatch(/^✘ For the two-layer linear model .*\n {4}value {3}1\/2\n {4}bound {3}1\/2\n/m);
    expect(certified.out).toMatch(/^ {4}again: npx ufm-check search 4\.1@literal /m);
  });
});
