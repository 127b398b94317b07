/**
 * The format `ufm-check-proof/1` as data, and how it is read: every text is parsed, every word has to fit together, and
 * nothing but the fields of the format may be there. What a proof shows is decided in `judge.ts`.
 */
import { ExactError } from '../error.js';
import { readJson } from '../certificate/json.js';
import type { Json } from '../certificate/json.js';
import { fieldsOf, objectOf, oneOf } from '../certificate/values.js';
import { blockShapes } from './objective.js';
import type { ProofModel } from './objective.js';
import type { Quotient } from './polynomial.js';
import type { Bound, Region } from './signs.js';
import { readQuotient, readWord, shown, textOf } from './text.js';
import { alphabetOf, shapeOf } from './words.js';
import type { Alphabet, Dimension, FrameKind, Matrix, Shape } from './words.js';

export const PROOF_FORMAT = 'ufm-check-proof/1';

/** The most of each: cases, squares, conclusions, generators, roots, frames; and terms of one matrix. */
const MOST_ENTRIES = 16;
const MOST_TERMS = 64;

/** What is assumed of the sizes; K, n and d are positive integers anyway. */
export type Hypothesis = 'none' | 'd >= K-1' | 'd >= K';

/** A value and the text it was read from. */
export interface Written<Value> {
  readonly value: Value;
  readonly text: string;
}

/** A generator in terms of the λ's: a quotient, or the positive root of one. */
export interface Inverse extends Written<Quotient> {
  readonly isRoot: boolean;
}

export interface ConclusionProof {
  readonly id: string;
  readonly left: Written<Matrix>;
  readonly right: Written<Matrix>;
  /** left − right as a sum of words that contain squares: `[A]` stands for the square A. */
  readonly cofactor: Matrix;
}

export interface CaseProof {
  readonly id: string;
  readonly region: Region;
  /** The condition of the case; empty for all parameters. */
  readonly condition: string;
  readonly value: Written<Quotient>;
  /** Variables ≥ 0 by their squares. */
  readonly roots: ReadonlyMap<string, Written<Quotient>>;
  readonly squares: ReadonlyMap<string, { readonly coefficient: Quotient; readonly of: Matrix }>;
  readonly frames: ReadonlyMap<string, FrameKind>;
  readonly construction: ReadonlyMap<string, Matrix>;
  readonly conclusions: readonly ConclusionProof[];
}

export interface Proof {
  readonly kind: 'sum-of-squares';
  readonly theorem: string;
  readonly revision: string;
  readonly model: ProofModel;
  readonly hypothesis: Hypothesis;
  /** Each λ in terms of the generators, by block. */
  readonly parameters: ReadonlyMap<string, Quotient>;
  readonly generators: ReadonlyMap<string, Inverse>;
  readonly cases: readonly CaseProof[];
}

export const SIZES = ['K', 'n', 'd'];
const LABEL = /^[A-Za-z0-9 ._:@/=+-]{1,200}$/;
export const VARIABLE = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
export const LETTER = /^[A-Za-z][A-Za-z0-9_]{0,19}$/;

/**
 * Reads a proof.
 *
 * @throws {ExactError} with one line that says which rule of the format is broken
 */
