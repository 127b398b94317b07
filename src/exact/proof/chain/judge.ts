/**
 * The judgement of a proof by a chain of inequalities. With the objective derived from the model, it is decided in the
 * algebra of traces, with no size fixed: that every step is a sum of lemmas of the closed list with weights ≥ 0; that
 * the last bound is the value, less what breaking the assumption may gain; that the construction exists and has the
 * value; and that equality in every step gives each conclusion. Cited lemmas are named in what is said to be shown.
 */
import { ExactError } from '../../error.js';
import type { Json } from '../../certificate/json.js';
import { HIDDEN, objectiveOf } from '../objective.js';
import { ONE_QUOTIENT, fromPolynomial } from '../polynomial.js';
import type { Quotient } from '../polynomial.js';
import { demand, reduced, remainderText } from '../reduce.js';
import { EVERYWHERE, chartsOf, signOf } from '../signs.js';
import type { Charts, Sign } from '../signs.js';
import {
  addTraces,
  alphabetOf,
  multiplyMatrices,
  remainderOf,
  scaleTraces,
  substituteLetters,
  subtract,
  survivors,
  transpose,
} from '../words.js';
import type { Alphabet, Matrix, TraceSum } from '../words.js';
import { derive } from './derivation.js';
import type { DerivationShop, Facts } from './derivation.js';
import { CITATIONS, scale, sidesOf } from './lemmas.js';
import type { LemmaShop } from './lemmas.js';
import { requireCaseReach } from './reach.js';
import { ASSUMED, SINGULAR_VALUE, lettersOf, parseChain } from './schema.js';
import type { ChainCase, ChainProof } from './schema.js';
import { EXCESS, difference, normKey, sumOf } from './scalar.js';
import { chainSentence } from './sentence.js';

export interface ChainJudgement {
  readonly proof: ChainProof;
  /** The cases as conditions on the λ's. */
  readonly conditions: readonly string[];
  /** The lemmas that are cited and not shown. */
  readonly modulo: readonly string[];
  readonly sentence: string;
}

/** Judges a proof by a chain. Throws {@link ExactError} where it is not accepted. */
export function judgeChain(json: Json): ChainJudgement {
  const proof = parseChain(json);
  requireDefinedAssumption(proof);
  const cited = new Set<string>();
  const conditions = proof.cases.map((home) => judgeCase(proof, home, cited));
  const modulo = CITATIONS.filter((x) => cited.has(x));
  return { proof, conditions, modulo, sentence: chainSentence(proof, conditions, modulo) };
}

const NOT_NEGATIVE: readonly Sign[] = ['zero', 'positive', 'non-negative'];

const isOfSign = (sign: Sign, strict: boolean): boolean => (strict ? ['positive'] : NOT_NEGATIVE).includes(sign);
const signName = (strict: boolean): string => (strict ? 'positive' : 'non-negative');

