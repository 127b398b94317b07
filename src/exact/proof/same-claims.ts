/**
 * Whether a proof makes at least the claims of another one: the same objective, no more assumed of the sizes, and in
 * the same cases the same minimum and all of the conclusions. Proofs are compared in the generators that both are
 * written in; one in other generators may well be about the same theorem, but that is not decided here.
 */
import { ExactError } from '../error.js';
import { blockShapes } from './objective.js';
import { add, isZero, negate } from './polynomial.js';
import type { Quotient } from './polynomial.js';
import { reduced } from './reduce.js';
import type { CaseProof, ConclusionProof, Hypothesis, Proof, Written } from './schema.js';
import type { Bound, Region } from './signs.js';
import { withinWork } from './work.js';
import { alphabetOf, remainderOf, subtract, survivors } from './words.js';
import type { Alphabet, Matrix } from './words.js';

/** From the weakest assumption to the strongest. */
export const HYPOTHESES: readonly Hypothesis[] = ['none', 'd >= K-1', 'd >= K'];

/** What of the wanted claims the given proof does not make; undefined where it makes them all. */
export function missingClaim(given: Proof, wanted: Proof): string | undefined {
  try {
    return withinWork(() => firstDifference(given, wanted));
  } catch (error) {
    if (error instanceof ExactError) return error.message;
    throw error;
  }
}

function firstDifference(given: Proof, wanted: Proof): string | undefined {
  if (given.model.layers !== wanted.model.layers || given.model.bias !== wanted.model.bias) {
    return 'the model is another one';
  }
  if (HYPOTHESES.indexOf(given.hypothesis) > HYPOTHESES.indexOf(wanted.hypothesis)) {
    return `it assumes ${given.hypothesis}`;
  }
  const sameGenerators =
    sameEntries(given.generators, wanted.generators, (x, y) => x.isRoot === y.isRoot && equal(x.value, y.value)) &&
    sameEntries(given.parameters, wanted.parameters, equal);
  if (!sameGenerators) return 'it is written in other generators, so that it cannot be compared';
  const alphabet = alphabetOf(new Map(blockShapes(wanted.model)));
  for (const home of wanted.cases) {
    const own = given.cases.find(({ region }) => sameRegion(region, home.region));
    const when = home.condition === '' ? 'all parameters' : home.condition;
    if (own === undefined) return `there is no case for ${when}`;
    const missing = missingInCase(alphabet, own, home);
    if (missing !== undefined) return `for ${when} ${missing}`;
  }
  return undefined;
}

function missingInCase(alphabet: Alphabet, given: CaseProof, wanted: CaseProof): string | undefined {
  const roots = new Map<string, Quotient>();
  for (const [name, { value }] of wanted.roots) {
    const own = given.roots.get(name);
    if (own === undefined) continue;
    if (!equal(own.value, value)) return `the root ${name} is another one`;
    roots.set(name, value);
  }
  const gap = reduced(add(given.value.value, negate(wanted.value.value)), roots);
  if (!isZero(gap)) return 'the minimum is another one';
  const isSame = (one: ConclusionProof, other: ConclusionProof): boolean => {
    const [x, y] = [differenceOf(one), differenceOf(other)];
    if (x.rows !== y.rows || x.cols !== y.cols) return false;
    return survivors(remainderOf(alphabet, subtract(x, y)), (z) => reduced(z, roots)).length === 0;
  };
  const absent = wanted.conclusions.find((x) => !given.conclusions.some((y) => isSame(x, y)));
  return absent === undefined ? undefined : `it does not prove ${absent.left.text} = ${absent.right.text}`;
}

/** left − right. */
export const differenceOf = ({
  left,
  right,
}: {
  readonly left: Written<Matrix>;
  readonly right: Written<Matrix>;
}): Matrix => subtract(left.value, right.value);

export const equal = (x: Quotient, y: Quotient): boolean => isZero(add(x, negate(y)));

export const sameEntries = <T>(
  one: ReadonlyMap<string, T>,
  other: ReadonlyMap<string, T>,
  same: (x: T, y: T) => boolean,
): boolean =>
  one.size === other.size &&
  [...one].every(([name, x]) => {
    const y = other.get(name);
    return y !== undefined && same(x, y);
  });

export const sameRegion = (x: Region, y: Region): boolean =>
  x.generator === y.generator && sameBound(x.lower, y.lower) && sameBound(x.upper, y.upper);

const sameBound = (x: Bound | undefined, y: Bound | undefined): boolean =>
  x === undefined || y === undefined ? x === y : x.reached === y.reached && equal(x.at, y.at);
