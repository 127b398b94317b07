/**
 * The format `ufm-check-certificate/1` as data, and how it is read: every field is checked against the table of its
 * violation, and nothing else may be there. What a certificate means is decided in `judge.ts`.
 */
import { ExactError } from '../error.js';
import type { ExactMatrix } from '../matrix.js';
import { exactBlockShapes } from '../objective.js';
import type { ExactPoint, ExactProblem } from '../objective.js';
import type { Rational } from '../rational.js';
import { sign } from '../rational.js';
import { readJson } from './json.js';
import type { Json } from './json.js';
import {
  MAXIMUM_WORK,
  digitsOf,
  fieldsOf,
  matrixOf,
  numberOf,
  objectOf,
  oneOf,
  requireBoundedWork,
  sizeOf,
} from './values.js';

export const CERTIFICATE_FORMAT = 'ufm-check-certificate/1';

/** The model of a claim. One layer is linear; its blocks are W and H, those of two layers W2, W1 and H1. */
export interface ClaimedModel {
  readonly layers: 1 | 2;
  readonly activation: 'linear' | 'relu';
  readonly bias: 'none' | 'free' | 'ridge';
}

/** The matrices whose geometry a claim may speak about. */
export type FormMatrix = 'H' | 'H1' | 'W1 H1' | 'sigma(W1 H1)';

/**
 * A set of points. With M̄ the class means of the columns of M, and some ρ ≥ 0: `orthogonal-frame` is M̄ᵀM̄ = ρI,
 * `simplex-etf` is M̄ᵀM̄ = ρ(I − 11ᵀ/K), and `zero` is that all weights and features vanish, whatever the bias.
 * `collapsed` asks also that the columns of M be equal within each class.
 */
export type ClaimedForm =
  | { readonly form: 'zero' }
  | { readonly form: 'orthogonal-frame' | 'simplex-etf'; readonly of: FormMatrix; readonly collapsed: boolean };

/**
 * Every global minimizer whose weights and features are not all zero has the form; for `zero`: there is no such global
 * minimizer.
 */
export type FormClaim = { readonly model: ClaimedModel } & ClaimedForm;

/** The minimum of the objective is `minimum`. */
export interface ValueClaim {
  readonly model: ClaimedModel;
  readonly minimum: Rational;
}

/** The point of the certificate is a local minimizer. */
export interface PointClaim {
  readonly model: ClaimedModel;
  readonly point: 'local-minimizer';
}

/** `zero-above`: beyond the threshold zero is a global minimizer. `nonzero-below`: short of it, zero is none. */
export interface ThresholdClaim {
  readonly model: ClaimedModel;
  readonly parameter: 'c' | 'kappa';
  readonly threshold: Rational;
  readonly says: 'zero-above' | 'nonzero-below';
}

export type NuclearNorm = 'nuclear(X)' | 'nuclear(sigma(X))';

/** left ≤ right for every real matrix X. */
export interface InequalityClaim {
  readonly left: NuclearNorm;
  readonly right: NuclearNorm;
}

interface Common {
  /** Labels. They say where the claim comes from and play no part in the judgement. */
  readonly theorem: string;
  readonly revision: string;
  /** Stored figures, which the judge computes again; `margin` is bound − value. */
  readonly value: Rational;
  readonly bound: Rational;
  readonly margin: Rational;
  /** Free notes, not interpreted. */
  readonly provenance: ReadonlyMap<string, Json>;
}

interface AtInstance {
  readonly problem: ExactProblem;
}

