/**
 * Matrices with entries −1, 0, 1: where a lemma has few entries altogether, all of them; where it has some more, draws
 * by the thousand. An inequality between small matrices may fail at one in a thousand of these and at no other point
 * that is drawn.
 *
 * Statements are built from letters, identities, ones, sums, products, transposes, inverses, σ and norms, all of which
 * commute with a permutation of an index in all letters at once; labels Y alone tell classes apart, and samples of
 * different classes. So of matrices that differ by such a permutation one is enough: the first in lexicographic order
 * has its lines along each index in order, in the first letter that the index belongs to.
 */
import type { Stream } from '../../numeric/random.js';
import type { Expression } from '../../symbolic/expression.js';
import type { Instance } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import { type LemmaLayout, type Slot, lemmaLayout } from './layout.js';

/** So many entries have 3⁹ = 19683 matrices. */
const ALL_UP_TO = 9;
/** Beyond this size general points break what is false as often. */
const DRAWN_UP_TO = 25;
const DRAWS = 2000;

const mentionsLabels = (root: Expression): boolean => {
  const seen = new Set<object>();
  const visit = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return false;
    seen.add(node);
    return ('kind' in node && node.kind === 'labels') || Object.values(node).some(visit);
  };
  return visit(root);
};

type Entries = (index: number) => number;

/** Whether lines of `count` entries are in lexicographic order within groups, each read by `entry(line, place)`. */
const inOrder = (
  lines: number,
  group: number,
  count: number,
  entry: (line: number, place: number) => number,
): boolean => {
  for (let line = 1; line < lines; line++) {
    if (line % group === 0) continue;
    for (let place = 0; place < count; place++) {
      const difference = entry(line, place) - entry(line - 1, place);
      if (difference > 0) break;
      if (difference < 0) return false;
    }
  }
  return true;
};

/** The test of being first among permutations: by the lines of the first letter that an index belongs to. */
const representative = (lemma: Lemma, { slots }: LemmaLayout, n: number): ((entries: Entries) => boolean) => {
  const labelled = mentionsLabels(lemma.statement);
  const fixed = new Set(labelled ? ['K'] : []);
  const groupOf = (name: string): number => (labelled && name === 'N' ? n : Infinity);
  const isSquare = (name: string): boolean => slots.some(({ shape }) => shape.rows === name && shape.cols === name);
  const tests: ((entries: Entries) => boolean)[] = [];
  const claim = (name: string, test: (slot: Slot, entries: Entries) => boolean, slot: Slot): void => {
    // An index of both sides of one letter moves rows and columns at once.
    if (fixed.has(name) || isSquare(name)) return;
    fixed.add(name);
    tests.push((entries) => test(slot, entries));
  };
  for (const slot of slots) {
    const { rows, cols } = slot.shape;
    claim(rows, (x, at) => inOrder(x.rows, groupOf(rows), x.cols, (i, j) => at(x.offset + i * x.cols + j)), slot);
    claim(cols, (x, at) => inOrder(x.cols, groupOf(cols), x.rows, (j, i) => at(x.offset + i * x.cols + j)), slot);
  }
  return (entries) => tests.every((test) => test(entries));
};

/** All such points of an instance with few entries, one of each kind; `DRAWS` of them where it has more. */
export function* ternaryPoints(lemma: Lemma, instance: Instance, stream: Stream): Generator<Float64Array> {
  const layout = lemmaLayout(lemma, instance);
  const { size } = layout;
  if (size > ALL_UP_TO) {
    for (let k = 0; k < DRAWS; k++) yield new Float64Array(size).map(() => stream.integer(-1, 1));
    return;
  }
  const point = new Float64Array(size).fill(-1);
  const isFirst = representative(lemma, layout, instance.n);
  for (let place = size; place >= 0; ) {
    if (isFirst((index) => point[index] ?? 0)) yield point.slice();
    // The next number in base three.
    for (place = size - 1; place >= 0 && point[place] === 1; place--) point[place] = -1;
    if (place >= 0) point[place] = (point[place] ?? 0) + 1;
  }
}

/** At which instances they are tried: all at the first of each small shape, draws at the smallest of the others. */
export const ternaryTurns = (lemma: Lemma, instances: readonly Instance[]): readonly boolean[] => {
  const sizes = instances.map((x) => lemmaLayout(lemma, x).size);
  const shapes = instances.map(({ K, n, d }) => `${K} ${n} ${d}`);
  const larger = sizes.filter((size) => size > ALL_UP_TO && size <= DRAWN_UP_TO);
  const smallest = sizes.indexOf(Math.min(...larger));
  return instances.map((_, index) => {
    const size = sizes[index] ?? 0;
    return size <= ALL_UP_TO ? size > 0 && shapes.indexOf(shapes[index] ?? '') === index : index === smallest;
  });
};
