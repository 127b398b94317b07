/**
 * A proof by a chain of inequalities as a proof certificate: bounds, lemmas, and what is derived from equality, in
 * plain words and polynomials. What has no words (σ, inverses, nuclear norms) is given a letter, or a name that says
 * what it is.
 */
import { polynomialOf } from '../symbolic/root.js';
import { add, div, identity, inverse, mul, t } from '../symbolic/build.js';
import type { LetterNode, Matrix, RootNode, Scalar } from '../symbolic/expression.js';
import { factsOfHypotheses } from '../symbolic/derivation.js';
import * as F from '../symbolic/fraction.js';
import type { Fraction } from '../symbolic/fraction.js';
import { lettersIn } from '../symbolic/letters.js';
import { chartConditions } from '../symbolic/sum-of-squares.js';
import { LEMMAS, type LemmaUse, singularValue } from '../symbolic/textbook.js';
import * as T from '../symbolic/trace-algebra.js';
import type { TraceScalar, WordMatrix } from '../symbolic/trace-algebra.js';
import { type Word, letter } from '../symbolic/word.js';
import { alphabetOf, wordContext } from '../symbolic/words-of.js';
import { type Workshop, equalWords, lessMatrix, workshop } from '../symbolic/workshop.js';
import type { Case, Derivation, Revision } from '../theorem/contract.js';
import { type Json, refuse, whereOf } from './certificate-text.js';
import { chainClaimOf } from './claim/chain-proof.js';
import { parametrisationOf } from './proof.js';

/** The letter of the hidden layer, and the name of the assumption among the equations. */
const HIDDEN = 'S';
const ASSUMED = 'Assumed';

/** `assumed` and `cases` of the certificate. Throws NotCertifiableError where the format has no words for the proof. */
export const chainOf = (revision: Revision): Readonly<Record<string, Json>> => {
  const { problem, ofMinimizer = [] } = revision;
  if (problem.spec.layers !== 2 || problem.spec.bias !== 'none') return refuse('chains for other models');
  if (ofMinimizer.length > 1) return refuse('two hypotheses on the minimizer');
  const [first] = revision.cases;
  const writers = revision.cases.map((home) => caseWriter(revision, home));
  const [writer] = writers;
  return {
    assumed: first === undefined || writer === undefined ? {} : writer.assumed(),
    cases: writers.map((x) => x.written()),
  };
};