export type Certificate = Common &
  (
    | (AtInstance & {
        readonly violation: 'beaten';
        readonly claim: FormClaim | ValueClaim;
        readonly point: ExactPoint;
      })
    | (AtInstance & {
        readonly violation: 'wrong-form';
        readonly claim: FormClaim;
        readonly point: ExactPoint;
        readonly reference: ExactPoint;
      })
    | (AtInstance & {
        readonly violation: 'not-stationary' | 'negative-curvature';
        readonly claim: PointClaim;
        readonly point: ExactPoint;
        readonly direction: ExactPoint;
      })
    | (AtInstance & {
        readonly violation: 'wrong-threshold';
        readonly claim: ThresholdClaim;
        /** There for `zero-above`, and only there. */
        readonly point?: ExactPoint;
      })
    | {
        readonly violation: 'inequality';
        readonly claim: InequalityClaim;
        readonly X: ExactMatrix;
        readonly Q: ExactMatrix;
        readonly U: ExactMatrix;
        readonly V: ExactMatrix;
      }
    | {
        readonly violation: 'parametric';
        readonly claim: FormClaim;
        readonly K: number;
        readonly d: number;
        /** d × r, r ≤ d. */
        readonly U: ExactMatrix;
        /** r × K. */
        readonly V: ExactMatrix;
      }
  );

export const VIOLATIONS = [
  'beaten',
  'wrong-form',
  'not-stationary',
  'negative-curvature',
  'wrong-threshold',
  'inequality',
  'parametric',
] as const;

const LABELS = ['format', 'theorem', 'revision', 'violation', 'claim'];
const FIGURES = ['value', 'bound', 'margin'];

/**
 * Reads a certificate.
 *
 * @throws {ExactError} with one line that says which rule of the format is broken
 */
export const parseCertificate = (text: string): Certificate => certificateOf(readJson(text));

/** The same of what {@link readJson} has read. */
export function certificateOf(document: Json): Certificate {
  const all = objectOf(document, 'the certificate');
  if (all.get('format') !== CERTIFICATE_FORMAT) throw new ExactError(`the format is not ${CERTIFICATE_FORMAT}`);
  const violation = oneOf(all.get('violation'), 'violation', VIOLATIONS);
  const claim = objectOf(all.get('claim'), 'claim');
  const figures = (): Common => ({
    theorem: labelOf(all.get('theorem'), 'theorem'),
    revision: labelOf(all.get('revision'), 'revision'),
    value: numberOf(all.get('value'), 'value'),
    bound: numberOf(all.get('bound'), 'bound'),
    margin: numberOf(all.get('margin'), 'margin'),
    provenance: objectOf(all.get('provenance') ?? new Map<string, Json>(), 'provenance'),
  });
  const requireFields = (...own: string[]): void =>
    void fieldsOf(document, 'the certificate', [...LABELS, ...own, ...FIGURES], ['provenance']);

  if (violation === 'inequality') {
    requireFields('matrices');
    const fields = fieldsOf(all.get('matrices'), 'matrices', ['X', 'Q', 'U', 'V']);
    const [X, Q, U, V] = ['X', 'Q', 'U', 'V'].map((name) => witnessOf(fields.get(name), name));
    return { ...figures(), violation, claim: inequalityClaim(claim), X, Q, U, V };
  }

  const model = modelOf(claim.get('model'));
  if (violation === 'parametric') {
    requireFields('instance', 'matrices');
    return { ...figures(), violation, claim: formClaim(claim, model), ...patternOf(all) };
  }
  const problem = problemOf(all.get('instance'), model);
  const blocks = (name: string): ExactPoint => pointOf(all.get(name), name, problem);
  if (violation === 'beaten') {
    requireFields('instance', 'point');
    const read = claim.has('minimum') ? valueClaim(claim, model) : formClaim(claim, model);
    return { ...figures(), violation, claim: read, problem, point: blocks('point') };
  }
  if (violation === 'wrong-form') {
    requireFields('instance', 'point', 'reference');
    const read = formClaim(claim, model);
    return { ...figures(), violation, claim: read, problem, point: blocks('point'), reference: blocks('reference') };
  }
  if (violation === 'wrong-threshold') {
    const read = thresholdClaim(claim, model);
    if (read.says === 'nonzero-below') {
      requireFields('instance');
      return { ...figures(), violation, claim: read, problem };
    }
    requireFields('instance', 'point');
    return { ...figures(), violation, claim: read, problem, point: blocks('point') };
  }
  requireFields('instance', 'point', 'direction');
  const read = pointClaim(claim, model);
  return { ...figures(), violation, claim: read, problem, point: blocks('point'), direction: blocks('direction') };
}

