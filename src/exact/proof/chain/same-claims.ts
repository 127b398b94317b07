/** Whether a proof by a chain makes at least the claims of another one: as in `same-claims.ts` of sums of squares. */
import { ExactError } from '../../error.js';
import { add, isZero, negate } from '../polynomial.js';
import type { Quotient } from '../polynomial.js';
import { reduced } from '../reduce.js';
import { HYPOTHESES, differenceOf, equal, sameEntries, sameRegion } from '../same-claims.js';
import type { Inverse, Written } from '../schema.js';
import { withinWork } from '../work.js';
import { alphabetOf, remainderOf, subtract, survivors } from '../words.js';
import type { Matrix } from '../words.js';
import { difference, sumOf } from './scalar.js';
import type { Scalar } from './scalar.js';
import { lettersOf } from './schema.js';
import type { ChainCase, ChainConclusion, ChainProof, RootOfEquation } from './schema.js';

/** What of the wanted claims the given proof does not make; undefined where it makes them all. */
export function missingChainClaim(given: ChainProof, wanted: ChainProof): string | undefined {
  try {
    return withinWork(() => firstDifference(given, wanted));
  } catch (error) {
    if (error instanceof ExactError) return error.message;
    throw error;
  }
}

function firstDifference(given: ChainProof, wanted: ChainProof): string | undefined {
  if (given.model.activation !== wanted.model.activation) return 'the model is another one';
  if (HYPOTHESES.indexOf(given.hypothesis) > HYPOTHESES.indexOf(wanted.hypothesis)) {
    return `it assumes ${given.hypothesis}`;
  }
  const blocks = alphabetOf(lettersOf(wanted.model));
  const sides = ({ left, right }: { readonly left: Written<Scalar>; readonly right: Written<Scalar> }) =>
    difference(sumOf(blocks, left.value), sumOf(blocks, right.value));
  const one = given.assumption === undefined ? undefined : sides(given.assumption);
  const two = wanted.assumption === undefined ? undefined : sides(wanted.assumption);
  const sameAssumption =
    one === undefined || two === undefined
      ? one === two
      : survivors(difference(one, two), (x) => x).length === 0;
  if (!sameAssumption) return 'it assumes something else of the minimizer';
  for (const home of wanted.cases) {
    const own = given.cases.find((x) => sameRegion(x.region, home.region) && sameParameters(x, home));
    if (own === undefined) return `there is no case for ${home.condition}, in the same generators`;
    const missing = missingInCase(own, home);
    if (missing !== undefined) return `for ${home.condition} ${missing}`;
  }
  return undefined;
}

const sameInverse = (x: Inverse | RootOfEquation, y: Inverse | RootOfEquation): boolean => {
  if ('equals' in x || 'equals' in y) {
    return 'equals' in x && 'equals' in y && equal(x.of.value, y.of.value) && equal(x.equals.value, y.equals.value);
  }
  return x.isRoot === y.isRoot && equal(x.value, y.value);
};

const sameParameters = (x: ChainCase, y: ChainCase): boolean =>
  sameEntries(x.generators, y.generators, sameInverse) && sameEntries(x.parameters, y.parameters, equal);

function missingInCase(given: ChainCase, wanted: ChainCase): string | undefined {
  const roots = new Map<string, Quotient>();
  for (const [name, { value }] of wanted.roots) {
    const own = given.roots.get(name);
    if (own === undefined || !equal(own.value, value)) return `the root ${name} is another one`;
    roots.set(name, value);
  }
  if (!isZero(reduced(add(given.value.value, negate(wanted.value.value)), roots))) return 'the minimum is another one';
  const same = (x: Matrix, y: Matrix): boolean =>
    x.rows === y.rows &&
    x.cols === y.cols &&
    survivors(remainderOf(wanted.alphabet, subtract(x, y)), (z) => reduced(z, roots)).length === 0;
  for (const [name, { value }] of wanted.rectified) {
    const own = given.rectified.get(name);
    if (own === undefined || !same(own.value, value)) return `the letter ${name} is another matrix`;
  }
  const shared = (x: ChainConclusion): boolean =>
    differenceOf(x).terms.every(({ word }) =>
      word.every((letter) => wanted.alphabet.shapes.has(letter.replace(/'$/, ''))),
    );
  const own = given.conclusions.filter(shared);
  const absent = wanted.conclusions.find((x) => !own.some((y) => same(differenceOf(x), differenceOf(y))));
  return absent === undefined ? undefined : `it does not prove ${absent.left.text} = ${absent.right.text}`;
}