const caseWriter = (revision: Revision, home: Case) => {
  const claim = chainClaimOf(revision, home);
  const shop = workshop(claim);
  const { context } = shop;
  const [assumption] = claim.hypotheses ?? [];

  // Names for what has none: S is W1 H1 under the ReLU, the others come as they are met.
  const written = new Map<string, string>();
  const rectified = new Map<string, Json>();
  const nameOf = (name: string): string => {
    const atom = shop.names().find((x) => x.name === name);
    if (atom === undefined) return name === '1_K' ? '1' : name;
    const known = written.get(name);
    if (known !== undefined) return known;
    if (atom.kind !== 'relu') return refuse('an inverse that no lemma needs');
    const words = matrixText(atom.words);
    const isHidden = JSON.stringify(words) === JSON.stringify({ 'W1 H1': '1' });
    const chosen = isHidden ? HIDDEN : `M${rectified.size === 0 ? '' : rectified.size + 1}`;
    written.set(name, chosen);
    if (!isHidden) rectified.set(chosen, words);
    return chosen;
  };
  const wordText = (word: Word): string =>
    word.length === 0 ? 'I' : word.map((x) => `${nameOf(x.name)}${x.transposed ? "'" : ''}`).join(' ');
  const matrixText = ({ terms }: WordMatrix): Readonly<Record<string, Json>> =>
    Object.fromEntries(
      [...terms.values()].map(({ coefficient, traces, word }): [string, string] => {
        if (traces.length > 0) return refuse('a trace times a matrix');
        return [wordText(word), F.formatFraction(coefficient)];
      }),
    );
  const matrix = (x: Matrix): Json => matrixText(context.reduced(context.matrix(x)));
  const number = (x: Scalar): string => F.formatFraction(context.fraction(x));

  /** A coefficient, in which nuclear norms and the like are variables, by what it is a coefficient of. */
  const split = (x: Fraction): [string, Fraction][] => {
    const parts = new Map<string, Fraction>();
    for (const { monomial, coefficient } of x.numerator.terms.values()) {
      const names = monomial.filter(([name]) => shop.names().some((atom) => atom.name === name));
      const [name, ...others] = names;
      if (others.length > 0 || (name !== undefined && name[1] !== 1)) return refuse('a product of nuclear norms');
      const rest = monomial.filter(([each]) => each !== name?.[0]);
      const term = F.divide(
        rest.reduce((product, [each, k]) => F.multiply(product, F.power(F.variable(each), k)), F.constant(coefficient)),
        F.fromPolynomial(x.denominator),
      );
      const key = name === undefined ? '1' : numberName(name[0]);
      parts.set(key, F.add(parts.get(key) ?? F.ZERO, term));
    }
    return [...parts];
  };
  const numberName = (name: string): string => {
    const atom = shop.names().find((x) => x.name === name);
    if (atom?.kind === 'positive') return 'excess';
    const [term, ...others] = atom?.words.terms.values() ?? [];
    if (term === undefined || others.length > 0) return refuse('the nuclear norm of a sum');
    return `nuc(${wordText(term.word)})`;
  };
  /** A number; as a 1 × 1 matrix, its equations are words of one letter. */
  const scalarText = ({ terms }: TraceScalar): Readonly<Record<string, Json>> =>
    Object.fromEntries(
      [...terms.values()].flatMap(({ coefficient, traces, word }): [string, string][] => {
        const [factor, ...others] = [...traces, ...(word.length > 0 ? [word] : [])];
        if (others.length > 0) return refuse('a product of traces');
        if (factor === undefined) return split(coefficient).map(([key, x]) => [key, F.formatFraction(x)]);
        const [only] = factor;
        const isNumber = factor.length === 1 && only !== undefined && numbers.has(only.name);
        return [[isNumber ? (only?.name ?? '') : `tr(${wordText(factor)})`, F.formatFraction(coefficient)]];
      }),
    );
  const scalar = (x: Scalar): Json => scalarText(context.reduced(context.scalar(x)));

  // Inverses by the lemmas that speak of them.
  const inverses = new Map<string, Json>();
  const declareInverse = (p: Scalar, X: Matrix): void => {
    const words = context.matrix(inverse(add(identity(X.cols), mul(p, t(X), X))));
    const [term] = words.terms.values();
    const [only] = term?.word ?? [];
    if (only === undefined || written.has(only.name)) return;
    written.set(only.name, `L${inverses.size + 1}`);
    inverses.set(`L${inverses.size + 1}`, { p: number(p), of: matrix(X) });
  };
  const inversesOf = ({ lemma, matrices, scalars }: LemmaUse): void => {
    const { A, X, V, T } = matrices;
    const { alpha, p } = scalars;
    if (lemma === 'ridge-elimination' && A && alpha) declareInverse(div(1, alpha), A);
    if (lemma === 'operator-jensen' && X && V && p) {
      declareInverse(p, X);
      declareInverse(p, mul(X, V));
    }
    if (lemma === 'sum-over-singular-values' && T && p) declareInverse(p, T);
  };

  const facts = factsOfHypotheses(shop, claim.hypotheses ?? []);
  const renamed = new Map<string, string>();
  const numbers = new Set<string>();
  const declareFact = (name: string, words: WordMatrix): void => {
    facts.set(name, words);
    const known = `[${renamed.get(name) ?? name}]`;
    shop.declare(known, words.type);
    if (words.type.rows === '1' && words.type.cols === '1') numbers.add(known);
  };
  if (assumption?.fact !== undefined) renamed.set(assumption.fact, ASSUMED);
  for (const [name, words] of [...facts]) declareFact(name, words);
  /** Equations by name in place of what they say. */
  const named = (from: Matrix): WordMatrix => {
    const letters = new Map(
      [...facts].map(([name, { type }]) => [
        name,
        T.matrixOfWord(shop.alphabet, [letter(`[${renamed.get(name) ?? name}]`)], type),
      ]),
    );
    return context.reduced(context.withSquares(letters).matrix(from));
  };

  const useText = (use: LemmaUse): Json => ({
    lemma: use.lemma,
    weight: number(use.weight),
    ...Object.fromEntries(Object.entries(use.matrices).map(([name, x]) => [name, matrix(x)])),
    ...(use.lemma === 'positive-part'
      ? {}
      : Object.fromEntries(Object.entries(use.scalars).map(([name, x]) => [name, number(x)]))),
    ...(use.certificate === undefined ? {} : { certificate: certificateText(shop, use.certificate) }),
    ...(use.fact === undefined ? {} : { fact: use.fact }),
  });

  const derivationText = ({ id, rule, statement, from, terms = [], of }: Derivation): Json => {
    const words = named(from);
    const isNumber = statement.left.rows === '1' && statement.left.cols === '1';
    const side = (x: Matrix): Json => {
      const said = context.reduced(context.matrix(x));
      return isNumber ? scalarText(said) : matrixText(said);
    };
    const gap = lessMatrix(context.matrix(statement.left), context.matrix(statement.right));
    const given = { from: rule === 'duality' ? scalarText(words) : matrixText(words) };
    const squares = { squares: terms.map((x) => ({ coefficient: number(x.coefficient), of: matrix(x.of) })) };
    const line = { id, rule, left: side(statement.left), right: side(statement.right) };
    const Q = of === undefined ? {} : { Q: matrix(of) };
    const text = ((): Json => {
      switch (rule) {
        case 'combination':
          return { ...line, ...given };
        case 'squares':
        case 'root':
          return { ...line, ...given, ...squares };
        case 'rectified-product':
          if (words.terms.size > 0) return refuse('a product of σ(X) and X with more beside it');
          return { ...line, of: HIDDEN };
        case 'rectified-copies':
          return { ...line, ...given, ...copiesText(gap) };
        case 'projector-norm':
          return { ...line, ...given, ...Q };
        case 'duality':
          return { ...line, ...given, ...Q, projector: projectorOf(of) };
      }
    })();
    declareFact(id, gap);
    return text;
  };
  /** σ(X) − cσ(Z)Y as the letters of both and c. */
  const copiesText = (gap: WordMatrix): Readonly<Record<string, Json>> => {
    const terms = [...context.reduced(gap).terms.values()];
    const one = terms.find(({ word }) => word.length === 1)?.word[0];
    const two = terms.find(({ word }) => word.length === 2);
    const copied = two?.word[0];
    if (terms.length !== 2 || one === undefined || two === undefined || copied === undefined) {
      return refuse('σ(X) that is not copied from a σ(Z)');
    }
    return { of: [nameOf(one.name), nameOf(copied.name)], factor: F.formatFraction(F.negate(two.coefficient)) };
  };
  const projectorOf = (Q: Matrix | undefined): string => {
    if (Q === undefined) return refuse('duality without a matrix');
    const off = lessMatrix(context.matrix(mul(t(Q), Q, t(Q), Q)), context.matrix(mul(t(Q), Q)));
    const found = [...facts].find(([, words]) => equalWords(shop, words, off));
    return found === undefined ? refuse('duality without a projector') : found[0];
  };

  const point = constructionOf(revision, home, shop);
  return {
    assumed: (): Json => {
      if (assumption === undefined) return {};
      const { statement } = assumption;
      if (statement.kind !== 'eq') return refuse('a hypothesis on the minimizer that is no equation of numbers');
      return { left: scalar(statement.left), right: scalar(statement.right) };
    },
    written: (): Json => {
      const value = number(home.value);
      for (const { by } of claim.steps) by.forEach(inversesOf);
      const chain = claim.steps.map(({ id, bound, by }) => {
        const uses = by.map((use) => {
          const { equality } = LEMMAS[use.lemma].instantiate(use);
          if (use.fact !== undefined && equality !== undefined) declareFact(use.fact, context.matrix(equality));
          return useText(use);
        });
        return { id, bound: scalar(bound), by: uses };
      });
      const derivations = claim.derivations.map(derivationText);
      const conclusions = home.conclusions.map(({ id, statement }) => {
        const words = lessMatrix(context.matrix(statement.left), context.matrix(statement.right));
        const found = [...facts].find(([, fact]) => equalWords(shop, fact, words));
        if (found === undefined) return refuse(`no equation for ${id}`);
        const plain = id.replace(/[₀-₉]/g, (x) => String(x.charCodeAt(0) - '₀'.charCodeAt(0)));
        return {
          id: plain,
          left: matrix(statement.left),
          right: matrix(statement.right),
          from: { [`[${found[0]}]`]: '1' },
        };
      });
      return {
        id: home.id,
        ...generatorsOf(revision, home, shop),
        where: whereOf(chartConditions(context, claim.when)),
        value,
        roots: Object.fromEntries([...shop.adjoined.roots].map(([name, x]) => [name, F.formatFraction(x)])),
        rectified: Object.fromEntries(rectified),
        inverses: Object.fromEntries(inverses),
        chain,
        derivations,
        ...point,
        conclusions,
      };
    },
  };
};