function labelOf(json: Json | undefined, place: string): string {
  if (typeof json !== 'string' || !/^[A-Za-z0-9 ._:@/-]{1,200}$/.test(json)) {
    throw new ExactError(`${place} must be a label of letters, digits and . _ : @ / -`);
  }
  return json;
}

function modelOf(json: Json | undefined): ClaimedModel {
  const fields = fieldsOf(json, 'claim.model', ['layers', 'activation', 'bias']);
  const layers = fields.get('layers');
  if (layers !== 1 && layers !== 2) throw new ExactError('claim.model.layers must be 1 or 2');
  const activation = oneOf(fields.get('activation'), 'claim.model.activation', ['linear', 'relu'] as const);
  if (layers === 1 && activation !== 'linear') throw new ExactError('a model of one layer has the activation linear');
  const bias = oneOf(fields.get('bias'), 'claim.model.bias', ['none', 'free', 'ridge'] as const);
  return { layers, activation, bias };
}

function formClaim(claim: ReadonlyMap<string, Json>, model: ClaimedModel): FormClaim {
  const form = oneOf(claim.get('form'), 'claim.form', ['zero', 'orthogonal-frame', 'simplex-etf'] as const);
  if (form === 'zero') {
    fieldsOf(claim, 'claim', ['model', 'form']);
    return { model, form };
  }
  fieldsOf(claim, 'claim', ['model', 'form', 'of'], ['collapsed']);
  const matrices: readonly FormMatrix[] = model.layers === 1 ? ['H'] : ['H1', 'W1 H1', 'sigma(W1 H1)'];
  const collapsed = claim.get('collapsed') ?? false;
  if (typeof collapsed !== 'boolean') throw new ExactError('claim.collapsed must be true or false');
  return { model, form, of: oneOf(claim.get('of'), 'claim.of', matrices), collapsed };
}

function valueClaim(claim: ReadonlyMap<string, Json>, model: ClaimedModel): ValueClaim {
  fieldsOf(claim, 'claim', ['model', 'minimum']);
  return { model, minimum: numberOf(claim.get('minimum'), 'claim.minimum') };
}

function pointClaim(claim: ReadonlyMap<string, Json>, model: ClaimedModel): PointClaim {
  fieldsOf(claim, 'claim', ['model', 'point']);
  return { model, point: oneOf(claim.get('point'), 'claim.point', ['local-minimizer'] as const) };
}

function thresholdClaim(claim: ReadonlyMap<string, Json>, model: ClaimedModel): ThresholdClaim {
  fieldsOf(claim, 'claim', ['model', 'parameter', 'threshold', 'says']);
  const parameter = oneOf(claim.get('parameter'), 'claim.parameter', [model.layers === 1 ? 'c' : 'kappa'] as const);
  const threshold = numberOf(claim.get('threshold'), 'claim.threshold');
  if (sign(threshold) <= 0) throw new ExactError('claim.threshold must be positive');
  const says = oneOf(claim.get('says'), 'claim.says', ['zero-above', 'nonzero-below'] as const);
  return { model, parameter, threshold, says };
}

function inequalityClaim(claim: ReadonlyMap<string, Json>): InequalityClaim {
  fieldsOf(claim, 'claim', ['left', 'right']);
  const norms = ['nuclear(X)', 'nuclear(sigma(X))'] as const;
  const left = oneOf(claim.get('left'), 'claim.left', norms);
  return { left, right: oneOf(claim.get('right'), 'claim.right', norms) };
}

