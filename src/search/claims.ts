/**
 * What a case claims, in the closed vocabulary of certificates: read off the expressions of its conclusions, by their
 * shape alone. A conclusion that is written in another way is not recognised, and nothing is certified about it.
 */
import type { ClaimedForm, ClaimedModel, FormMatrix } from '../exact/certificate/schema.js';
import { div, n } from '../symbolic/build.js';
import type { Matrix, Scalar } from '../symbolic/expression.js';
import type { ProblemSpec } from '../symbolic/objective.js';
import type { Case } from '../theorem/contract.js';
import type { Instance } from '../theorem/instance.js';

/** The model of a problem as certificates name it; undefined beyond two layers. */
export const claimedModel = ({ layers, activation, bias }: ProblemSpec): ClaimedModel | undefined =>
  layers === 1 || layers === 2
    ? { layers, activation: layers === 1 ? 'linear' : activation, bias }
    : undefined;

/**
 * The forms that the case claims of every global minimizer (other than zero) at instances with so many samples in each
 * class, the widest first.
 */
export function claimedForms({ conclusions }: Case, { layers }: ProblemSpec, samples: number): ClaimedForm[] {
  const blocks = layers === 1 ? ['W', 'H'] : ['W2', 'W1', 'H1'];
  const vanishing = conclusions.flatMap(({ statement: { left, right } }) => {
    const block = plain(left);
    return block.kind === 'block' && plain(right).kind === 'zeros' ? [block.name] : [];
  });
  if (blocks.every((name) => vanishing.includes(name))) return [{ form: 'zero' }];
  // H = H̄Y collapses the features, and with them everything that is made from them.
  const collapsed = conclusions.some(({ statement }) => isCollapse(statement.left, statement.right));
  const shapes = conclusions.flatMap(({ statement: { left, right } }): ClaimedForm[] => {
    const of = gramOf(left);
    const form = multipleOf(right);
    if (of === undefined || form === undefined) return [];
    // σ(W1H̄) is the mean of σ(W1H) where the columns of a class are equal: claimed, or a matter of course.
    return 'ofMean' in of && !collapsed && samples > 1 ? [] : [{ form, of: of.of, collapsed: false }];
  });
  const width = (x: ClaimedForm): number => (x.form !== 'zero' && x.of === 'sigma(W1 H1)' ? 0 : 1);
  const wide = [...shapes].sort((x, y) => width(x) - width(y));
  return wide.flatMap((x) => (collapsed && x.form !== 'zero' ? [x, { ...x, collapsed: true }] : [x]));
}

/** Whether a matrix with d rows may have the form with ρ > 0: its Gram matrix has the rank K, or K − 1. */
export const hasRoom = ({ form }: ClaimedForm, { K, d }: Pick<Instance, 'K' | 'd'>): boolean =>
  form === 'zero' || d >= (form === 'orthogonal-frame' ? K : K - 1);

/** A node without the names of abbreviations, and products without scalar factors nested in them. */
const plain = (node: Matrix): Matrix => (node.kind === 'definedMatrix' ? plain(node.value) : node);

/** The factors of a product, those of products and abbreviations in it included; scalar factors are left out. */
const factorsOf = (node: Matrix): readonly Matrix[] => {
  const x = plain(node);
  if (x.kind === 'matrixProduct') return x.factors.flatMap(factorsOf);
  return x.kind === 'scaled' ? factorsOf(x.of) : [x];
};

const sameMatrix = (left: Matrix, right: Matrix): boolean => JSON.stringify(left) === JSON.stringify(right);

/** A matrix whose class means are meant; `ofMean` where σ was applied to means instead. */
interface Recognised {
  readonly of: FormMatrix;
  readonly ofMean?: true;
}

/** Which M, in class means, a product MᵀM is made of. */
function gramOf(node: Matrix): Recognised | undefined {
  const x = plain(node);
  if (x.kind !== 'matrixProduct' || x.factors.length !== 2) return undefined;
  const [first, second] = x.factors;
  if (first === undefined || second === undefined) return undefined;
  const turned = plain(first);
  return turned.kind === 'transpose' && sameMatrix(turned.of, second) ? formMatrix(second) : undefined;
}