export function parseProof(text: string): Proof {
  const document = fieldsOf(
    readJson(text),
    'the proof',
    ['format', 'theorem', 'revision', 'kind', 'model', 'hypothesis', 'parameters', 'generators', 'cases'],
    ['statement', 'provenance'],
  );
  oneOf(document.get('format'), 'format', [PROOF_FORMAT]);
  oneOf(document.get('kind'), 'kind', ['sum-of-squares']);
  const statement = document.get('statement') ?? [];
  if (!Array.isArray(statement) || statement.some((line) => typeof line !== 'string')) {
    throw new ExactError('statement must be a list of lines');
  }
  if (document.has('provenance')) objectOf(document.get('provenance'), 'provenance');
  const model = modelOf(document.get('model'));
  const penalised = blockShapes(model).filter(([name]) => name !== 'b' || model.bias === 'ridge');
  const lambdas = penalised.map(([name]) => `lambda_${name}`);
  const generators = new Map(
    entriesOf(document.get('generators'), 'generators', 1).map(([name, json]): [string, Inverse] => {
      const place = `generators.${nameOf(name, 'generators', VARIABLE)}`;
      requireFree(name, 'generators', model);
      return [name, inverseOf(textOf(json, place), place, new Set(['K', 'n', 'd', ...lambdas]))];
    }),
  );
  const variables = [...SIZES, ...generators.keys()];
  const given = fieldsOf(
    document.get('parameters'),
    'parameters',
    penalised.map(([name]) => name),
  );
  const parameters = new Map(
    penalised.map(([name]): [string, Quotient] => [
      name,
      quotientOf(given.get(name), `parameters.${name}`, variables).value,
    ]),
  );
  const cases = listOf(document.get('cases'), 'cases').map((json) => caseOf(json, model, [...generators.keys()]));
  if (cases.length === 0) throw new ExactError('cases must not be empty');
  requireDistinct(cases.map(({ id }) => id), 'cases');
  return {
    kind: 'sum-of-squares',
    theorem: labelOf(document.get('theorem'), 'theorem'),
    revision: labelOf(document.get('revision'), 'revision'),
    model,
    hypothesis: oneOf(document.get('hypothesis'), 'hypothesis', ['none', 'd >= K-1', 'd >= K']),
    parameters,
    generators,
    cases,
  };
}

function caseOf(json: Json, model: ProofModel, generators: readonly string[]): CaseProof {
  const fields = fieldsOf(json, 'a case', [
    'id',
    'where',
    'value',
    'roots',
    'squares',
    'frames',
    'construction',
    'conclusions',
  ]);
  const id = labelOf(fields.get('id'), 'the id of a case');
  const place = (field: string): string => `${field} of case ${id}`;
  const { region, condition } = regionOf(fields.get('where'), place('where'), generators);

  const rootFree = [...SIZES, ...generators];
  const roots = new Map(
    entriesOf(fields.get('roots'), place('roots')).map(([name, square]): [string, Written<Quotient>] => {
      requireFree(nameOf(name, place('roots'), VARIABLE), place('roots'), model, generators);
      return [name, quotientOf(square, place(`the square of ${name}`), rootFree)];
    }),
  );
  const known = [...rootFree, ...roots.keys()];
  /** Quotients of a case may contain roots, but not below: nothing would be known of their signs there. */
  const coefficientOf = (text: Json | undefined, where: string): Written<Quotient> => {
    const written = quotientOf(text, where, known);
    const below = [...written.value.denominator.values()].flatMap(({ polynomial }) => [...polynomial.values()]);
    if (below.some(({ monomial }) => monomial.some(([name]) => roots.has(name)))) {
      throw new ExactError(`${where} divides by a root`);
    }
    return written;
  };

  const blocks = new Map<string, Shape>(blockShapes(model));
  const alphabet = alphabetOf(blocks);
  const matrixOf = (value: Json | undefined, where: string, letters: Alphabet, shape?: Shape): Written<Matrix> =>
    readMatrix(value, where, letters, coefficientOf, shape);

  const squares = new Map(
    entriesOf(fields.get('squares'), place('squares')).map(([name, value]) => {
      const where = `the square ${nameOf(name, place('squares'), LETTER)} of case ${id}`;
      const square = fieldsOf(value, where, ['coefficient', 'of']);
      const coefficient = coefficientOf(square.get('coefficient'), `the coefficient of ${where}`).value;
      return [name, { coefficient, of: matrixOf(square.get('of'), where, alphabet).value }] as const;
    }),
  );

  const frames = new Map(
    entriesOf(fields.get('frames'), place('frames')).map(([name, kind]): [string, FrameKind] => {
      requireFree(nameOf(name, place('frames'), LETTER), place('frames'), model, known);
      return [name, oneOf(kind, place('frames'), ['orthonormal', 'centred'])];
    }),
  );
  // A construction is made of labels, ones and frames; the blocks are what it gives.
  const constructed = alphabetOf(new Map(), frames);
  const construction = fieldsOf(fields.get('construction'), place('construction'), [...blocks.keys()]);

  const squareShapes = [...squares].map(([name, { of }]): [string, Shape] => [`[${name}]`, of]);
  const withSquares: Alphabet = { ...alphabet, shapes: new Map([...alphabet.shapes, ...squareShapes]) };
  const conclusions = listOf(fields.get('conclusions'), place('conclusions')).map((value): ConclusionProof => {
    const conclusion = fieldsOf(value, place('a conclusion'), ['id', 'left', 'right', 'cofactor']);
    const name = labelOf(conclusion.get('id'), place('the id of a conclusion'));
    const where = (side: string): string => `the ${side} of ${name} in case ${id}`;
    const left = matrixOf(conclusion.get('left'), where('left side'), alphabet);
    const right = matrixOf(conclusion.get('right'), where('right side'), alphabet, left.value);
    return {
      id: name,
      left,
      right,
      cofactor: matrixOf(conclusion.get('cofactor'), where('cofactor'), withSquares, left.value).value,
    };
  });
  requireDistinct(conclusions.map((each) => each.id), place('conclusions'));
  return {
    id,
    region,
    condition,
    value: coefficientOf(fields.get('value'), place('value')),
    roots,
    squares,
    frames,
    construction: new Map(
      [...blocks].map(([name, shape]) => [
        name,
        matrixOf(construction.get(name), place(`${name} in the construction`), constructed, shape).value,
      ]),
    ),
    conclusions,
  };
}