/** The case as a condition on the λ's. */
function judgeCase(proof: ChainProof, home: ChainCase, cited: Set<string>): string {
  const { id, alphabet } = home;
  const condition = requireCaseReach(home);
  const roots = new Map([...home.roots].map(([name, { value }]) => [name, value]));
  const charts = chartsOf(home.region);
  for (const [name, square] of roots) {
    const isPositive = signOf(square, charts) === 'positive';
    demand(isPositive, `the square of the root ${name} of case ${id} is not shown to be positive`);
  }
  requireDefined(home, chartsOf(home.region, [SINGULAR_VALUE]));
  const shop = shopOf(proof, home, roots, charts);
  const facts: Facts = { matrices: new Map(), numbers: new Map() };
  if (shop.assumed !== undefined) facts.numbers.set(ASSUMED, shop.assumed);

  let above = objectiveOf(proof.model, home.parameters, alphabet);
  for (const { id: step, bound, by } of home.chain) {
    const below = sumOf(alphabet, bound.value);
    const gains = by.map((use) => {
      const { larger, smaller, equality, cites } = sidesOf(use, shop);
      const strict = use.fact !== undefined;
      const sign = signOf(use.weight, charts);
      const what = `the weight of ${use.lemma} in step ${step} of case ${id}`;
      demand(isOfSign(sign, strict), `${what} is not shown to be ${signName(strict)}`);
      if (cites !== undefined) cited.add(cites);
      if (use.fact !== undefined && equality !== undefined) facts.matrices.set(use.fact, equality);
      return scaleTraces(use.weight, difference(larger, smaller));
    });
    const rest = remainderText(shop.survivors(difference(difference(above, below), addTraces(...gains))));
    demand(rest === undefined, `step ${step} of case ${id} is not the sum of its lemmas; left over: ${rest ?? ''}`);
    above = below;
  }
  const value: TraceSum = new Map([['', home.value.value]]);
  // Where the assumption holds, the excess is 0.
  const end = shop.survivors(difference(above, value)).filter(([key]) => key !== EXCESS);
  demand(end.length === 0, `the chain of case ${id} does not end at its value; left over: ${remainderText(end) ?? ''}`);

  requireAttained(proof, home, shop, charts);
  for (const derivation of home.derivations) {
    const cites = derive(derivation, facts, derivationShop(home, shop, facts, charts));
    if (cites !== undefined) cited.add(cites);
  }
  for (const { id: name, left, right, from } of home.conclusions) {
    const gap = subtract(left.value, right.value);
    const given = derivationShop(home, shop, facts, charts).expanded(from);
    const rest = remainderText(shop.survivors(remainderOf(alphabet, subtract(gap, given))));
    const why = `${name} in case ${id} is not the given combination of equations`;
    demand(rest === undefined, `${why}; left over: ${rest ?? ''}`);
  }
  return condition;
}

interface Shop extends LemmaShop {
  survivors(sum: TraceSum): (readonly [string, Quotient])[];
}

function shopOf(
  { assumption }: ChainProof,
  home: ChainCase,
  roots: ReadonlyMap<string, Quotient>,
  charts: Charts,
): Shop {
  const { alphabet, inverses } = home;
  const withSingularValue = chartsOf(home.region, [SINGULAR_VALUE]);
  const left = (sum: TraceSum): (readonly [string, Quotient])[] => survivors(sum, (x) => reduced(x, roots));
  const isZeroMatrix = (x: Matrix): boolean => left(remainderOf(alphabet, x)).length === 0;
  const requirePositive = (x: Quotient, what: string): void => {
    demand(signOf(x, charts) === 'positive', `${what} in case ${home.id} is not shown to be positive`);
  };
  const gramOf = ({ p, of }: { readonly p: Quotient; readonly of: Matrix }): Matrix =>
    scale(p, multiplyMatrices(transpose(of), of));
  for (const [name, { p }] of inverses) requirePositive(p, `p of the inverse ${name}`);
  return {
    alphabet,
    assumed:
      assumption === undefined
        ? undefined
        : difference(sumOf(alphabet, assumption.left.value), sumOf(alphabet, assumption.right.value)),
    survivors: left,
    isZeroMatrix,
    requirePositive,
    requireSignOfSingularValues: (x, what, strict) => {
      const holds = isOfSign(signOf(x, withSingularValue), strict);
      demand(holds, `${what} in a certificate of case ${home.id} is not shown to be ${signName(strict)}`);
    },
    isZeroNumber: (x) => left(new Map([['', x]])).length === 0,
    normOf: ({ terms }) => {
      const [term, ...others] = terms;
      if (term === undefined || others.length > 0 || term.word.length === 0) {
        throw new ExactError(`a nuclear norm in case ${home.id} is not that of a multiple of a word`);
      }
      requirePositive(term.coefficient, 'the factor of a nuclear norm');
      return new Map([[normKey(term.word), term.coefficient]]);
    },
    inverseOf: (p, X) => {
      const wanted = gramOf({ p, of: X });
      const found = [...inverses].find(
        ([, inverse]) => inverse.of.cols === X.cols && isZeroMatrix(subtract(gramOf(inverse), wanted)),
      );
      if (found === undefined) throw new ExactError(`an inverse that a lemma of case ${home.id} needs has no letter`);
      return { rows: X.cols, cols: X.cols, terms: [{ coefficient: ONE_QUOTIENT, word: [found[0]] }] };
    },
  };
}

