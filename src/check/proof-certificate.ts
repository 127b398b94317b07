/**
 * A proof as a proof certificate: the claims and the proof of a module in plain words and polynomials, for a checker
 * that shares no code with ours. Sums of squares are written here, chains of inequalities in `chain-certificate.ts`.
 */
import * as F from '../symbolic/fraction.js';
import type { Fraction } from '../symbolic/fraction.js';
import type { LetterNode, Matrix, Scalar } from '../symbolic/expression.js';
import { lettersIn } from '../symbolic/letters.js';
import { chartConditions, parameterFractions, squareOfRoot } from '../symbolic/sum-of-squares.js';
import * as T from '../symbolic/trace-algebra.js';
import { type Alphabet, letter } from '../symbolic/word.js';
import { matrixText } from '../symbolic/word-text.js';
import { NotAWordError, alphabetOf, nothingAdjoined, wordContext } from '../symbolic/words-of.js';
import type { Case, Parametrisation, Revision, SumOfSquares } from '../theorem/contract.js';
import { fullId } from '../theorem/contract.js';
import type { Target } from '../theorem/registry.js';
import { type Json, NotCertifiableError, refuse, whereOf } from './certificate-text.js';
import { isProvedByChainAlone } from './claim/chain-proof.js';
import { chainOf } from './chain-certificate.js';
import { lambdaFormulas } from './proof.js';

export { NotCertifiableError };

/**
 * The certificate as text; `statement` and `provenance` are for readers, and no checker interprets them.
 *
 * @throws NotCertifiableError where a claim or proof is outside of what the format can say
 */
export const proofCertificate = (
  { theorem, revision }: Target,
  notes: { readonly statement: readonly string[]; readonly provenance: Readonly<Record<string, string>> },
): string => {
  try {
    const isChain = isProvedByChainAlone(revision);
    const document = {
      format: 'ufm-check-proof/1',
      theorem: fullId(theorem),
      revision: revision.id,
      kind: isChain ? 'chain' : 'sum-of-squares',
      statement: notes.statement,
      model: { ...revision.problem.spec },
      hypothesis: hypothesisOf(revision, isChain),
      ...(isChain ? chainOf(revision) : squaresOf(revision)),
      provenance: { ...notes.provenance },
    };
    return `${JSON.stringify(document, null, 2)}\n`;
  } catch (error) {
    if (error instanceof NotAWordError) return refuse(error.message);
    throw error;
  }
};

const squaresOf = (revision: Revision): Readonly<Record<string, Json>> => ({
  ...generatorsOf(revision),
  cases: revision.cases.map((home) => caseOf(revision, home)),
});

/** What is assumed of the sizes. A chain says in each case for which λ's it holds: no λ needs to be excluded. */
const hypothesisOf = ({ hypotheses, ofMinimizer = [] }: Revision, isChain: boolean): string => {
  if (ofMinimizer.length > 0 && !isChain) return refuse('hypotheses on the minimizer');
  const [first, ...others] = isChain ? hypotheses.filter(({ kind }) => kind !== 'neq') : hypotheses;
  if (first === undefined) return 'none';
  const isD = (x: Scalar): boolean => x.kind === 'symbol' && x.name === 'd';
  const bound = others.length === 0 && first.kind === 'leq' && isD(first.right) ? first.left : undefined;
  const words = wordContext({ alphabet: alphabetOf({ blocks: [] }) });
  const least = bound === undefined ? undefined : words.fraction(bound);
  if (least !== undefined && F.equals(least, F.variable('K'))) return 'd >= K';
  if (least !== undefined && F.equals(least, F.subtract(F.variable('K'), F.ONE))) return 'd >= K-1';
  return refuse('a hypothesis other than K ≤ d or K − 1 ≤ d');
};

/** The one parametrisation of all cases, by generators that have all positive values. */
const parametrisationOf = ({ parametrisation, cases }: Revision): Parametrisation => {
  if (parametrisation === undefined) return refuse('a revision without a parametrisation');
  if (cases.some((home) => home.parametrisation !== undefined)) return refuse('a parametrisation of one case');
  if (parametrisation.domain !== undefined) return refuse('generators that are bounded by their parametrisation');
  return parametrisation;
};

