/**
 * Permutation groups on points 0 … m − 1, given by generators. They are made from sizes alone; which of them fit a
 * number of classes and units is found out by `enumerate.ts`.
 */

/** A permutation as the list of its images. */
export type Permutation = readonly number[];

export interface PermutationGroup {
  /** For people: `S5`, `D7`, `S3 × S4`. */
  readonly name: string;
  readonly degree: number;
  readonly generators: readonly Permutation[];
}

const points = (m: number): number[] => Array.from({ length: m }, (_, k) => k);

/** x → x + 1 modulo m. */
const rotation = (m: number): Permutation => points(m).map((k) => (k + 1) % m);

/** All rotations of m points on a circle. */
export const cyclic = (m: number): PermutationGroup => ({ name: `C${m}`, degree: m, generators: [rotation(m)] });

/** All rotations and reflections of m points on a circle. */
export const dihedral = (m: number): PermutationGroup => ({
  name: `D${m}`,
  degree: m,
  generators: [rotation(m), points(m).map((k) => (m - k) % m)],
});

/** All permutations of m points. */
export const symmetric = (m: number): PermutationGroup => ({
  name: `S${m}`,
  degree: m,
  generators: m < 2 ? [points(m)] : [rotation(m), points(m).map((k) => (k === 0 ? 1 : k === 1 ? 0 : k))],
});

/** G × H on the points of G followed by those of H. */
export const product = (left: PermutationGroup, right: PermutationGroup): PermutationGroup => ({
  name: `${left.name} × ${right.name}`,
  degree: left.degree + right.degree,
  generators: [
    ...left.generators.map((g) => [...g, ...points(right.degree).map((k) => k + left.degree)]),
    ...right.generators.map((g) => [...points(left.degree), ...g.map((k) => k + left.degree)]),
  ],
});

/** inner ≀ outer: one copy of the points of `inner` for each point of `outer`, and the copies permuted. */
export const wreath = (inner: PermutationGroup, outer: PermutationGroup): PermutationGroup => {
  const size = inner.degree;
  const all = points(size * outer.degree);
  return {
    name: `${inner.name} ≀ ${outer.name}`,
    degree: all.length,
    generators: [
      ...inner.generators.map((g) => all.map((k) => (k < size ? (g[k] ?? k) : k))),
      ...outer.generators.map((g) => all.map((k) => (g[Math.floor(k / size)] ?? 0) * size + (k % size))),
    ],
  };
};

/** x → ax + b over the integers modulo a prime, a any non-zero square, or any non-zero number. */
export const affine = (prime: number, squaresOnly: boolean): PermutationGroup => {
  const root = primitiveRoot(prime);
  const factor = squaresOnly ? (root * root) % prime : root;
  return {
    name: squaresOnly ? `AΓ(${prime})` : `AGL(1,${prime})`,
    degree: prime,
    generators: [rotation(prime), points(prime).map((k) => (factor * k) % prime)],
  };
};

/** x → (ax + b)/(cx + d) on the prime + 1 points of the projective line. */
export const projective = (prime: number): PermutationGroup => {
  const infinity = prime;
  const inverse = (k: number): number => points(prime).find((x) => (x * k) % prime === 1) ?? 0;
  const { generators } = affine(prime, false);
  return {
    name: `PGL(2,${prime})`,
    degree: prime + 1,
    generators: [
      ...generators.map((g) => [...g, infinity]),
      points(prime + 1).map((k) => (k === infinity ? 0 : k === 0 ? infinity : inverse(k))),
    ],
  };
};

/**
 * Two copies of the p² pairs (h, j) over the integers modulo a prime p > 2, where (h, j) of the first is joined to (i,
 * hi + j) of the second for all i: the maps that keep this, stretch j by squares only, and those that also swap the
 * copies and stretch j by a number that is not a square.
 */
export const net = (prime: number): PermutationGroup => {
  const root = primitiveRoot(prime);
  const inverse = points(prime).find((x) => (x * root) % prime === 1) ?? 1;
  const residue = (x: number): number => ((x % prime) + prime) % prime;
  const place = (copy: number, h: number, j: number): number =>
    copy * prime * prime + residue(h) * prime + residue(j);
  const all = points(2 * prime * prime);
  const mapOf = (image: (copy: number, h: number, j: number) => number): Permutation =>
    all.map((k) => image(Math.floor(k / (prime * prime)), Math.floor(k / prime) % prime, k % prime));
  return {
    name: `N(${prime})`,
    degree: all.length,
    generators: [
      mapOf((copy, h, j) => place(copy, h, j + 1)),
      mapOf((copy, h, j) => (copy === 0 ? place(0, h + 1, j) : place(1, h, j + h))),
      mapOf((copy, h, j) => (copy === 0 ? place(0, h, j - h) : place(1, h + 1, j))),
      mapOf((copy, h, j) => place(copy, (copy === 0 ? root : inverse) * h, j)),
      mapOf((copy, h, j) => place(copy, (copy === 0 ? root * root : 1) * h, root * root * j)),
      mapOf((copy, h, j) => (copy === 0 ? place(1, h, root * j) : place(0, -root * h, root * j))),
    ],
  };
};

export const isPrime = (m: number): boolean => m > 1 && points(m).every((k) => k < 2 || k * k > m || m % k !== 0);

const primitiveRoot = (prime: number): number =>
  points(prime).find((g) => {
    let order = 1;
    for (let power = g % prime; power > 1; power = (power * g) % prime) order += 1;
    return g > 0 && (prime === 2 || (g > 1 && order === prime - 1));
  }) ?? 1;
