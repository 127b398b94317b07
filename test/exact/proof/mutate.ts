/** Random damage to proofs, much of it well-formed. */
import type { Stream } from '../../../src/numeric/random.js';

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

const pick = <T>(stream: Stream, items: readonly T[]): T => items[stream.integer(0, items.length - 1)]!;

/** Everything but the notes, which nobody interprets. */
const placesOf = (value: unknown): Place[] => {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder)
    .filter((key) => key !== 'statement' && key !== 'provenance')
    .flatMap((key) => [{ holder, key }, ...placesOf(holder[key])]);
};

const isWord = (key: string): boolean => /^(\[?[A-Za-z1]\w*\]?'?)( \[?[A-Za-z1]\w*\]?'?)*$/.test(key);

const TEXTS = [
  ...['0', '1', '-1', '2', 'K', 'n', 'd', 'c', 's', 'g', 'root1', 'root2', '1 - c', '1 + g', '(1)/(K)', '(c)/(s)'],
  ...['sqrt(c)', 'd >= K', 'd >= K-1', 'none', 'free', 'ridge', 'linear', 'orthonormal', 'centred'],
];
const LETTERS = ['W', 'H', 'b', 'Y', '1', 'R', '[A]', '[B]', '[D]', '[G]', '[M]', '[W]', '[H]'];
const BOUNDS = ['above', 'from', 'below', 'upTo'];

/** A polynomial or quotient with one piece changed. */
const damagedFormula = (stream: Stream, text: string): string => {
  const pieces = text.split(/(\b)/).filter((x) => x !== '');
  const at = stream.integer(0, pieces.length - 1);
  const piece = pieces[at]!;
  const other = /^\d+$/.test(piece)
    ? pick(stream, ['0', '1', '2', '3', `${piece}0`])
    : /^\w+$/.test(piece)
      ? pick(stream, ['K', 'n', 'd', 'c', 's', 'g', 'root1', '1'])
      : piece === ' - '
        ? ' + '
        : piece === ' + '
          ? pick(stream, [' - ', '*'])
          : piece.replace('*', pick(stream, ['*', '^', ' + ']));
  return pick(stream, [
    () => pieces.with(at, other).join(''),
    () => pieces.with(at, other).join(''),
    () => (text.startsWith('(') ? text : `${text} + 1`),
    () => (text.startsWith('(') ? text.replace('(', '(-') : `-${text}`),
    // The same number, written in another way.
    () => (text.startsWith('(') ? text.replace(/^\(([^()]*)\)/, '($1 + 1 - 1)') : `(2*${text})/(2)`),
    () => (text.startsWith('(') ? text : `${text} + c - c`),
  ])();
};

const damagedWord = (stream: Stream, word: string): string => {
  const letters = word.split(' ');
  const at = stream.integer(0, letters.length - 1);
  const letter = letters[at]!;
  return pick(stream, [
    () => letters.with(at, letter.endsWith("'") ? letter.slice(0, -1) : `${letter}'`),
    () => letters.with(at, pick(stream, LETTERS)),
    () => letters.toSpliced(at, 1),
    () => letters.toSpliced(at, 0, pick(stream, LETTERS)),
    () => letters.toSpliced(at, 0, pick(stream, LETTERS), `${pick(stream, LETTERS)}'`),
  ])().join(' ');
};

/** A key renamed in its place, so that the order of the others stays. */
const renamed = (holder: Record<string, unknown>, key: string, name: string): void => {
  const entries = Object.entries(holder);
  for (const [each] of entries) Reflect.deleteProperty(holder, each);
  for (const [each, value] of entries) holder[each === key ? name : each] = value;
};

const damage = (stream: Stream, document: object): void => {
  const all = placesOf(document);
  const texts = all.filter(({ holder, key }) => typeof holder[key] === 'string');
  const words = texts.filter(({ holder, key }) => !Array.isArray(holder) && isWord(key));
  const bounds = all.filter(({ key }) => BOUNDS.includes(key));
  const dice = stream.uniform();
  if (dice < 0.4) {
    const { holder, key } = pick(stream, texts);
    holder[key] = damagedFormula(stream, holder[key] as string);
  } else if (dice < 0.55) {
    const { holder, key } = pick(stream, words);
    renamed(holder, key, damagedWord(stream, key));
  } else if (dice < 0.65 && bounds.length > 0) {
    const { holder, key } = pick(stream, bounds);
    renamed(holder, key, pick(stream, BOUNDS));
  } else if (dice < 0.75) {
    const [one, two] = [pick(stream, texts), pick(stream, texts)];
    [one.holder[one.key], two.holder[two.key]] = [two.holder[two.key], one.holder[one.key]];
  } else if (dice < 0.85) {
    const { holder, key } = pick(stream, texts);
    holder[key] = pick(stream, TEXTS);
  } else {
    const { holder, key } = pick(stream, all);
    const other = pick(stream, all);
    if (stream.uniform() < 0.3) holder[key] = structuredClone(other.holder[other.key]);
    else if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else Reflect.deleteProperty(holder, key);
  }
};

const damagedText = (stream: Stream, text: string): string => {
  const at = stream.integer(0, text.length - 1);
  const character = pick(stream, '0123456789/-^*+()"{}[],: ae\\\''.split(''));
  return pick(stream, [
    () => text.slice(0, at) + text.slice(at + 1),
    () => text.slice(0, at) + character + text.slice(at),
    () => text.slice(0, at) + character + text.slice(at + 1),
    () => text.slice(0, at),
  ])();
};

/** A damaged proof. */
export function mutant(stream: Stream, text: string): string {
  if (stream.uniform() < 0.1) return damagedText(stream, text);
  const document = JSON.parse(text) as object;
  const times = stream.uniform() < 0.7 ? 1 : 2;
  for (let k = 0; k < times; k += 1) damage(stream, document);
  return JSON.stringify(document);
}