/** λ's by symbol name, as fractions in generators. */
const symbolsOf = (revision: Revision): ReadonlyMap<string, Fraction> =>
  parameterFractions(revision.problem.blocks, lambdaFormulas(parametrisationOf(revision)), nothingAdjoined());

const generatorsOf = (revision: Revision): { readonly parameters: Json; readonly generators: Json } => {
  const { problem } = revision;
  const parametrisation = parametrisationOf(revision);
  const symbols = symbolsOf(revision);
  const parameters = Object.entries(problem.lambda).map(([block, { name }]) => [
    block,
    F.formatFraction(symbols.get(name) ?? F.ZERO),
  ]);
  const generators = parametrisation.generators.map(({ symbol, inverse }) => {
    const { value, isRoot } = squareOfRoot(problem.blocks, inverse);
    return [symbol.name, isRoot ? `sqrt(${F.formatFraction(value)})` : F.formatFraction(value)];
  });
  return {
    parameters: Object.fromEntries(parameters) as Json,
    generators: Object.fromEntries(generators) as Json,
  };
};

const framesOf = (home: Case): readonly LetterNode[] => {
  const { frames = [], blocks } = home.minimizer;
  if (lettersIn(Object.values(blocks)).complements.length > 0) refuse('a construction with complements');
  const misfit = frames.find(({ rows, cols }) => rows !== 'd' || cols !== 'K');
  if (misfit !== undefined) refuse(`the frame ${misfit.text} of shape ${misfit.rows} × ${misfit.cols}`);
  return frames;
};

const caseOf = (revision: Revision, home: Case): Json => {
  const { blocks } = revision.problem;
  const { proof } = home;
  if (proof === undefined) return refuse(`no sum of squares for the case ${home.id}`);
  const adjoined = nothingAdjoined();
  const frames = framesOf(home);
  const alphabet = withSquares(alphabetOf({ blocks, frames }), proof);
  const squares = new Map(
    Object.entries(proof.squares).map(([name, { of }]) => [
      name,
      T.matrixOfWord(alphabet, [letter(`[${name}]`)], { rows: of.rows, cols: of.cols }),
    ]),
  );
  const context = wordContext({ alphabet, symbols: symbolsOf(revision), squares, adjoined });
  const matrix = (x: Matrix): Json => matrixText(alphabet, context.reduced(context.matrix(x)));
  const scalar = (x: Scalar): string => F.formatFraction(context.fraction(x));
  const byName = <X>(record: Readonly<Record<string, X>>, write: (x: X) => Json): Json =>
    Object.fromEntries(Object.entries(record).map(([name, x]) => [name, write(x)]));

  const written = {
    value: scalar(home.value),
    squares: byName(proof.squares, (x) => ({ coefficient: scalar(x.coefficient), of: matrix(x.of) })),
    construction: byName(home.minimizer.blocks, matrix),
    conclusions: home.conclusions.map(({ id, statement }) => {
      const cofactor = proof.cofactors[id];
      if (cofactor === undefined) return refuse(`no cofactor for ${id}`);
      return { id, left: matrix(statement.left), right: matrix(statement.right), cofactor: matrix(cofactor) };
    }),
  };
  return {
    id: home.id,
    where: whereOf(chartConditions(context, home.when)),
    value: written.value,
    // Roots are known once everything has been written.
    roots: Object.fromEntries([...adjoined.roots].map(([name, square]) => [name, F.formatFraction(square)])),
    squares: written.squares,
    frames: Object.fromEntries(frames.map(({ name }) => [name, 'orthonormal'])),
    construction: written.construction,
    conclusions: written.conclusions,
  };
};

const withSquares = (alphabet: Alphabet, { squares }: SumOfSquares): Alphabet => ({
  ...alphabet,
  letters: new Map([
    ...alphabet.letters,
    ...Object.entries(squares).map(([name, { of }]) => [`[${name}]`, { rows: of.rows, cols: of.cols }] as const),
  ]),
});