/** The terms of a certificate as multiples of u and of (u − 1)². */
const certificateText = (shop: Workshop, { terms }: NonNullable<LemmaUse['certificate']>): Json => {
  const u = F.variable(singularValue.name);
  const factored = terms.map(({ coefficient, square }): [string, Fraction] => {
    const [c, s] = [shop.context.fraction(coefficient), F.power(shop.context.fraction(square), 2)];
    if (F.equals(s, F.power(F.subtract(u, F.ONE), 2))) return ['(u - 1)^2', c];
    return ['u', F.divide(F.multiply(c, s), u)];
  });
  const renamed = new Map([[singularValue.name, F.variable('u')]]);
  return Object.fromEntries(factored.map(([key, x]) => [key, F.formatFraction(F.substitute(x, renamed))]));
};

const generatorsOf = (revision: Revision, home: Case, { symbols }: Workshop): Readonly<Record<string, Json>> => {
  const parametrisation = parametrisationOf(revision, home);
  if (parametrisation === undefined) return refuse('a case without a parametrisation');
  const { blocks, lambda } = revision.problem;
  const solved = parametrisation.generators.flatMap(({ symbol, inverse: x }) =>
    x.kind === 'root' ? [{ symbol, root: x }] : [],
  );
  const known = new Map(solved.map(({ symbol, root }) => [root.name, F.variable(symbol.name)]));
  const context = wordContext({ alphabet: alphabetOf({ blocks }), symbols: known });
  const equation = (name: string, root: RootNode): Json => ({
    of: F.formatFraction(
      polynomialOf(root)
        .map((c, k) => F.multiply(F.constant(c), F.power(F.variable(name), k)))
        .reduce(F.add, F.ZERO),
    ),
    equals: F.formatFraction(context.fraction(root.equals)),
  });
  const formula = (x: Scalar): string => {
    const value = context.fraction(x);
    if (!F.variablesOf(value).some((name) => context.roots.has(name))) return F.formatFraction(value);
    let square = F.power(value, 2);
    for (let level = 0; level <= context.roots.size; level++) square = F.reduceRoots(square, context.roots);
    return `sqrt(${F.formatFraction(square)})`;
  };
  return {
    generators: Object.fromEntries(
      parametrisation.generators.map(({ symbol, inverse: x }) => [
        symbol.name,
        x.kind === 'root' ? equation(symbol.name, x) : formula(x),
      ]),
    ),
    parameters: Object.fromEntries(
      Object.entries(lambda).map(([block, { name }]) => [block, F.formatFraction(symbols.get(name) ?? F.ZERO)]),
    ),
  };
};

