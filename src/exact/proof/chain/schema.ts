/**
 * Proofs of the kind `chain` as data, and how they are read: f ≥ b_1 ≥ … ≥ value by lemmas of a closed list, and what
 * follows where all of these are equalities. What a proof shows is decided in `judge.ts`.
 */
import { ExactError } from '../../error.js';
import type { Json } from '../../certificate/json.js';
import { fieldsOf, objectOf, oneOf } from '../../certificate/values.js';
import { HIDDEN, blockShapes } from '../objective.js';
import type { ProofModel } from '../objective.js';
import type { Quotient } from '../polynomial.js';
import {
  LETTER,
  SIZES,
  VARIABLE,
  entriesOf,
  inverseOf,
  labelOf,
  listOf,
  nameOf,
  quotientOf,
  readMatrix,
  regionOf,
  requireDistinct,
} from '../schema.js';
import type { Hypothesis, Inverse, Written } from '../schema.js';
import type { Region } from '../signs.js';
import { textOf } from '../text.js';
import { alphabetOf } from '../words.js';
import type { Alphabet, FrameKind, Matrix, Shape } from '../words.js';
import { readDerivation } from './derivation.js';
import type { Derivation } from './derivation.js';
import { readLemmaUse } from './lemmas.js';
import type { LemmaUse } from './lemmas.js';
import { readScalar } from './scalar.js';
import type { Scalar } from './scalar.js';

/** A generator as the only solution of of(g) = equals between the bounds of its case. */
export interface RootOfEquation {
  readonly of: Written<Quotient>;
  readonly equals: Written<Quotient>;
}

export interface ChainConclusion {
  readonly id: string;
  readonly left: Written<Matrix>;
  readonly right: Written<Matrix>;
  /** left − right as a sum of words that contain equations, by their names in brackets. */
  readonly from: Matrix;
}

export interface ChainStep {
  readonly id: string;
  readonly bound: Written<Scalar>;
  readonly by: readonly LemmaUse[];
}

/** (I + p·XᵀX)⁻¹, by its letter. */
export interface InverseMatrix {
  readonly p: Quotient;
  readonly of: Matrix;
}

export interface ChainCase {
  readonly id: string;
  readonly generators: ReadonlyMap<string, Inverse | RootOfEquation>;
  readonly parameters: ReadonlyMap<string, Quotient>;
  readonly region: Region;
  /** The bounds of the case as they are written. */
  readonly condition: string;
  readonly value: Written<Quotient>;
  /** Positive variables by their squares. */
  readonly roots: ReadonlyMap<string, Written<Quotient>>;
  /** σ(X), by its letter; with a ReLU, S = σ(W1 H1) is among them. */
  readonly rectified: ReadonlyMap<string, Written<Matrix>>;
  readonly inverses: ReadonlyMap<string, InverseMatrix>;
  readonly alphabet: Alphabet;
  readonly chain: readonly ChainStep[];
  readonly derivations: readonly Derivation[];
  readonly frames: ReadonlyMap<string, FrameKind>;
  /** The blocks, and S with a ReLU. */
  readonly construction: ReadonlyMap<string, Matrix>;
  readonly conclusions: readonly ChainConclusion[];
  /** Whatever has been read that may divide by something. */
  readonly quotients: readonly Quotient[];
}

/** left = right, assumed of the minimizer. */
export interface Assumption {
  readonly left: Written<Scalar>;
  readonly right: Written<Scalar>;
}

export interface ChainProof {
  readonly kind: 'chain';
  readonly theorem: string;
  readonly revision: string;
  readonly model: ProofModel;
  readonly hypothesis: Hypothesis;
  readonly assumption: Assumption | undefined;
  readonly cases: readonly ChainCase[];
}

/** The variable of certificates: a singular value, u ≥ 0. */
export const SINGULAR_VALUE = 'u';
/** The name of the assumption among the equations. */
export const ASSUMED = 'Assumed';

const PENALISED = ['W2', 'W1', 'H1'];

/**
 * Reads a proof by a chain.
 *
 * @throws {ExactError} with one line that says which rule of the format is broken
 */