/** The objective at the instance: K classes of n samples, widths d, and a positive λ for each block that has one. */
function problemOf(json: Json | undefined, model: ClaimedModel): ExactProblem {
  const fields = fieldsOf(json, 'instance', ['K', 'n', 'd', 'lambda']);
  const K = sizeOf(fields.get('K'), 'instance.K');
  const n = sizeOf(fields.get('n'), 'instance.n');
  const d = sizeOf(fields.get('d'), 'instance.d');
  requireBoundedWork(productsOf(K, n, d), 0);
  const names = model.layers === 1 ? ['W', 'H'] : ['W2', 'W1', 'H1'];
  if (model.bias === 'ridge') names.push('b');
  const given = fieldsOf(fields.get('lambda'), 'instance.lambda', names);
  const lambda = names.map((name): [string, Rational] => {
    const value = numberOf(given.get(name), `instance.lambda.${name}`);
    if (sign(value) <= 0) throw new ExactError(`instance.lambda.${name} must be positive`);
    return [name, value];
  });
  const repeat = (times: number, value: number): number[] => Array.from({ length: times }, () => value);
  return { ...model, K, widths: repeat(model.layers, d), classSizes: repeat(K, n), lambda: Object.fromEntries(lambda) };
}

/** Whether points of these sizes, in numbers of up to twenty digits, are within the limits of a certificate. */
export const fitsCertificate = ({ K, n, d }: { readonly K: number; readonly n: number; readonly d: number }): boolean =>
  productsOf(K, n, d) * 120n ** 2n <= MAXIMUM_WORK;

/** The multiplications of one evaluation, N·d·(d + K). */
function productsOf(K: number, n: number, d: number): bigint {
  return BigInt(K) * BigInt(n) * BigInt(d) * (BigInt(d) + BigInt(K));
}

function pointOf(json: Json | undefined, place: string, problem: ExactProblem): ExactPoint {
  const shapes = exactBlockShapes(problem);
  const fields = fieldsOf(json, place, Object.keys(shapes));
  const products = productsOf(problem.K, problem.classSizes[0], problem.widths[0]);
  const blocks = Object.entries(shapes).map(([name, shape]): [string, ExactMatrix] => {
    const block = matrixOf(fields.get(name), `${place}.${name}`, shape);
    requireBoundedWork(products, digitsOf(block));
    return [name, block];
  });
  return Object.fromEntries(blocks);
}

/** A matrix of an inequality. Elimination takes size³ steps, on numbers that grow to about size times the digits. */
function witnessOf(json: Json | undefined, name: string): ExactMatrix {
  const witness = matrixOf(json, `matrices.${name}`);
  const size = Math.max(witness.rows, witness.cols);
  requireBoundedWork(BigInt(size) ** 3n, size * digitsOf(witness));
  return witness;
}

/** K and d, and the factors U (d × r, r ≤ d) and V (r × K) of a pattern. */
function patternOf(all: ReadonlyMap<string, Json>): { K: number; d: number; U: ExactMatrix; V: ExactMatrix } {
  const instance = fieldsOf(all.get('instance'), 'instance', ['K', 'd']);
  const K = sizeOf(instance.get('K'), 'instance.K');
  const d = sizeOf(instance.get('d'), 'instance.d');
  const matrices = fieldsOf(all.get('matrices'), 'matrices', ['U', 'V']);
  const U = matrixOf(matrices.get('U'), 'matrices.U');
  const V = matrixOf(matrices.get('V'), 'matrices.V');
  if (U.rows !== d || V.cols !== K || U.cols !== V.rows || U.cols > d) {
    throw new ExactError('U must be d x r and V r x K, for some r of at most d');
  }
  const products = BigInt(K) * BigInt(d) * (BigInt(K) + BigInt(d));
  requireBoundedWork(products, Math.max(digitsOf(U), digitsOf(V)));
  return { K, d, U, V };
}