function derivationShop(home: ChainCase, shop: Shop, facts: Facts, charts: Charts): DerivationShop {
  const named = new Map([...facts.matrices].map(([name, matrix]): [string, Matrix] => [`[${name}]`, matrix]));
  const requireNamed = (word: readonly string[]): void => {
    const isNamed = word.some((letter) => letter.startsWith('['));
    demand(isNamed, `a combination of equations in case ${home.id} has a word without any`);
  };
  return {
    alphabet: shop.alphabet,
    rectified: home.rectified,
    isZeroMatrix: (x) => shop.isZeroMatrix(x),
    isZeroSum: (x) => shop.survivors(x).length === 0,
    isSigned: (x, strict) => isOfSign(signOf(x, charts), strict),
    normOf: (X) => shop.normOf(X),
    expanded: (from) => {
      for (const { word } of from.terms) requireNamed(word);
      return substituteLetters(shop.alphabet, from, named);
    },
    expandedSum: (from) => {
      for (const term of from) {
        if (term.kind === 'fact') continue;
        requireNamed(term.kind === 'trace' ? term.word : []);
      }
      return sumOf(shop.alphabet, from, facts.numbers, named);
    },
  };
}

/** The construction exists, and has the value. */
function requireAttained({ model, hypothesis }: ChainProof, home: ChainCase, shop: Shop, charts: Charts): void {
  const { id, frames, construction } = home;
  for (const [name, kind] of frames) {
    const granted = kind === 'centred' ? ['d >= K', 'd >= K-1'] : ['d >= K'];
    demand(granted.includes(hypothesis), `the frame ${name} of case ${id} needs another hypothesis`);
  }
  const alphabet = alphabetOf(lettersOf(model), frames);
  const at = (matrix: Matrix): Matrix => substituteLetters(alphabet, matrix, construction);
  const hidden = home.rectified.get(HIDDEN);
  if (hidden !== undefined) requireRectified(home, alphabet, at(hidden.value), shop, charts);
  const value = objectiveOf(model, home.parameters, alphabet, at);
  const rest = remainderText(shop.survivors(difference(value, new Map([['', home.value.value]]))));
  demand(rest === undefined, `the construction of case ${id} has not the value; left over: ${rest ?? ''}`);
}

/** σ(X) = X, since no entry of X is negative. */
function requireRectified(
  { id, construction, frames }: ChainCase,
  alphabet: Alphabet,
  X: Matrix,
  shop: Shop,
  charts: Charts,
): void {
  const S = construction.get(HIDDEN);
  if (S === undefined) throw new ExactError(`the construction of case ${id} has no ${HIDDEN}`);
  const isNonNegative = (letter: string): boolean => {
    const name = letter.replace(/'$/, '');
    return name === 'Y' || name === '1' || frames.get(name) === 'non-negative';
  };
  const holds = S.terms.every(
    ({ coefficient, word }) => word.every(isNonNegative) && NOT_NEGATIVE.includes(signOf(coefficient, charts)),
  );
  demand(holds, `${HIDDEN} at the construction of case ${id} is not shown to have no negative entry`);
  const rest = remainderText(shop.survivors(remainderOf(alphabet, subtract(X, S))));
  const where = `${HIDDEN} at the construction of case ${id}`;
  demand(rest === undefined, `${where} is not W1 H1 there; left over: ${rest ?? ''}`);
}

/** Nothing that the assumption divides by has a zero. */
function requireDefinedAssumption({ assumption }: ChainProof): void {
  const terms = assumption === undefined ? [] : [...assumption.left.value, ...assumption.right.value];
  for (const { polynomial } of terms.flatMap(({ coefficient }) => [...coefficient.denominator.values()])) {
    const sign = signOf(fromPolynomial(polynomial), EVERYWHERE);
    demand(sign === 'positive' || sign === 'negative', 'a divisor of the assumption is not shown to be non-zero');
  }
}

/** Whatever a case divides by has no zero there, for any u ≥ 0. */
function requireDefined({ id, quotients }: ChainCase, charts: Charts): void {
  const factors = quotients.flatMap(({ denominator }) => [...denominator.values()].map((x) => x.polynomial));
  for (const factor of new Set(factors)) {
    const sign = signOf(fromPolynomial(factor), charts);
    demand(sign === 'positive' || sign === 'negative', `a divisor of case ${id} is not shown to be non-zero`);
  }
}