export function parseChain(json: Json): ChainProof {
  const document = fieldsOf(
    json,
    'the proof',
    ['format', 'theorem', 'revision', 'kind', 'model', 'hypothesis', 'assumed', 'cases'],
    ['statement', 'provenance'],
  );
  oneOf(document.get('kind'), 'kind', ['chain']);
  const statement = document.get('statement') ?? [];
  if (!Array.isArray(statement) || statement.some((line) => typeof line !== 'string')) {
    throw new ExactError('statement must be a list of lines');
  }
  if (document.has('provenance')) objectOf(document.get('provenance'), 'provenance');
  const model = modelOf(document.get('model'));
  const assumption = assumptionOf(document.get('assumed'), model);
  const cases = listOf(document.get('cases'), 'cases').map((each) => caseOf(each, model, assumption !== undefined));
  if (cases.length === 0) throw new ExactError('cases must not be empty');
  requireDistinct(cases.map(({ id }) => id), 'cases');
  return {
    kind: 'chain',
    theorem: labelOf(document.get('theorem'), 'theorem'),
    revision: labelOf(document.get('revision'), 'revision'),
    model,
    hypothesis: oneOf(document.get('hypothesis'), 'hypothesis', ['none', 'd >= K-1', 'd >= K']),
    assumption,
    cases,
  };
}

function modelOf(json: Json | undefined): ProofModel {
  const fields = fieldsOf(json, 'model', ['layers', 'activation', 'bias']);
  if (fields.get('layers') !== 2) throw new ExactError('model.layers must be 2 in a chain');
  const bias = oneOf(fields.get('bias'), 'model.bias', ['none']);
  const activation = oneOf(fields.get('activation'), 'model.activation', ['linear', 'relu']);
  return { layers: 2, bias, ...(activation === 'relu' ? { activation } : {}) };
}

/** The blocks, and S = σ(W1 H1) with a ReLU. */
export function lettersOf(model: ProofModel): Map<string, Shape> {
  const hidden: [string, Shape][] = model.activation === 'relu' ? [[HIDDEN, { rows: 'd', cols: 'N' }]] : [];
  return new Map([...blockShapes(model), ...hidden]);
}

function assumptionOf(json: Json | undefined, model: ProofModel): Assumption | undefined {
  const fields = fieldsOf(json, 'assumed', [], ['left', 'right']);
  if (fields.size === 0) return undefined;
  const letters = { alphabet: alphabetOf(lettersOf(model)), hasExcess: false };
  const side = (name: string): Written<Scalar> =>
    readScalar(fields.get(name), `assumed.${name}`, letters, (text, where) => quotientOf(text, where, SIZES));
  return { left: side('left'), right: side('right') };
}

const CASE = [
  ...['id', 'generators', 'parameters', 'where', 'value', 'roots', 'rectified', 'inverses', 'chain', 'derivations'],
  ...['frames', 'construction', 'conclusions'],
];

