/**
 * Whether the cases of a theorem partition the parameters that its hypotheses allow.
 *
 * Comparisons are put on lines (scalar-line.ts), and the marks on the lines cut the parameters into cells, in each of
 * which every comparison is true or false. In a cell that the hypotheses allow exactly one case has to hold. A cell in
 * which none holds, or two, is a gap or an overlap unless it is empty, which has to be shown: by integers that are not
 * there, by a sum of what must be positive that is not, or by a sign on a chart of some of its conditions.
 */
import { UsageError } from '../errors.js';
import type { Comparison, Proposition, Scalar } from './expression.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import { toText } from './print.js';
import { type Placed, SIZED, holdsNoInteger, isIntegral, isOfSizes, onLines } from './scalar-line.js';
import { type ChartCondition, type Sign, regionOf, signIn, signOn } from './signs.js';
import { parameterFractions } from './sum-of-squares.js';
import { type Letters, NotAWordError, alphabetOf, nothingAdjoined, wordContext } from './words-of.js';

export interface PartitionClaim {
  readonly blocks: Letters['blocks'];
  readonly hypotheses: readonly Proposition[];
  readonly cases: readonly { readonly id: string; readonly when: Proposition }[];
  /** λ's by symbol name in terms of generators that reach all of them; none where the λ's stand for themselves. */
  readonly parameters: ReadonlyMap<string, Scalar>;
}

/** Two cases that meet where left = right. */
export interface Boundary {
  readonly cases: readonly [string, string];
  readonly left: Scalar;
  readonly right: Scalar;
  /** No λ crosses it: the two cases differ in size. */
  readonly ofSizes: boolean;
}

export interface PartitionFindings {
  /** Where not exactly one case holds, as far as that is not shown to be nowhere; empty for a partition. */
  readonly open: readonly string[];
  /** Where two cases meet, each once. */
  readonly boundaries: readonly Boundary[];
}

export type ScalarComparison = Extract<Proposition, { readonly kind: Comparison }>;

/** The comparisons that a condition is a conjunction of. @throws NotAWordError for conditions on matrices */
export const comparisonsOf = (condition: Proposition): readonly ScalarComparison[] => {
  if (condition.kind === 'and') return condition.parts.flatMap(comparisonsOf);
  if (condition.kind === 'equal' || condition.kind === 'differs') {
    throw new NotAWordError('a condition on matrices', 'Conditions may use sizes and λ only.');
  }
  return [condition];
};

/** What the sign of left − right must be. */
const HOLDS: Readonly<Record<Comparison, (sign: number) => boolean>> = {
  eq: (sign) => sign === 0,
  neq: (sign) => sign !== 0,
  leq: (sign) => sign <= 0,
  lt: (sign) => sign < 0,
  geq: (sign) => sign >= 0,
  gt: (sign) => sign > 0,
};

/** Cells beyond this number are not looked at one by one. */
const MOST_CELLS = 20_000;

interface Atom {
  readonly comparison: ScalarComparison;
  readonly left: Fraction;
  readonly right: Fraction;
}

/** Something that is positive in a cell, or only not negative. */
interface Positive {
  readonly value: Fraction;
  readonly strict: boolean;
}

/** One bound of a cell: a comparison with what it says there. */
interface Bound {
  readonly atom: Atom;
  readonly kind: 'eq' | 'lt' | 'gt';
}

const signOfPiece = ({ mark, rises }: Placed<Atom>, piece: number): number =>
  Math.sign(piece - (2 * mark + 1)) * (rises ? 1 : -1);

const contradicts = (sign: Sign, strict: boolean): boolean =>
  sign === 'negative' || (strict && (sign === 'zero' || sign === 'non-positive'));

const positivesOf = ({ atom: { left, right }, kind }: Bound): Positive[] => {
  const difference = F.subtract(left, right);
  const opposite = F.negate(difference);
  if (kind === 'eq') {
    return [
      { value: difference, strict: false },
      { value: opposite, strict: false },
    ];
  }
  const value = kind === 'gt' ? difference : opposite;
  // An integer that is positive is at least 1.
  return isIntegral(value) ? [{ value: F.subtract(value, F.ONE), strict: false }] : [{ value, strict: true }];
};

/** All ways to pick one to three of them. */
const fewOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.flatMap((x, i) => [
    [x],
    ...items.slice(i + 1).flatMap((y, j) => [[x, y], ...items.slice(i + j + 2).map((z) => [x, y, z])]),
  ]);

/** Whether no parameters satisfy all the bounds: a sound "yes", a cautious "no". */
const isEmpty = (bounds: readonly Bound[]): boolean => {
  const positives = bounds.flatMap(positivesOf);
  const bySum = fewOf(positives).some((some) => {
    const sum = some.reduce((total, x) => F.add(total, x.value), F.ZERO);
    return contradicts(
      signOn(SIZED, sum),
      some.some((x) => x.strict),
    );
  });
  if (bySum) return true;
  return fewOf(bounds).some((some) => {
    const region = regionOf(
      some.map(({ atom: { left, right }, kind }): ChartCondition => ({ kind, left, right })),
    );
    return region !== undefined && positives.some((x) => contradicts(signIn(region, x.value), x.strict));
  });
};

const SIGNS = { eq: '=', lt: '<', gt: '>' } as const;

const boundText = ({ atom: { comparison }, kind }: Bound): string =>
  `${toText(comparison.left)} ${SIGNS[kind]} ${toText(comparison.right)}`;

