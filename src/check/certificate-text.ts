/** What the writers of proof certificates share: how they refuse, and the condition of a case as bounds. */
import * as F from '../symbolic/fraction.js';
import type { Fraction } from '../symbolic/fraction.js';
import { type ChartCondition } from '../symbolic/signs.js';

/** What the format has no words for, though it may be proved. */
export class NotCertifiableError extends Error {
  override readonly name = 'NotCertifiableError';
}

export const refuse = (what: string): never => {
  throw new NotCertifiableError(what);
};

export type Json = string | number | readonly Json[] | { readonly [key: string]: Json };

const MIRRORED = { eq: 'eq', leq: 'geq', lt: 'gt', geq: 'leq', gt: 'lt' } as const;
const FIELDS = { leq: 'upTo', lt: 'below', geq: 'from', gt: 'above' } as const;

/** The conditions of a case as bounds of one generator. */
export const whereOf = (conditions: readonly ChartCondition[] | undefined): Json => {
  if (conditions === undefined) return refuse('a case that is not a conjunction of comparisons');
  const candidates = new Set(conditions.flatMap(({ left, right }) => [left, right].flatMap(F.variablesOf)));
  for (const generator of candidates) {
    const bounds = conditions.map(({ kind, left, right }): [string, string] | undefined => {
      const alone = (x: Fraction): boolean => F.equals(x, F.variable(generator));
      const [limit, relation] = alone(left) ? [right, kind] : alone(right) ? [left, MIRRORED[kind]] : [undefined, kind];
      if (limit === undefined || relation === 'eq' || F.variablesOf(limit).includes(generator)) return undefined;
      return [FIELDS[relation], F.formatFraction(limit)];
    });
    const known = bounds.filter((x) => x !== undefined);
    const sides = new Set(known.map(([field]) => (field === 'upTo' || field === 'below' ? 'upper' : 'lower')));
    if (known.length === conditions.length && sides.size === known.length) {
      return { generator, ...Object.fromEntries(known) };
    }
  }
  return conditions.length === 0 ? {} : refuse('a case that does not bound one generator by the others');
};