function caseOf(json: Json, model: ProofModel, assumes: boolean): ChainCase {
  const fields = fieldsOf(json, 'a case', CASE);
  const id = labelOf(fields.get('id'), 'the id of a case');
  const place = (field: string): string => `${field} of case ${id}`;
  const generators = generatorsOf(fields.get('generators'), place('generators'));
  const { region, condition } = regionOf(fields.get('where'), place('where'), [...generators.keys()]);
  const rootFree = [...SIZES, ...generators.keys()];
  const parameters = fieldsOf(fields.get('parameters'), place('parameters'), PENALISED);
  const roots = new Map(
    entriesOf(fields.get('roots'), place('roots')).map(([name, square]): [string, Written<Quotient>] => {
      requireFree(name, rootFree, place('roots'));
      return [name, quotientOf(square, place(`the square of ${name}`), rootFree)];
    }),
  );
  const known = [...rootFree, ...roots.keys()];
  const quotients: Quotient[] = [];
  const quotientIn =
    (variables: readonly string[]) =>
    (text: Json | undefined, where: string): Written<Quotient> => {
      const written = quotientOf(text, where, variables);
      quotients.push(written.value);
      return written;
    };
  const coefficientOf = quotientIn(known);
  const letters = lettersOf(model);
  const taken = (name: string, where: string): string => {
    nameOf(name, where, LETTER);
    const others = ['Y', 'I', HIDDEN, 'N', SINGULAR_VALUE, ...known];
    if (letters.has(name) || others.includes(name)) throw new ExactError(`${where}: the name ${name} is taken`);
    return name;
  };
  const matrixIn =
    (alphabet: Alphabet) =>
    (value: Json | undefined, where: string, shape?: Shape): Written<Matrix> =>
      readMatrix(value, where, alphabet, coefficientOf, shape);

  const ofBlocks = alphabetOf(new Map(letters));
  const rectified = new Map<string, Written<Matrix>>();
  if (model.activation === 'relu') {
    rectified.set(HIDDEN, readMatrix(new Map([['W1 H1', '1']]), 'W1 H1', ofBlocks, coefficientOf));
  }
  for (const [name, of] of entriesOf(fields.get('rectified'), place('rectified'))) {
    const where = place(`rectified.${name}`);
    if (model.activation !== 'relu') throw new ExactError(`${where}: there is no ReLU in this model`);
    const matrix = matrixIn(ofBlocks)(of, where);
    rectified.set(taken(name, place('rectified')), matrix);
    letters.set(name, matrix.value);
  }
  const inverses = new Map<string, InverseMatrix>();
  const invertible = alphabetOf(new Map(letters));
  for (const [name, json] of entriesOf(fields.get('inverses'), place('inverses'))) {
    const where = place(`inverses.${name}`);
    const inverse = fieldsOf(json, where, ['p', 'of']);
    const of = matrixIn(invertible)(inverse.get('of'), where).value;
    inverses.set(taken(name, place('inverses')), { p: coefficientOf(inverse.get('p'), where).value, of });
    letters.set(name, { rows: of.cols, cols: of.cols });
  }
  const alphabet = alphabetOf(letters);
  const scalarLetters = { alphabet, hasExcess: assumes };
  const readers = {
    matrix: matrixIn(alphabet),
    quotient: coefficientOf,
    ofSingularValue: quotientIn([...known, SINGULAR_VALUE]),
  };
  const chain = listOf(fields.get('chain'), place('chain')).map((json): ChainStep => {
    const step = fieldsOf(json, place('a step'), ['id', 'bound', 'by']);
    const name = labelOf(step.get('id'), place('the id of a step'));
    const where = `step ${name} of case ${id}`;
    const by = listOf(step.get('by'), where).map((use) => readLemmaUse(use, where, readers));
    if (by.length === 0) throw new ExactError(`${where} gives no reason`);
    return { id: name, bound: readScalar(step.get('bound'), where, scalarLetters, coefficientOf), by };
  });
  requireDistinct(chain.map((each) => each.id), place('chain'));

  // Equations, by name, as left − right has: a shape for matrices, nothing for numbers.
  const facts = new Map<string, Shape | undefined>();
  const addFact = (name: string, shape: Shape | undefined): void => {
    nameOf(name, place('equations'), LETTER);
    if (facts.has(name)) throw new ExactError(`${place('equations')}: two are called ${name}`);
    facts.set(name, shape);
  };
  if (assumes) addFact(ASSUMED, undefined);
  for (const { fact, equalityShape } of chain.flatMap(({ by }) => by)) {
    if (fact !== undefined) addFact(fact, equalityShape);
  }
  const withFacts = (): Alphabet => {
    const named = [...facts].flatMap(([name, shape]): [string, Shape][] => (shape ? [[`[${name}]`, shape]] : []));
    return { ...alphabet, shapes: new Map([...alphabet.shapes, ...named]) };
  };
  const derivations = listOf(fields.get('derivations'), place('derivations'), MOST_DERIVATIONS).map((json) => {
    const numbers = [...facts].flatMap(([name, shape]) => (shape === undefined ? [name] : []));
    const derivation = readDerivation(json, place('a derivation'), {
      ...readers,
      from: matrixIn(withFacts()),
      scalar: (value, where) => readScalar(value, where, { alphabet, hasExcess: false }, coefficientOf),
      fromScalar: (value, where) =>
        readScalar(value, where, { alphabet: withFacts(), hasExcess: false, facts: new Set(numbers) }, coefficientOf),
    });
    addFact(derivation.id, 'scalar' in derivation ? undefined : derivation.left.value);
    return derivation;
  });

  const frames = new Map(
    entriesOf(fields.get('frames'), place('frames')).map(([name, kind]): [string, FrameKind] => [
      taken(name, place('frames')),
      oneOf(kind, place('frames'), ['orthonormal', 'non-negative', 'centred']),
    ]),
  );
  const constructed = matrixIn(alphabetOf(new Map(), frames));
  const points = [...lettersOf(model)];
  const construction = fieldsOf(fields.get('construction'), place('construction'), points.map(([name]) => name));
  const inFacts = withFacts();
  const conclusions = listOf(fields.get('conclusions'), place('conclusions')).map((value): ChainConclusion => {
    const conclusion = fieldsOf(value, place('a conclusion'), ['id', 'left', 'right', 'from']);
    const name = labelOf(conclusion.get('id'), place('the id of a conclusion'));
    const where = `${name} in case ${id}`;
    // What minimizers are said to be is said in blocks and σ of them.
    const left = matrixIn(invertible)(conclusion.get('left'), where);
    const right = matrixIn(invertible)(conclusion.get('right'), where, left.value);
    return { id: name, left, right, from: matrixIn(inFacts)(conclusion.get('from'), where, left.value).value };
  });
  requireDistinct(conclusions.map((each) => each.id), place('conclusions'));
  return {
    id,
    generators,
    parameters: new Map(
      PENALISED.map((name): [string, Quotient] => [
        name,
        quotientOf(parameters.get(name), place(`parameters.${name}`), rootFree).value,
      ]),
    ),
    region,
    condition,
    value: coefficientOf(fields.get('value'), place('value')),
    roots,
    rectified,
    inverses,
    alphabet,
    chain,
    derivations,
    frames,
    construction: new Map(
      points.map(([name, shape]) => [
        name,
        constructed(construction.get(name), place(`${name} in the construction`), shape).value,
      ]),
    ),
    conclusions,
    quotients,
  };
}