/** A construction, and W₁H₁ there under σ. Of columns at no acute angle orthonormal ones are taken: they are such. */
const constructionOf = (revision: Revision, home: Case, shop: Workshop): Readonly<Record<string, Json>> => {
  const { frames = [], blocks } = home.minimizer;
  if (lettersIn(Object.values(blocks)).complements.length > 0) return refuse('a construction with complements');
  const plain = frames.map(({ name, rows, cols, kind }): Pick<LetterNode, 'name' | 'rows' | 'cols' | 'kind'> => {
    if (rows !== 'd' || cols !== 'K') return refuse(`the frame ${name} of shape ${rows} × ${cols}`);
    return { name, rows, cols, kind: kind === 'nonNegativeFrame' ? kind : 'frame' };
  });
  const alphabet = alphabetOf({ blocks: revision.problem.blocks, frames: plain });
  const { symbols, adjoined } = shop;
  const context = wordContext({ alphabet, symbols, adjoined, isPositive: (x) => shop.signOf(x) === 'positive' });
  const wordText = (word: Word): string =>
    word.length === 0
      ? 'I'
      : word.map((x) => `${x.name === '1_K' ? '1' : x.name}${x.transposed ? "'" : ''}`).join(' ');
  const matrixText = (words: WordMatrix): Json =>
    Object.fromEntries(
      [...context.reduced(words).terms.values()].map((x) => [wordText(x.word), F.formatFraction(x.coefficient)]),
    );
  const point = new Map(Object.entries(blocks).map(([name, x]) => [name, context.matrix(x)]));
  const [W1, H1] = [point.get('W1'), point.get('H1')];
  const hidden =
    revision.problem.spec.activation !== 'relu' || W1 === undefined || H1 === undefined
      ? {}
      : { [HIDDEN]: matrixText(T.multiplyMatrices(alphabet, W1, H1)) };
  return {
    frames: Object.fromEntries(
      plain.map(({ name, kind }) => [name, kind === 'nonNegativeFrame' ? 'non-negative' : 'orthonormal']),
    ),
    construction: {
      ...Object.fromEntries([...point].map(([name, words]) => [name, matrixText(words)])),
      ...hidden,
    },
  };
};