/** @throws NotAWordError where a condition has no words, or may divide by zero */
export const examinePartition = (claim: PartitionClaim): PartitionFindings => {
  const adjoined = nothingAdjoined();
  const symbols = parameterFractions(claim.blocks, claim.parameters, adjoined);
  const context = wordContext({ alphabet: alphabetOf({ blocks: claim.blocks }), symbols, adjoined });
  const atomOf = (comparison: ScalarComparison): Atom => ({
    comparison,
    left: context.fraction(comparison.left),
    right: context.fraction(comparison.right),
  });
  const given = claim.hypotheses.flatMap(comparisonsOf).map(atomOf);
  const cases = claim.cases.map(({ id, when }) => ({ id, atoms: comparisonsOf(when).map(atomOf) }));
  for (const root of context.roots.values()) {
    if (signOn(SIZED, root) !== 'positive') {
      throw new NotAWordError(`the root of ${F.formatFraction(root)}, not shown to be real and positive,`, '');
    }
  }
  for (const divisor of context.divisors) {
    if (!['positive', 'negative'].includes(signOn(SIZED, divisor))) {
      throw new NotAWordError(`a quotient by ${F.formatFraction(divisor)}, not shown to be non-zero,`, '');
    }
  }

  const atoms = [...given, ...cases.flatMap((x) => x.atoms)];
  const { placed, lines } = onLines(
    atoms.map((atom) => ({ atom, difference: F.subtract(atom.left, atom.right) })),
    context.roots,
  );
  const placeOf = new Map(placed.map((x) => [x.atom, x]));
  const pieces = lines.map(({ marks }) => 2 * marks.length + 1);
  const count = pieces.reduce((product, x) => product * x, 1);
  if (count > MOST_CELLS) throw new UsageError('the cases compare too many scalars', 'State them with fewer.');

  const holds = (cell: readonly number[], atom: Atom): boolean => {
    const place = placeOf.get(atom);
    return place !== undefined && HOLDS[atom.comparison.kind](signOfPiece(place, cell[place.line] ?? 0));
  };
  /** The bounds of one piece of one line. */
  const boundsOn = (line: number, piece: number): Bound[] => {
    const at = (mark: number): Placed<Atom> | undefined => placed.find((x) => x.line === line && x.mark === mark);
    if (piece % 2 === 1) {
      const here = at((piece - 1) / 2);
      return here === undefined ? [] : [{ atom: here.atom, kind: 'eq' }];
    }
    return [at(piece / 2 - 1), at(piece / 2)].flatMap((x): Bound[] =>
      x === undefined ? [] : [{ atom: x.atom, kind: signOfPiece(x, piece) > 0 ? 'gt' : 'lt' }],
    );
  };
  const boundsOf = (cell: readonly number[]): Bound[] => cell.flatMap((piece, line) => boundsOn(line, piece));

  /** The cells that the hypotheses allow, with the cases that hold there. */
  const allowed = new Map<string, { readonly cell: readonly number[]; readonly ids: readonly string[] }>();
  for (let index = 0; index < count; index++) {
    let rest = index;
    const cell = pieces.map((size) => {
      const piece = rest % size;
      rest = Math.floor(rest / size);
      return piece;
    });
    if (!given.every((atom) => holds(cell, atom))) continue;
    if (cell.some((piece, line) => lines[line] !== undefined && holdsNoInteger(lines[line], piece))) continue;
    if (isEmpty(boundsOf(cell))) continue;
    const ids = cases.filter((x) => x.atoms.every((atom) => holds(cell, atom))).map((x) => x.id);
    allowed.set(cell.join(' '), { cell, ids });
  }

  const relevant = new Set(cases.flatMap((x) => x.atoms.map((atom) => placeOf.get(atom)?.line)));
  const open = [...allowed.values()]
    .filter(({ ids }) => ids.length !== 1)
    .map(({ cell, ids }) => {
      const where = cell.flatMap((piece, line) => (relevant.has(line) ? boundsOn(line, piece) : []));
      const what = ids.length === 0 ? 'no case holds' : `the cases ${ids.join(' and ')} hold`;
      return `${what} where ${where.length === 0 ? 'the hypotheses do' : where.map(boundText).join(', ')}`;
    });

  // The cases on both sides of each mark, and on it, in cells that differ in this place alone.
  const boundaries = new Map<string, Boundary>();
  for (const { cell, ids } of allowed.values()) {
    for (const [line, piece] of cell.entries()) {
      if (piece % 2 === 1 || !relevant.has(line)) continue;
      for (const step of [-1, 1]) {
        const mark = placed.find((x) => x.line === line && 2 * x.mark + 1 === piece + step);
        if (mark === undefined) continue;
        const near = [step, 2 * step].flatMap(
          (by) => allowed.get(cell.map((x, k) => (k === line ? x + by : x)).join(' '))?.ids ?? [],
        );
        const pairs = ids.flatMap((id) => near.filter((x) => x !== id).map((x) => [id, x].sort()));
        for (const [first = '', second = ''] of pairs) {
          const { left, right } = mark.atom.comparison;
          const ofSizes = isOfSizes(F.subtract(mark.atom.left, mark.atom.right));
          boundaries.set(`${first} ${second} ${line} ${mark.mark}`, { cases: [first, second], left, right, ofSizes });
        }
      }
    }
  }
  return { open: [...new Set(open)], boundaries: [...boundaries.values()] };
};