/** `{}`, or a generator with `above` (exclusive) or `from`, and `below` (exclusive) or `upTo`. */
export function regionOf(
  json: Json | undefined,
  place: string,
  generators: readonly string[],
): { readonly region: Region; readonly condition: string } {
  const fields = fieldsOf(json, place, [], ['generator', 'above', 'from', 'below', 'upTo']);
  if (fields.size === 0) return { region: {}, condition: '' };
  const generator = textOf(fields.get('generator'), `the generator in ${place}`);
  if (!generators.includes(generator)) throw new ExactError(`${place}: ${shown(generator)} is no generator`);
  const others = [...SIZES, ...generators].filter((name) => name !== generator);
  const boundOf = (exclusive: string, inclusive: string): (Bound & { readonly text: string }) | undefined => {
    const [first, second] = [exclusive, inclusive].filter((name) => fields.has(name));
    if (first === undefined) return undefined;
    if (second !== undefined) throw new ExactError(`${place} has both ${exclusive} and ${inclusive}`);
    const { value, text } = quotientOf(fields.get(first), `${first} in ${place}`, others);
    return { at: value, reached: first === inclusive, text };
  };
  const lower = boundOf('above', 'from');
  const upper = boundOf('below', 'upTo');
  const condition = [
    lower === undefined ? '' : `${lower.text} ${lower.reached ? '<=' : '<'} `,
    generator,
    upper === undefined ? '' : ` ${upper.reached ? '<=' : '<'} ${upper.text}`,
  ].join('');
  return {
    region: { generator, ...(lower === undefined ? {} : { lower }), ...(upper === undefined ? {} : { upper }) },
    condition,
  };
}

/** A sum of words: coefficients by words. All words must fit together, and have one shape. */
export function readMatrix(
  json: Json | undefined,
  place: string,
  alphabet: Alphabet,
  coefficientOf: (text: Json | undefined, where: string) => Written<Quotient>,
  expected?: Shape,
): Written<Matrix> {
  const fields = objectOf(json, place);
  if (fields.size > MOST_TERMS) throw new ExactError(`${place} has more than ${MOST_TERMS} words`);
  const terms = [...fields].map(([key, text]) => {
    const written = coefficientOf(text, place);
    const factor = written.text === '1' ? '' : `[${written.text}] `;
    return { coefficient: written.value, word: readWord(key, place), text: `${factor}${key}` };
  });
  const words = terms.map(({ word }) => word);
  const shape = words
    .filter((word) => word.length > 0)
    .reduce<Shape | undefined>((known, word) => fittedShape(word, place, alphabet, known), expected);
  if (shape === undefined) throw new ExactError(`${place} has no word that gives it a shape`);
  if (shape.rows !== shape.cols && words.some((word) => word.length === 0)) {
    throw new ExactError(`${place} has an identity though it is not square`);
  }
  const { rows, cols } = shape;
  const text = terms.length === 0 ? '0' : terms.map((term) => term.text).join(' + ');
  return { value: { rows, cols, terms: terms.map(({ coefficient, word }) => ({ coefficient, word })) }, text };
}

