/** Laws that every shipped module must pass, without being listed by hand. */
import { describe, expect, it } from 'vitest';
import * as shipped from '../../theorems/index.js';
import { conclusionResiduals } from '../../src/check/tolerance.js';
import { createSetting } from '../../src/check/setting.js';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import { ONE, add, format, parseRational } from '../../src/exact/rational.js';
import { number } from '../../src/symbolic/build.js';
import type { Expression, Scalar } from '../../src/symbolic/expression.js';
import { fingerprint } from '../../src/symbolic/fingerprint.js';
import { definitionLatex, definitionText, definitionsIn, toLatex, toText } from '../../src/symbolic/print.js';
import { caseAt } from '../../src/theorem/cases.js';
import { drawInstances } from '../../src/theorem/draw.js';
import { inStratum } from '../../src/theorem/genome.js';
import { theoremsOf } from '../../src/theorem/registry.js';
import { rewrite } from '../mutants/rewrite.js';

const revisions = theoremsOf(shipped, 'ufm-check').flatMap((theorem) =>
  theorem.revisions.map((revision) => [`${theorem.id}@${revision.id}`, revision] as const),
);

type Leaf = Extract<Scalar, { kind: 'number' | 'symbol' }>;

/** The numbers and symbols of expressions, those in abbreviations included; unknowns of roots are bound, no leaves. */
const leavesIn = (tree: unknown): Leaf[] => {
  if (Array.isArray(tree)) return tree.flatMap(leavesIn);
  if (typeof tree !== 'object' || tree === null) return [];
  const { kind, sort } = tree as { readonly kind?: string; readonly sort?: string };
  if (kind === 'root') return leavesIn((tree as { readonly equals?: unknown }).equals);
  if (sort === 'scalar' && (kind === 'number' || kind === 'symbol')) return [tree as Leaf];
  return Object.values(tree).flatMap(leavesIn);
};

const changedLeaf = (leaf: Leaf): Scalar =>
  leaf.kind === 'number' ? number(format(add(parseRational(leaf.value), ONE))) : number('17/19');

describe.each(revisions)('%s', (_, revision) => {
  const { instances } = drawInstances(revision, DEFAULT_RANGES, 40, 11);

  it('has cases that partition its instances', () => {
    for (const { instance, caseId } of instances) expect(caseAt(revision, instance).id).toBe(caseId);
  });

  it('has strata that lie in their case', () => {
    for (const { instance, caseId, origin } of instances) {
      const stratum = revision.cases.find((c) => c.id === caseId)?.strata.find((x) => x.id === origin);
      if (stratum !== undefined) expect(inStratum(revision, stratum, instance)).toBe(true);
    }
  });

  it('has a construction with the claimed value, which satisfies the conclusions', () => {
    for (const { instance } of instances) {
      const setting = createSetting(revision, instance, 1);
      expect(setting.emptyForm).toBeUndefined();
      const point = setting.claimedPoint(0);
      const rounding = 10 * setting.model.valueRoundingError(point);
      expect(Math.abs(setting.model.value(point) - setting.claimedValue)).toBeLessThanOrEqual(rounding);
      for (const { measured, bound } of conclusionResiduals(setting, point, rounding)) {
        expect(measured).toBeLessThanOrEqual(bound);
      }
    }
  });

  it('prints every statement, as text and as balanced LaTeX', () => {
    for (const { statement } of revision.cases.flatMap((c) => c.conclusions)) {
      expect(toText(statement)).toMatch(/=/);
      const latex = toLatex(statement);
      const count = (ch: string): number => latex.split(ch).length - 1;
      expect(count('{')).toBe(count('}'));
      expect(count('\\left')).toBe(count('\\right'));
    }
  });

  it('prints what it says: no number, symbol or case can change without the text and the LaTeX', () => {
    const statements = revision.cases.flatMap((home) => [
      home.when,
      home.value,
      ...home.conclusions.map((x) => x.statement),
    ]);
    const printed = (print: (node: Expression) => string, define: typeof definitionText): string =>
      [...statements.map(print), ...definitionsIn(statements).map(define)].join('\n');
    const readings = [printed(toText, definitionText), printed(toLatex, definitionLatex)];
    const leaves = [...new Set(leavesIn(statements))];
    expect(leaves.length).toBeGreaterThan(5);
    for (const leaf of leaves) {
      const changed = rewrite(statements, (node) => (node === leaf ? changedLeaf(leaf) : undefined));
      const again = (print: (node: Expression) => string, define: typeof definitionText): string =>
        [...changed.map(print), ...definitionsIn(changed).map(define)].join('\n');
      const now = [again(toText, definitionText), again(toLatex, definitionLatex)];
      expect(now[0], toText(leaf)).not.toBe(readings[0]);
      expect(now[1], toText(leaf)).not.toBe(readings[1]);
      expect(fingerprint(changed)).not.toBe(fingerprint(statements));
    }
  });
});
