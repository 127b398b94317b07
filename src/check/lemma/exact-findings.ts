/** What exact arithmetic says of a lemma: at rational matrices, and for all values of one number at once. */
import { toText } from '../../symbolic/print.js';
import { type Instance, describeInstance } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import type { Finding } from '../evidence.js';
import { type ExactVerdict, exactAt } from './exact.js';
import { freeScalars, holdsForAll } from './sturm.js';

/** Instances, and rational points of each. */
const INSTANCES = 12;
const POINTS = 8;

/** The instances that are looked at; without matrices all, since each has one point. */
export const exactInstances = (lemma: Lemma, all: readonly Instance[]): readonly Instance[] =>
  lemma.matrices.length === 0 ? all : all.slice(0, INSTANCES);

const pointsOf = ({ matrices }: Lemma): number => (matrices.length === 0 ? 1 : POINTS);

/** The statement at the rational points of one instance, without those where a side is irrational. */
export const exactPoints = (lemma: Lemma, instance: Instance, seed: number): ExactVerdict[] =>
  Array.from({ length: pointsOf(lemma) }, (_, index) => exactAt(lemma, instance, seed, index)).flatMap((verdict) =>
    verdict === undefined ? [] : [verdict],
  );

/** The statement at rational matrices; nothing where it has irrational sides. */
export const exactFindings = (lemma: Lemma, all: readonly Instance[], seed: number, reproduce: string): Finding[] => {
  const seen = exactInstances(lemma, all).flatMap((instance) =>
    exactPoints(lemma, instance, seed).map((verdict) => ({ instance, verdict })),
  );
  // Zero matrices alone are no test.
  if (seen.length < pointsOf(lemma)) return [];
  const base = {
    check: 'lemma-exact',
    method: 'exact',
    scope: { instances: seen.length },
    statement: 'the statement at rational points',
    reproduce,
  } as const;
  const broken = seen.find((x) => !x.verdict.holds);
  if (broken === undefined) return [{ ...base, outcome: 'pass' }];
  const { instance, verdict } = broken;
  return [
    {
      ...base,
      outcome: 'fail',
      detail: `${verdict.left} and ${verdict.right} at ${describeInstance(instance)}`,
      violation: {
        kind: 'inequality',
        instance,
        margin: `${verdict.left}, ${verdict.right}`,
        what: `${toText(lemma.statement)} is false at a rational point`,
        reproduce,
      },
      witness: { instance, point: verdict.point, upper: verdict.left, lower: verdict.right },
    },
  ];
};

/** The statement for all values of a number that no hypothesis mentions. */
export const sturmFindings = (lemma: Lemma, instances: readonly Instance[], reproduce: string): Finding[] =>
  freeScalars(lemma).flatMap((x): Finding[] => {
    const seen = instances.flatMap((instance) => {
      const holds = holdsForAll(lemma, x, instance);
      return holds === undefined ? [] : [{ instance, holds }];
    });
    if (seen.length === 0) return [];
    const base = {
      check: 'lemma-sturm',
      method: 'exact',
      part: x.text,
      scope: { instances: seen.length },
      statement: `for all ${x.text} ≥ 0`,
      reproduce,
    } as const;
    const broken = seen.find((each) => !each.holds);
    if (broken === undefined) return [{ ...base, outcome: 'pass' }];
    const { instance } = broken;
    return [
      {
        ...base,
        outcome: 'fail',
        violation: {
          kind: 'inequality',
          instance,
          margin: `for some ${x.text} ≥ 0`,
          what: `${toText(lemma.statement)} is false`,
          reproduce,
        },
      },
    ];
  });