/**
 * The matrix whose class means `node` is: H̄ = HYᵀ/n, W1H̄, and σ(W1H̄), which is the mean of σ(W1H) where features are
 * collapsed, or σ(W1H)Yᵀ/n, which always is.
 */
function formMatrix(node: Matrix): Recognised | undefined {
  const x = plain(node);
  if (x.kind === 'relu') return formMatrix(x.of)?.of === 'W1 H1' ? { of: 'sigma(W1 H1)', ofMean: true } : undefined;
  const factors = factorsOf(x);
  const names = factors.map((factor) => {
    const y = plain(factor);
    if (y.kind === 'block') return y.name;
    if (y.kind === 'transpose' && plain(y.of).kind === 'labels') return 'Yt';
    return y.kind === 'relu' ? `sigma(${formOfSamples(y.of) ?? ''})` : '';
  });
  if (!names.includes('Yt') || !isMeanScale(x)) return undefined;
  switch (names.join(' ')) {
    case 'H Yt':
      return { of: 'H' };
    case 'H1 Yt':
      return { of: 'H1' };
    case 'W1 H1 Yt':
      return { of: 'W1 H1' };
    case 'sigma(W1 H1) Yt':
      return { of: 'sigma(W1 H1)' };
    default:
      return undefined;
  }
}

/** W1H1, one column for each sample. */
const formOfSamples = (node: Matrix): string | undefined => {
  const names = factorsOf(node).map((x) => (x.kind === 'block' ? x.name : ''));
  return names.join(' ') === 'W1 H1' ? 'W1 H1' : undefined;
};

const scalesOf = (node: Matrix): readonly Scalar[] => {
  const x = plain(node);
  if (x.kind === 'scaled') return [x.factor, ...scalesOf(x.of)];
  return x.kind === 'matrixProduct' ? x.factors.flatMap(scalesOf) : [];
};

/** Whether the one scalar factor of a product is 1/n. */
const isMeanScale = (node: Matrix): boolean => {
  const scales = scalesOf(node);
  return scales.length === 1 && JSON.stringify(scales[0]) === JSON.stringify(div(1, n));
};

/** ρI_K, or ρ(I_K − 1 1ᵀ/K). */
function multipleOf(node: Matrix): 'orthogonal-frame' | 'simplex-etf' | undefined {
  const x = plain(node);
  if (x.kind === 'scaled') return multipleOf(x.of);
  if (x.kind === 'identity' && x.rows === 'K') return 'orthogonal-frame';
  if (x.kind !== 'matrixSum' || x.terms.length !== 2) return undefined;
  const [first, second] = x.terms.map(plain);
  if (first?.kind !== 'identity' || first.rows !== 'K' || second?.kind !== 'scaled') return undefined;
  return isCentering(second) ? 'simplex-etf' : undefined;
}

/** −1 1ᵀ/K as `sub(identity('K'), mul(div(1, K), ones('K'), t(ones('K'))))` writes it. */
const isCentering = (node: Matrix): boolean => {
  const scalars: unknown[] = [];
  let x = plain(node);
  while (x.kind === 'scaled') {
    scalars.push(x.factor);
    x = plain(x.of);
  }
  if (x.kind !== 'matrixProduct' || x.factors.length !== 2) return false;
  const [column, row] = x.factors.map(plain);
  const isColumn = column?.kind === 'ones' && column.rows === 'K';
  const isRow = row?.kind === 'transpose' && plain(row.of).kind === 'ones' && row.cols === 'K';
  const minus = JSON.stringify({ sort: 'scalar', kind: 'number', value: '-1' });
  const texts = scalars.map((s) => JSON.stringify(s));
  const share = texts.some((s) => s.includes('"quotient"') && s.includes('"name":"K"') && s.includes('"value":"1"'));
  return isColumn && isRow && texts.length === 2 && texts.includes(minus) && share;
};

/** H = H̄Y. */
const isCollapse = (left: Matrix, right: Matrix): boolean => {
  const block = plain(left);
  if (block.kind !== 'block' || (block.name !== 'H' && block.name !== 'H1')) return false;
  const factors = factorsOf(right);
  const [first, second, third] = factors;
  return (
    factors.length === 3 &&
    first?.kind === 'block' && first.name === block.name &&
    second?.kind === 'transpose' && plain(second.of).kind === 'labels' &&
    third?.kind === 'labels'
  );
};
