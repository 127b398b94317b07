/**
 * What a UFM objective is made of: its kind (`ModelSpec`), its numbers (`ModelInstance`) and, derived from both, the
 * place of each block inside one flat point (`Layout`).
 */
import { UsageError } from '../errors.js';

/** The kind of model: depth, activation between layers (never after the last), and treatment of the bias. */
export interface ModelSpec {
  readonly layers: number;
  readonly activation: 'linear' | 'relu';
  /** `none`: no bias; `free`: a bias without penalty; `ridge`: with (λ_b/2)‖b‖². */
  readonly bias: 'none' | 'free' | 'ridge';
}

/** A model with numbers. Sample columns are class-major: class k owns `classSizes[k]` consecutive columns. */
export interface ModelInstance {
  readonly spec: ModelSpec;
  /** Number of classes K. */
  readonly K: number;
  /** Feature widths d_1 … d_L; H is d_1 × N, W_l is d_{l+1} × d_l, and W_L is K × d_L. */
  readonly widths: readonly number[];
  readonly classSizes: readonly number[];
  /** Ridge weights keyed by block name: every W and H, and `b` exactly when the bias is `ridge`. */
  readonly lambda: Readonly<Record<string, number>>;
}

/** A named matrix, row-major, at `offset` of the flat point. */
export interface Block {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly offset: number;
  readonly length: number;
}

/** Where everything lies. `weights[l]` is W_{l+1}, in order of application, whatever the order of the blocks. */
export interface Layout {
  readonly instance: ModelInstance;
  readonly blocks: readonly Block[];
  readonly weights: readonly Block[];
  readonly features: Block;
  readonly bias: Block | undefined;
  /** λ of each block, in the order of `blocks`; 0 for a free bias. */
  readonly ridge: readonly number[];
  /** Number of unknowns. */
  readonly size: number;
  /** N, the number of samples. */
  readonly sampleCount: number;
  /** Class of each sample. */
  readonly labels: Int32Array;
}

/**
 * Names and shapes of the blocks, in order: `W`, `H`, `b` for one layer; `WL` … `W1`, `H1`, `b` for more.
 *
 * @throws UsageError when a size is not a positive integer, or when a λ is missing, unknown, not finite or not
 * positive.
 */
export function layoutOf(instance: ModelInstance): Layout {
  checkSizes(instance);
  const { spec, K, widths, classSizes } = instance;
  const sampleCount = classSizes.reduce((sum, size) => sum + size, 0);
  const single = spec.layers === 1;
  const blocks: Block[] = [];
  let size = 0;
  const place = (name: string, rows: number, cols: number): Block => {
    const block: Block = { name, rows, cols, offset: size, length: rows * cols };
    blocks.push(block);
    size += block.length;
    return block;
  };
  const weights: Block[] = [];
  for (let l = spec.layers; l >= 1; l--) {
    weights.unshift(place(single ? 'W' : `W${l}`, l === spec.layers ? K : widths[l]!, widths[l - 1]!));
  }
  const features = place(single ? 'H' : 'H1', widths[0]!, sampleCount);
  const bias = spec.bias === 'none' ? undefined : place('b', K, 1);
  const labels = new Int32Array(sampleCount);
  let column = 0;
  classSizes.forEach((count, label) => {
    labels.fill(label, column, column + count);
    column += count;
  });
  return { instance, blocks, weights, features, bias, ridge: ridgeOf(instance, blocks), size, sampleCount, labels };
}

function checkSizes({ spec, K, widths, classSizes }: ModelInstance): void {
  requireCount('the number of layers', spec.layers);
  requireCount('K', K);
  if (spec.activation !== 'linear' && spec.activation !== 'relu') {
    throw new UsageError(`Unknown activation '${String(spec.activation)}'.`, "Use 'linear' or 'relu'.");
  }
  if (spec.bias !== 'none' && spec.bias !== 'free' && spec.bias !== 'ridge') {
    throw new UsageError(`Unknown kind of bias '${String(spec.bias)}'.`, "Use 'none', 'free' or 'ridge'.");
  }
  if (widths.length !== spec.layers) {
    throw new UsageError(
      `A model of ${spec.layers} layers needs ${spec.layers} widths d_1, …; got ${widths.length}.`,
      'Give one feature width for each layer.',
    );
  }
  if (classSizes.length !== K) {
    throw new UsageError(`K = ${K} classes, but ${classSizes.length} class sizes.`, 'Give one size for each class.');
  }
  widths.forEach((width, index) => requireCount(`width d_${index + 1}`, width));
  classSizes.forEach((size, index) => requireCount(`the size of class ${index + 1}`, size));
}

function requireCount(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new UsageError(`Expected ${what} to be a positive integer, got ${value}.`, 'Give a whole number from 1 up.');
  }
}

function ridgeOf({ spec, lambda }: ModelInstance, blocks: readonly Block[]): readonly number[] {
  const penalised = blocks.filter((block) => block.name !== 'b' || spec.bias === 'ridge').map((block) => block.name);
  for (const name of Object.keys(lambda)) {
    if (!penalised.includes(name)) {
      throw new UsageError(`There is no penalty for a block '${name}'.`, `Give λ for ${penalised.join(', ')} only.`);
    }
  }
  return blocks.map(({ name }) => {
    if (!penalised.includes(name)) return 0;
    const value = Object.hasOwn(lambda, name) ? lambda[name] : undefined;
    if (value === undefined) throw new UsageError(`λ for block '${name}' is missing.`, `Add lambda.${name}.`);
    if (!Number.isFinite(value) || value <= 0) {
      throw new UsageError(`λ for block '${name}' is ${value}.`, 'Give a finite number above zero.');
    }
    return value;
  });
}