/** More than of other lists: a proof has a line for every equation on the way. */
const MOST_DERIVATIONS = 32;

/** Formulas of the λ's, one of which may be the solution of an equation, which the others may mention. */
function generatorsOf(json: Json | undefined, place: string): ReadonlyMap<string, Inverse | RootOfEquation> {
  const lambdas = PENALISED.map((name) => `lambda_${name}`);
  const entries = entriesOf(json, place, 1);
  for (const [name] of entries) requireFree(name, SIZES, place);
  const solved = entries.filter(([, value]) => typeof value !== 'string').map(([name]) => name);
  if (solved.length > 1) throw new ExactError(`${place}: more than one is the root of an equation`);
  const ofLambdas = [...SIZES, ...lambdas];
  return new Map(
    entries.map(([name, value]): [string, Inverse | RootOfEquation] => {
      const where = `${place}: ${name}`;
      if (typeof value === 'string') {
        return [name, inverseOf(textOf(value, where), where, new Set([...ofLambdas, ...solved]))];
      }
      const equation = fieldsOf(value, where, ['of', 'equals']);
      return [
        name,
        {
          of: quotientOf(equation.get('of'), where, [name]),
          equals: quotientOf(equation.get('equals'), where, ofLambdas),
        },
      ];
    }),
  );
}

/** Names of numbers are none of matrices, and the other way round. */
function requireFree(name: string, others: readonly string[], place: string): void {
  nameOf(name, place, VARIABLE);
  const letters = [...PENALISED, HIDDEN, 'Y', 'I', 'N', SINGULAR_VALUE];
  if (others.includes(name) || letters.includes(name) || name.startsWith('lambda_')) {
    throw new ExactError(`${place}: the name ${name} has another meaning`);
  }
}
