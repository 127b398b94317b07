/**
 * Certificates as text, and the one figure of them that has to be searched for: a good lower bound over a form.
 */
import type { ExactMatrix } from '../matrix.js';
import { toStrings } from '../matrix.js';
import type { ExactPoint, ExactProblem } from '../objective.js';
import { format, rational, subtract, ZERO } from '../rational.js';
import type { Rational } from '../rational.js';
import { isBelowForm } from './bound.js';
import type { Json } from './json.js';
import { figuresOf } from './judge.js';
import type { Figures } from './judge.js';
import { CERTIFICATE_FORMAT } from './schema.js';
import type { Certificate, ClaimedForm } from './schema.js';

/**
 * The largest multiple of 2^(−bits) in [0, 1) that is known to be ≤ f at every point of the form, by bisection.
 *
 * @throws {ExactError} if no bound is known for this form and model
 */
export function greatestBoundOverForm(claim: ClaimedForm, problem: ExactProblem, bits: number): Rational {
  // f ≥ 0 everywhere, and f = ½ at the point of every form where all blocks are 0.
  const unit = 1n << BigInt(bits);
  let below = 0n;
  let above = unit;
  while (above - below > 1n) {
    const middle = (below + above) / 2n;
    if (isBelowForm(claim, problem, rational(middle, unit))) below = middle;
    else above = middle;
  }
  return rational(below, unit);
}

/** A certificate without its figures. */
export type Draft = WithoutFigures<Certificate>;

type WithoutFigures<Each> = Each extends Certificate ? Omit<Each, keyof Figures | 'margin'> : never;

/**
 * The certificate with its value, its margin, and, over a form, the greatest bound with so many bits. Whether it
 * refutes anything is for `checkCertificate` to say.
 *
 * @throws {ExactError} if the draft does not meet the conditions of its violation, its margin aside
 */
export function completed(draft: Draft, bits = 64): Certificate {
  const overForm = draft.violation === 'beaten' && 'form' in draft.claim;
  const stored = overForm ? greatestBoundOverForm(draft.claim, draft.problem, bits) : ZERO;
  const { value, bound } = figuresOf({ ...draft, value: ZERO, bound: stored, margin: ZERO });
  return { ...draft, value, bound, margin: subtract(bound, value) };
}

/** The certificate as `parseCertificate` reads it, one row of a matrix on each line. */
export function certificateText(certificate: Certificate): string {
  const { theorem, revision, violation, value, bound, margin, provenance } = certificate;
  const document: Record<string, unknown> = {
    format: CERTIFICATE_FORMAT,
    theorem,
    revision,
    violation,
    claim: plain(certificate.claim),
  };
  if (certificate.violation === 'inequality') {
    const { X, Q, U, V } = certificate;
    document['matrices'] = blocksOf({ X, Q, U, V });
  } else if (certificate.violation === 'parametric') {
    const { K, d, U, V } = certificate;
    document['instance'] = { K, d };
    document['matrices'] = blocksOf({ U, V });
  } else {
    document['instance'] = instanceOf(certificate.problem);
    if (certificate.point !== undefined) document['point'] = blocksOf(certificate.point);
    if ('reference' in certificate) document['reference'] = blocksOf(certificate.reference);
    if ('direction' in certificate) document['direction'] = blocksOf(certificate.direction);
  }
  document['value'] = format(value);
  document['bound'] = format(bound);
  document['margin'] = format(margin);
  if (provenance.size > 0) document['provenance'] = plainJson(provenance);
  return `${render(document, '')}\n`;
}

/** JSON with two spaces of indentation; a list of strings stays on one line. */
function render(value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  const lines = (open: string, items: readonly string[], close: string): string =>
    `${open}\n${items.map((item) => deeper + item).join(',\n')}\n${indent}${close}`;
  if (Array.isArray(value) && value.length > 0) {
    const items = value as readonly unknown[];
    if (items.every((item) => typeof item === 'string')) {
      return `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
    }
    return lines('[', items.map((item) => render(item, deeper)), ']');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    const members = Object.entries(value).map(
      ([key, member]: [string, unknown]) => `${JSON.stringify(key)}: ${render(member, deeper)}`,
    );
    return lines('{', members, '}');
  }
  return JSON.stringify(value);
}

function instanceOf({ K, classSizes, widths, lambda }: ExactProblem): object {
  return { K, n: classSizes[0], d: widths[0], lambda: plain(lambda) };
}

function blocksOf(point: ExactPoint | Readonly<Record<string, ExactMatrix>>): object {
  return Object.fromEntries(Object.entries(point).map(([name, block]) => [name, toStrings(block)]));
}

/** A record with its rationals as text. */
function plain(record: object): object {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]: [string, unknown]) => [key, isRational(value) ? format(value) : value]),
  );
}

function isRational(value: unknown): value is Rational {
  return typeof value === 'object' && value !== null && 'numerator' in value && 'denominator' in value;
}

function plainJson(json: Json): unknown {
  if (json instanceof Map) {
    return Object.fromEntries([...json].map(([key, value]) => [key, plainJson(value as Json)]));
  }
  return Array.isArray(json) ? (json as readonly Json[]).map(plainJson) : json;
}
