/** A numeric array as a file holds it: any number of dimensions, row-major. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
  /** The numbers have the precision of 32 bits. */
  readonly single?: true;
}

/** `3 × 4`, or `()` of a single number. */
export const shapeText = ({ shape }: Pick<NumericArray, 'shape'>): string =>
  shape.length === 0 ? '()' : shape.length === 1 ? `(${shape[0] ?? 0},)` : shape.join(' × ');

/** No point is larger: 512 MiB of doubles. */
export const LARGEST_ARRAY = 2 ** 26;
