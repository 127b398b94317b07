/** Statements as text and as LaTeX: one traversal, a style for each (that of MathML is in mathml.ts). */
import type { Expression, Matrix, Named, Proposition, Scalar, SymbolNode } from './expression.js';

/** How strongly a printed piece binds; a weaker piece inside a stronger one gets parentheses. */
export const SUM = 1;
export const PRODUCT = 2;
export const POWER = 3;
export const ATOM = 4;

/** What a node has become. */
export interface Piece {
  readonly text: string;
  readonly binding: number;
  /** The piece starts with a minus sign, which a sum turns into a subtraction. */
  readonly negative?: boolean;
}

/** How each kind of node is written. */
export interface Style {
  name(node: { readonly text: string; readonly latex: string }): string;
  number(value: string): Piece;
  parentheses(text: string): string;
  /** Before a negative piece, which starts with it; and between the terms of a sum. */
  readonly minus: string;
  readonly plus: string;
  readonly subtract: string;
  readonly times: string;
  readonly matrixTimes: string;
  quotient(over: Piece, under: Piece): Piece;
  power(base: string, exponent: number): string;
  sqrt(of: Piece): string;
  transpose(of: string): string;
  readonly zero: string;
  readonly labels: string;
  identity(dimension: string): string;
  ones(dimension: string): string;
  relu(of: string): string;
  normSquared(of: string): string;
  trace(of: string): string;
  nuclearNorm(of: string): string;
  minimum(left: string, right: string): string;
  positivePart(of: string): string;
  readonly relations: Readonly<Record<Extract<Proposition, { left: unknown }>['kind'], string>>;
  readonly and: string;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (exponent: number): string =>
  Array.from(String(exponent), (ch) => (ch === '-' ? '⁻' : (SUPERSCRIPTS[Number(ch)] ?? ch))).join('');

/** The zeros at the end of long whole numbers as a power of ten; everything else stays as it is. */
const withPowers = (value: string, power: (exponent: number) => string, times: string): string =>
  value.replace(/(\d+?)(0{7,})(?!\d)/g, (_, digits: string, zeros: string) => {
    const ten = power(zeros.length);
    return digits === '1' ? ten : `${digits}${times}${ten}`;
  });

const enclose = (style: Style, piece: Piece, binding: number): string =>
  piece.binding < binding || (piece.negative === true && binding > SUM) ? style.parentheses(piece.text) : piece.text;

const textStyle: Style = {
  name: (node) => node.text,
  number: (value) => {
    const [over = '', under] = value.split('/').map((x) => withPowers(x, (k) => `10${superscript(k)}`, '·'));
    if (under === undefined) return { text: over, binding: over === value ? ATOM : PRODUCT };
    return { text: `${over}/${under.includes('·') ? `(${under})` : under}`, binding: PRODUCT };
  },
  parentheses: (text) => `(${text})`,
  minus: '−',
  plus: ' + ',
  subtract: ' − ',
  times: '·',
  matrixTimes: ' ',
  quotient: (over, under) => ({
    text: `${enclose(textStyle, over, PRODUCT)}/${enclose(textStyle, under, POWER)}`,
    binding: PRODUCT,
  }),
  power: (base, exponent) => `${base}${superscript(exponent)}`,
  sqrt: (of) => (of.binding === ATOM ? `√${of.text}` : `√(${of.text})`),
  transpose: (of) => `${of}ᵀ`,
  zero: '0',
  labels: 'Y',
  identity: (dimension) => `I_${dimension}`,
  ones: (dimension) => `1_${dimension}`,
  relu: (of) => `σ(${of})`,
  normSquared: (of) => `‖${of}‖²`,
  trace: (of) => `tr(${of})`,
  nuclearNorm: (of) => `‖${of}‖_*`,
  minimum: (left, right) => `min(${left}, ${right})`,
  positivePart: (of) => `max(${of}, 0)`,
  relations: { eq: '=', equal: '=', neq: '≠', differs: '≠', leq: '≤', lt: '<', geq: '≥', gt: '>' },
  and: ' and ',
};

const latexStyle: Style = {
  name: (node) => node.latex,
  number: (value) => {
    const [over = '', under] = value.split('/').map((x) => withPowers(x, (k) => `10^{${k}}`, ' \\cdot '));
    return under === undefined
      ? { text: over, binding: over === value ? ATOM : PRODUCT }
      : { text: `\\frac{${over}}{${under}}`, binding: PRODUCT };
  },
  parentheses: (text) => `\\left(${text}\\right)`,
  minus: '−',
  plus: ' + ',
  subtract: ' − ',
  times: '\\,',
  matrixTimes: ' ',
  quotient: (over, under) => ({ text: `\\frac{${over.text}}{${under.text}}`, binding: PRODUCT }),
  power: (base, exponent) => `${base}^{${exponent}}`,
  sqrt: (of) => `\\sqrt{${of.text}}`,
  transpose: (of) => `${of}^{\\top}`,
  zero: '0',
  labels: 'Y',
  identity: (dimension) => `I_{${dimension}}`,
  ones: (dimension) => `\\mathbf{1}_{${dimension}}`,
  relu: (of) => `\\sigma\\left(${of}\\right)`,
  normSquared: (of) => `\\left\\|${of}\\right\\|_F^2`,
  trace: (of) => `\\operatorname{tr}\\left(${of}\\right)`,
  nuclearNorm: (of) => `\\left\\|${of}\\right\\|_{*}`,
  minimum: (left, right) => `\\min\\left(${left}, ${right}\\right)`,
  positivePart: (of) => `\\max\\left(${of}, 0\\right)`,
  relations: { eq: '=', equal: '=', neq: '\\neq', differs: '\\neq', leq: '\\leq', lt: '<', geq: '\\geq', gt: '>' },
  and: '\\text{ and }',
};

const joinSum = (style: Style, pieces: readonly Piece[]): Piece => {
  const [first, ...rest] = pieces;
  if (first === undefined) return style.number('0');
  if (rest.length === 0) return first;
  const text = rest.reduce(
    (line, piece) =>
      piece.negative === true
        ? `${line}${style.subtract}${piece.text.slice(style.minus.length)}`
        : `${line}${style.plus}${piece.text}`,
    first.text,
  );
  return { text, binding: SUM, ...(first.negative === true ? { negative: true } : {}) };
};

const joinProduct = (style: Style, pieces: readonly Piece[], separator: string): Piece => {
  const [first, ...rest] = pieces;
  if (first === undefined) return style.number('1');
  if (rest.length === 0) return first;
  if (first.text === `${style.minus}${style.number('1').text}`) {
    const body = joinProduct(style, rest, separator);
    return { text: `${style.minus}${enclose(style, body, PRODUCT)}`, binding: PRODUCT, negative: true };
  }
  // A leading −a needs no parentheses; a leading sum −a + b does.
  const negative = first.negative === true && first.binding >= PRODUCT;
  const texts = pieces.map((piece, index) => (index === 0 && negative ? piece.text : enclose(style, piece, PRODUCT)));
  return { text: texts.join(separator), binding: PRODUCT, ...(negative ? { negative } : {}) };
};

/** A factor 1 says nothing. */
const isOne = (node: Scalar): boolean => node.kind === 'number' && node.value === '1';

const printScalar = (node: Scalar, style: Style): Piece => {
  const inner = (child: Scalar): Piece => printScalar(child, style);
  switch (node.kind) {
    case 'number': {
      if (!node.value.startsWith('-')) return style.number(node.value);
      const size = style.number(node.value.slice(1));
      return { text: `${style.minus}${size.text}`, binding: Math.min(size.binding, PRODUCT), negative: true };
    }
    case 'symbol':
    case 'root':
    case 'defined':
      return { text: style.name(node), binding: ATOM };
    case 'sum':
      return joinSum(style, node.terms.map(inner));
    case 'product':
      return joinProduct(style, node.factors.filter((x) => !isOne(x)).map(inner), style.times);
    case 'quotient':
      return style.quotient(inner(node.over), inner(node.under));
    case 'power':
      return { text: style.power(enclose(style, inner(node.base), ATOM), node.exponent), binding: POWER };
    case 'sqrt':
      return { text: style.sqrt(inner(node.of)), binding: POWER };
    case 'normSquared':
      return { text: style.normSquared(printMatrix(node.of, style).text), binding: POWER };
    case 'trace':
      return { text: style.trace(printMatrix(node.of, style).text), binding: ATOM };
    case 'nuclearNorm':
      return { text: style.nuclearNorm(printMatrix(node.of, style).text), binding: ATOM };
    case 'minimum':
      return { text: style.minimum(inner(node.left).text, inner(node.right).text), binding: ATOM };
    case 'positivePart':
      return { text: style.positivePart(inner(node.of).text), binding: ATOM };
  }
};

const printMatrix = (node: Matrix, style: Style): Piece => {
  const inner = (child: Matrix): Piece => printMatrix(child, style);
  const atom = (text: string): Piece => ({ text, binding: ATOM });
  switch (node.kind) {
    case 'block':
    case 'frame':
    case 'nonNegativeFrame':
    case 'obtuse':
    case 'square':
    case 'parameter':
    case 'complement':
    case 'definedMatrix':
      return atom(style.name(node));
    case 'labels':
      return atom(style.labels);
    case 'identity':
      return atom(style.identity(node.rows));
    case 'ones':
      return atom(style.ones(node.rows));
    case 'zeros':
      return atom(style.zero);
    case 'matrixSum':
      return joinSum(style, node.terms.map(inner));
    case 'matrixProduct':
      return joinProduct(style, node.factors.map(inner), style.matrixTimes);
    case 'scaled':
      if (isOne(node.factor)) return inner(node.of);
      return joinProduct(style, [printScalar(node.factor, style), inner(node.of)], style.times);
    case 'transpose':
      return { text: style.transpose(enclose(style, inner(node.of), ATOM)), binding: POWER };
    case 'relu':
      return atom(style.relu(inner(node.of).text));
    case 'inverse':
      return { text: style.power(enclose(style, inner(node.of), ATOM), -1), binding: POWER };
  }
};

const printProposition = (node: Proposition, style: Style): string => {
  switch (node.kind) {
    case 'and':
      return node.parts.map((part) => printProposition(part, style)).join(style.and);
    case 'equal':
    case 'differs':
      return [node.left, node.right].map((x) => printMatrix(x, style).text).join(` ${style.relations[node.kind]} `);
    default:
      return [node.left, node.right].map((x) => printScalar(x, style).text).join(` ${style.relations[node.kind]} `);
  }
};

/** A node in a style. */
export const print = (node: Expression, style: Style): string => {
  switch (node.sort) {
    case 'scalar':
      return printScalar(node, style).text;
    case 'matrix':
      return printMatrix(node, style).text;
    case 'proposition':
      return printProposition(node, style);
  }
};

/** The expression as one line of plain text: `H̄ᵀ H̄ = ρ·I_K`. */
export const toText = (node: Expression): string => print(node, textStyle);

/** The expression as LaTeX, for math mode. */
export const toLatex = (node: Expression): string => print(node, latexStyle).replaceAll('−', '-');

const isAbbreviation = ({ kind }: Scalar | Matrix): boolean =>
  kind === 'defined' || kind === 'definedMatrix' || kind === 'root';

/** What an abbreviation stands for, in words where an equation defines it. */
export const meaning = (
  node: Scalar | Matrix,
  style: Style,
  words: (equation: string, ends: readonly [from: string, to: string]) => string,
): string => {
  switch (node.kind) {
    case 'defined':
      return printScalar(node.value, style).text;
    case 'definedMatrix':
      return printMatrix(node.value, style).text;
    case 'root': {
      const x = { ...node.variable, text: node.text, latex: node.latex };
      const [left, right] = [withUnknown(node.of, x), node.equals].map((side) => printScalar(side, style).text);
      return words(`${left} ${style.relations.eq} ${right}`, [node.from, node.to]);
    }
    default:
      return print(node, style);
  }
};

/** The left side of an equation with its unknown written as the root that it defines. */
const withUnknown = (of: Scalar, unknown: SymbolNode): Scalar =>
  JSON.parse(JSON.stringify(of), (_, value: unknown) =>
    typeof value === 'object' && value !== null && (value as Scalar).kind === 'symbol' ? unknown : value,
  ) as Scalar;

/** `z = the root in [1/4, 1] of z·(1 − z)³ = κ`, `ρ = (1 − c)·√(λ_W/(n·λ_H))`. */
export const definitionText = (node: (Scalar | Matrix) & Named): string =>
  `${node.text} = ${meaning(node, textStyle, (equation, [from, to]) => `the root in [${from}, ${to}] of ${equation}`)}`;

/** The same in LaTeX, with its own dollars. */
export const definitionLatex = (node: (Scalar | Matrix) & Named): string => {
  const { latex } = node;
  const words = (equation: string, [from, to]: readonly string[]): string =>
    `${equation},\\ ${latex} \\in [${from}, ${to}]`;
  const body = meaning(node, latexStyle, words).replaceAll('−', '-');
  return node.kind === 'root' ? `$${body}$` : `$${node.latex} = ${body}$`;
};

/** The abbreviations that an expression uses, each after those it is built from. */
export const definitionsIn = (nodes: readonly Expression[]): ((Scalar | Matrix) & Named)[] => {
  const found = new Map<string, (Scalar | Matrix) & Named>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    Object.values(node).forEach(visit);
    const candidate = node as (Scalar | Matrix) & Named;
    if (isAbbreviation(candidate) && !found.has(candidate.name)) {
      found.set(candidate.name, candidate);
    }
  };
  nodes.forEach(visit);
  return [...found.values()];
};
