/** Random damage to certificates. */
import { exactValue } from '../../../src/exact/objective.js';
import { figuresOf } from '../../../src/exact/certificate/judge.js';
import { parseCertificate } from '../../../src/exact/certificate/schema.js';
import { ExactError } from '../../../src/exact/error.js';
import { add, format, multiply, parseRational, rational } from '../../../src/exact/rational.js';
import type { Stream } from '../../../src/numeric/random.js';
import { edited, shifted } from './editing.js';

/** A place in a document: the object or list, and the key there. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

const WORDS = (
  'linear,relu,none,free,ridge,zero,orthogonal-frame,simplex-etf,H,H1,W1 H1,sigma(W1 H1),beaten,wrong-form,' +
  'not-stationary,negative-curvature,wrong-threshold,inequality,parametric,local-minimizer,c,kappa,zero-above,' +
  'nonzero-below,nuclear(X),nuclear(sigma(X)),collapsed,minimum,form,of,b'
).split(',');

const EXACT = /^-?\d+(\/\d+)?$/;

const pick = <T>(stream: Stream, items: readonly T[]): T => items[stream.integer(0, items.length - 1)]!;

function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])]);
}

function damageNumber(stream: Stream, text: string): string {
  const value = parseRational(text);
  const small = rational(stream.uniform() < 0.5 ? 1n : -1n, 10n ** BigInt(stream.integer(0, 12)));
  return pick(stream, [
    () => format(add(value, small)),
    () => format(multiply(value, rational(2))),
    () => format(multiply(value, add(rational(1), small))),
    () => (text.startsWith('-') ? text.slice(1) : `-${text}`),
    () => text.split('/').reverse().join('/'),
    () => text.split('/')[0] ?? '',
  ])();
}

function damagePlace(stream: Stream, { holder, key }: Place, all: readonly Place[]): void {
  const value = holder[key];
  const other = pick(stream, all);
  const dice = stream.uniform();
  if (dice < 0.1) [holder[key], other.holder[other.key]] = [other.holder[other.key], value];
  else if (dice < 0.15) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else Reflect.deleteProperty(holder, key);
  } else if (dice < 0.2 && Array.isArray(holder)) holder.splice(Number(key), 0, value);
  else if (dice < 0.22) holder[pick(stream, WORDS)] = pick(stream, [true, '1', 1, [], {}, 'relu']);
  else if (typeof value === 'string' && EXACT.test(value)) holder[key] = damageNumber(stream, value);
  else if (typeof value === 'number') holder[key] = Math.max(0, value + pick(stream, [-1, 1]));
  else if (typeof value === 'boolean') holder[key] = !value;
  else if (typeof value === 'string') holder[key] = pick(stream, WORDS);
  else holder[key] = structuredClone(other.holder[other.key]);
}

/** Swaps, moves and changes of one kind, so that much of what comes out is well-formed. */
function damageLeaf(stream: Stream, document: object): void {
  const all = placesOf(document);
  const numbers = all.filter(({ holder, key }) => typeof holder[key] === 'string' && EXACT.test(holder[key]));
  const rows = all.filter(({ holder, key }) => Array.isArray(holder) && Array.isArray(holder[key]));
  const dice = stream.uniform();
  if (dice < 0.35) {
    const { holder, key } = pick(stream, numbers);
    holder[key] = damageNumber(stream, holder[key] as string);
  } else if (dice < 0.5) {
    const [one, two] = [pick(stream, numbers), pick(stream, numbers)];
    [one.holder[one.key], two.holder[two.key]] = [two.holder[two.key], one.holder[one.key]];
  } else if (dice < 0.6 && rows.length > 0) {
    const [one, two] = [pick(stream, rows), pick(stream, rows)];
    [one.holder[one.key], two.holder[two.key]] = [two.holder[two.key], one.holder[one.key]];
  } else {
    damagePlace(stream, pick(stream, all), all);
  }
}

function damageText(stream: Stream, text: string): string {
  const at = stream.integer(0, text.length - 1);
  const character = pick(stream, '0123456789/-"{}[],: ae\\'.split(''));
  return pick(stream, [
    () => text.slice(0, at) + text.slice(at + 1),
    () => text.slice(0, at) + character + text.slice(at),
    () => text.slice(0, at) + character + text.slice(at + 1),
    () => text.slice(0, at),
  ])();
}

/** With the value of the changed point and the margin that goes with it, where the text still has a meaning. */
function repaired(text: string): string {
  try {
    const certificate = parseCertificate(text);
    if (certificate.violation === 'parametric') {
      const { value, bound } = figuresOf(certificate);
      return edited(text, (document) => {
        document.value = format(value);
        document.bound = format(bound);
        shifted(document, 'value', '0');
      });
    }
    if (certificate.violation !== 'beaten' && certificate.violation !== 'wrong-form') return text;
    const { problem, point } = certificate;
    const value = format(exactValue(problem, point));
    const isTie = certificate.violation === 'wrong-form';
    return edited(text, (document) => {
      document.value = value;
      if (isTie) document.bound = format(exactValue(problem, certificate.reference));
      shifted(document, 'value', '0');
    });
  } catch (error) {
    if (error instanceof ExactError) return text;
    throw error;
  }
}

/** A damaged certificate; often it fits together in itself again, so that only the truth of its claim is left. */
export function mutant(stream: Stream, text: string): string {
  if (stream.uniform() < 0.2) return damageText(stream, text);
  const damaged = edited(text, (document) => {
    const times = stream.integer(1, 2);
    for (let k = 0; k < times; k += 1) damageLeaf(stream, document);
  });
  return stream.uniform() < 0.6 ? repaired(damaged) : damaged;
}