/** The shape of a word of at least one letter, which must be the expected one where one is known. */
function fittedShape(word: readonly string[], place: string, alphabet: Alphabet, expected?: Shape): Shape {
  const { rows, cols } = wordShape(word, place, alphabet);
  if (expected !== undefined && (expected.rows !== rows || expected.cols !== cols)) {
    throw new ExactError(`${place} has words of different shapes`);
  }
  return { rows, cols };
}

/** The shape of a word of at least one letter. Throws {@link ExactError} where its letters do not fit together. */
export function wordShape(word: readonly string[], place: string, alphabet: Alphabet): Shape {
  const [first, ...others] = word.map((letter) => {
    if (!alphabet.shapes.has(letter.replace(/'$/, ''))) {
      throw new ExactError(`${place} mentions ${shown(letter)}, which is no matrix there`);
    }
    return shapeOf(alphabet, letter);
  });
  if (first === undefined) throw new ExactError(`${place} has an empty word`);
  let cols: Dimension = first.cols;
  for (const next of others) {
    if (next.rows !== cols) throw new ExactError(`${place} has factors that do not fit: ${shown(word.join(' '))}`);
    cols = next.cols;
  }
  return { rows: first.rows, cols };
}

export function quotientOf(json: Json | undefined, place: string, known: readonly string[]): Written<Quotient> {
  const text = textOf(json, place);
  return { value: readQuotient(text, place, new Set(known)), text };
}

export function inverseOf(text: string, place: string, known: ReadonlySet<string>): Inverse {
  const root = /^sqrt\((.*)\)$/.exec(text);
  return { value: readQuotient(root?.[1] ?? text, place, known), text, isRoot: root !== null };
}

function modelOf(json: Json | undefined): ProofModel {
  const fields = fieldsOf(json, 'model', ['layers', 'activation', 'bias']);
  const layers = fields.get('layers');
  if (layers !== 1 && layers !== 2) throw new ExactError('model.layers must be 1 or 2');
  oneOf(fields.get('activation'), 'model.activation', ['linear']);
  return { layers, bias: oneOf(fields.get('bias'), 'model.bias', ['none', 'free', 'ridge']) };
}

export function labelOf(json: Json | undefined, place: string): string {
  if (typeof json !== 'string' || !LABEL.test(json)) {
    throw new ExactError(`${place} must be a label of letters, digits, spaces and . _ : @ / = + -`);
  }
  return json;
}

export function nameOf(name: string, place: string, form: RegExp): string {
  if (!form.test(name)) throw new ExactError(`${place}: ${shown(name)} is no name`);
  return name;
}

/** One name, one meaning: no size, letter, block or λ, and none of the others. Throws {@link ExactError}. */
function requireFree(name: string, place: string, model: ProofModel, others: readonly string[] = []): void {
  const taken = [...SIZES, 'N', 'Y', 'I', ...blockShapes(model).map(([block]) => block), ...others];
  if (taken.includes(name) || name.startsWith('lambda_')) {
    throw new ExactError(`${place}: the name ${name} has another meaning`);
  }
}

export function entriesOf(json: Json | undefined, place: string, least = 0): [string, Json][] {
  const entries = [...objectOf(json, place)];
  if (entries.length < least || entries.length > MOST_ENTRIES) {
    throw new ExactError(`${place} must have from ${least} to ${MOST_ENTRIES} entries`);
  }
  return entries;
}

export function listOf(json: Json | undefined, place: string, most = MOST_ENTRIES): readonly Json[] {
  if (!Array.isArray(json)) throw new ExactError(`${place} must be a list`);
  if (json.length > most) throw new ExactError(`${place} must have at most ${most} entries`);
  return json as readonly Json[];
}

export function requireDistinct(names: readonly string[], place: string): void {
  if (new Set(names).size !== names.length) throw new ExactError(`${place} has two entries of the same id`);
}
