/** Statements as MathML (Core), for pages: the third style of print.ts. Every name is escaped. */
import type { Expression, Matrix, Named, Scalar } from './expression.js';
import { ATOM, POWER, PRODUCT, type Piece, type Style, meaning, print } from './print.js';

/** Text inside an element or an attribute. */
export const escapeXml = (text: string): string =>
  text
    // What no document may contain.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const element = (name: string, ...children: readonly string[]): string => `<${name}>${children.join('')}</${name}>`;
const row = (...children: readonly string[]): string => element('mrow', ...children);
const operator = (text: string): string => element('mo', escapeXml(text));
const fence = (text: string, tall: boolean): string => `<mo stretchy="${tall}">${text}</mo>`;
/** Fences grow around what is tall alone: browsers keep the room of the largest form beside one that may grow. */
const fenced = (left: string, body: string, right: string): string => {
  const tall = /<m(frac|sqrt)>/.test(body);
  return row(fence(left, tall), body, fence(right, tall));
};
const applied = (name: string, ...args: readonly string[]): string =>
  row(element('mi', name), '<mo>&#x2061;</mo>', fenced('(', args.join(operator(',')), ')'));

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const plainDigits = (text: string): string =>
  Array.from(text, (ch) => (SUBSCRIPTS.includes(ch) ? String(SUBSCRIPTS.indexOf(ch)) : ch)).join('');

const identifier = (text: string): string =>
  /^\d+$/.test(text) ? element('mn', text) : element('mi', escapeXml(text));

/** A name as it is printed as text: a bar above, and what follows `_`, ⊥ or is a lower digit as a subscript. */
export const nameMathml = (text: string): string => {
  const [, letter, bar, digits, perp, index] =
    /^([^_₀-₉⊥\u0304]+)(\u0304)?([₀-₉]+)?(⊥)?(?:_(.+))?$/u.exec(text.normalize('NFD')) ?? [];
  if (letter === undefined) return element('mi', escapeXml(text));
  const base = identifier(letter);
  const head = bar === undefined ? base : element('mover', base, '<mo stretchy="false">¯</mo>');
  const lower = [
    ...(digits === undefined ? [] : [element('mn', plainDigits(digits))]),
    ...(perp === undefined ? [] : [operator(perp)]),
    ...(index === undefined ? [] : [nameMathml(index)]),
  ];
  return lower.length === 0 ? head : element('msub', head, row(...lower));
};

const numberPiece = (value: string): Piece => {
  const [over = '', under] = value.split('/');
  const digits = (text: string): string => element('mn', escapeXml(text));
  return under === undefined
    ? { text: digits(over), binding: ATOM }
    : { text: element('mfrac', digits(over), digits(under)), binding: PRODUCT };
};

const TIMES = element('mo', '&#x2062;');

const mathmlStyle: Style = {
  name: (node) => nameMathml(node.text),
  number: numberPiece,
  parentheses: (text) => fenced('(', text, ')'),
  minus: element('mo', '−'),
  plus: element('mo', '+'),
  subtract: element('mo', '−'),
  times: TIMES,
  matrixTimes: TIMES,
  quotient: (over, under) => ({ text: element('mfrac', row(over.text), row(under.text)), binding: POWER }),
  power: (base, exponent) =>
    element(
      'msup',
      row(base),
      row(...(exponent < 0 ? [operator('−')] : []), element('mn', String(Math.abs(exponent)))),
    ),
  sqrt: (of) => element('msqrt', of.text),
  transpose: (of) => element('msup', row(of), element('mo', '⊤')),
  zero: element('mn', '0'),
  labels: element('mi', 'Y'),
  identity: (dimension) => element('msub', element('mi', 'I'), nameMathml(dimension)),
  ones: (dimension) => element('msub', '<mn class="ones">1</mn>', nameMathml(dimension)),
  relu: (of) => applied('σ', of),
  normSquared: (of) => element('msup', fenced('‖', of, '‖'), element('mn', '2')),
  trace: (of) => applied('tr', of),
  nuclearNorm: (of) => element('msub', fenced('‖', of, '‖'), operator('*')),
  minimum: (left, right) => applied('min', left, right),
  positivePart: (of) => applied('max', of, element('mn', '0')),
  relations: {
    eq: operator('='),
    equal: operator('='),
    neq: operator('≠'),
    differs: operator('≠'),
    leq: operator('≤'),
    lt: operator('<'),
    geq: operator('≥'),
    gt: operator('>'),
  },
  and: '<mspace width="0.5em"/><mtext>and</mtext><mspace width="0.5em"/>',
};

const math = (body: string, display: boolean): string =>
  `<math${display ? ' display="block"' : ''}>${row(body)}</math>`;

/** The expression as a `math` element, in a line or on a line of its own. */
export const toMathml = (node: Expression, display = false): string => math(print(node, mathmlStyle), display);

/** `ρ = (1 − c)√(λ_W/(nλ_H))`; a root with the equation that defines it. */
export const definitionMathml = (node: (Scalar | Matrix) & Named): string => {
  const body = meaning(node, mathmlStyle, (equation, ends) => {
    const [from = '', to = ''] = ends.map((x) => numberPiece(x).text);
    const interval = fenced('[', `${from}${operator(',')}${to}`, ']');
    return [equation, operator(','), '<mspace width="1em"/>', nameMathml(node.text), operator('∈'), interval].join('');
  });
  return math(node.kind === 'root' ? body : `${nameMathml(node.text)}${operator('=')}${body}`, false);
};

/** f = value + Σ coefficient‖name‖², the form of a sum of squares. */
export const squaresMathml = (
  value: Scalar,
  squares: readonly (readonly [name: string, coefficient: Scalar])[],
): string =>
  math(
    [
      element('mi', 'f'),
      operator('='),
      print(value, mathmlStyle),
      ...squares.map(
        ([name, coefficient]) =>
          `${operator('+')}${bracketed(coefficient)}${TIMES}${mathmlStyle.normSquared(nameMathml(name))}`,
      ),
    ].join(''),
    false,
  );

/** A factor of a product: a sum in parentheses. */
const bracketed = (node: Scalar): string => {
  const text = print(node, mathmlStyle);
  return node.kind === 'sum' ? mathmlStyle.parentheses(text) : text;
};

/** Names beside the statement language, such as those of squares and blocks. */
export const nameMath = (text: string): string => math(nameMathml(text), false);
