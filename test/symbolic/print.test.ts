import fc from 'fast-check';
import { evaluate } from 'mathjs';
import { describe, expect, it } from 'vitest';
import * as Q from '../../src/exact/rational.js';
import * as B from '../../src/symbolic/build.js';
import type { Expression, Scalar } from '../../src/symbolic/expression.js';
import { definitionsIn, toLatex, toText } from '../../src/symbolic/print.js';
import { exactInterpreter } from '../../src/theorem/evaluate-exact.js';
import { H, W } from './arbitrary.js';

const { K, n, N, d, add, sub, mul, div, neg, pow, sqrt, t, normSquared, trace, relu, labels: Y } = B;
const x = B.symbol('x', 'generator');
const y = B.symbol('y', 'generator');
const lambdaW = B.symbol('lambda_W', 'lambda', 'λ_W', '\\lambda_{W}');
const c = B.define('c', mul(K, sqrt(mul(n, lambdaW))));
const Hbar = B.define('Hbar', B.classMeans(H), 'H̄', '\\bar{H}');

describe('statements in print', () => {
  it.each<[Expression, string, string]>([
    [sub(c, div(pow(c, 2), 2)), 'c − c²/2', 'c - \\frac{c^{2}}{2}'],
    [div(1, mul(2, N)), '1/(2·N)', '\\frac{1}{2\\,N}'],
    [div(div(x, y), div(x, y)), 'x/y/(x/y)', '\\frac{\\frac{x}{y}}{\\frac{x}{y}}'],
    [mul(sub(1, c), sqrt(div(lambdaW, n))), '(1 − c)·√(λ_W/n)',
      '\\left(1 - c\\right)\\,\\sqrt{\\frac{\\lambda_{W}}{n}}'],
    [mul(add(neg(x), y), 2), '(−x + y)·2', '\\left(-x + y\\right)\\,2'],
    [mul(neg(x), y), '−x·y', '-x\\,y'],
    [sub(x, add(y, 1)), 'x − (y + 1)', 'x - \\left(y + 1\\right)'],
    [add(x, neg(y)), 'x − y', 'x - y'],
    [mul(1, x, 1), 'x', 'x'],
    [mul(1, 1), '1', '1'],
    [add(B.identity('d'), mul(1, mul(t(W), W))), 'I_d + Wᵀ W', 'I_{d} + W^{\\top} W'],
    [mul(sub(1, c), 1, B.identity('K')), '(1 − c)·I_K', '\\left(1 - c\\right)\\,I_{K}'],
    [neg(neg(x)), '−(−x)', '-\\left(-x\\right)'],
    [pow(neg(x), 2), '(−x)²', '\\left(-x\\right)^{2}'],
    [pow(sqrt(x), 2), '(√x)²', '\\left(\\sqrt{x}\\right)^{2}'],
    [sqrt(sqrt(x)), '√(√x)', '\\sqrt{\\sqrt{x}}'],
    [pow(div(x, y), 2), '(x/y)²', '\\left(\\frac{x}{y}\\right)^{2}'],
    [pow('1/2', 3), '(1/2)³', '\\left(\\frac{1}{2}\\right)^{3}'],
    [pow(x, -12), 'x⁻¹²', 'x^{-12}'],
    [normSquared(sub(mul(W, H), Y)), '‖W H − Y‖²', '\\left\\|W H - Y\\right\\|_F^2'],
    [pow(normSquared(W), 2), '(‖W‖²)²', '\\left(\\left\\|W\\right\\|_F^2\\right)^{2}'],
    [trace(mul(t(W), W)), 'tr(Wᵀ W)', '\\operatorname{tr}\\left(W^{\\top} W\\right)'],
    [t(mul(W, H)), '(W H)ᵀ', '\\left(W H\\right)^{\\top}'],
    [mul(sub(mul(W, H), Y), t(Y)), '(W H − Y) Yᵀ', '\\left(W H - Y\\right) Y^{\\top}'],
    [mul(add(neg(W), W), H), '(−W + W) H', '\\left(-W + W\\right) H'],
    [relu(mul(W, H)), 'σ(W H)', '\\sigma\\left(W H\\right)'],
    [mul(B.ones('K'), t(B.ones('N'))), '1_K 1_Nᵀ', '\\mathbf{1}_{K} \\mathbf{1}_{N}^{\\top}'],
    [B.equal(B.gram(Hbar), mul(c, B.identity('K'))), 'H̄ᵀ H̄ = c·I_K', '\\bar{H}^{\\top} \\bar{H} = c\\,I_{K}'],
    [B.isZero(W), 'W = 0', 'W = 0'],
    [B.and(B.leq(K, d), B.lt(c, 1)), 'K ≤ d and c < 1', 'K \\leq d\\text{ and }c < 1'],
    [B.and(B.geq(c, '1/4'), B.gt(d, 1), B.eq(n, 2)), 'c ≥ 1/4 and d > 1 and n = 2',
      'c \\geq \\frac{1}{4}\\text{ and }d > 1\\text{ and }n = 2'],
  ])('%#', (expression, text, latex) => {
    expect(toText(expression)).toBe(text);
    expect(toLatex(expression)).toBe(latex);
  });

  it('list each abbreviation once, after those it is built from', () => {
    const rho = B.define('rho', mul(sub(1, c), sqrt(lambdaW)), 'ρ', '\\rho');
    const used = definitionsIn([mul(rho, c), B.equal(Hbar, mul(rho, Hbar))]);
    expect(used.map((node) => toText(node))).toEqual(['c', 'ρ', 'H̄']);
  });
});

describe('the text of a scalar means what the tree means', () => {
  const instance = { K: 3, n: 2, d: 5, lambda: { W: '4/9' } };

  const numbers = [2, '-3', '-1/2', '2/3'].map((value) => B.number(value));
  const leaf = fc.constantFrom<Scalar>(K, n, d, lambdaW, ...numbers);
  const scalars: fc.Arbitrary<Scalar> = fc.letrec<{ node: Scalar }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((terms) => add(...terms)),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((factors) => mul(...factors)),
      fc.tuple(tie('node'), tie('node')).map(([left, right]) => sub(left, right)),
      fc.tuple(tie('node'), tie('node')).map(([over, under]) => div(over, under)),
      fc.tuple(tie('node'), fc.integer({ min: -2, max: 3 })).map(([base, exponent]) => pow(base, exponent)),
      tie('node').map((node) => neg(node)),
      // The root of a square is rational: both sides then stay exact.
      tie('node').map((node) => sqrt(mul(node, node))),
    ),
  })).node;

  /** As other software writes it: √ takes the atom after it, a superscript what stands before it. */
  const forMathjs = (text: string): string => {
    const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
    return text
      .replaceAll('−', '-')
      .replaceAll('·', '*')
      .replaceAll('√(', 'sqrt(')
      .replace(/√([A-Za-zλ_]+|\d+)/g, 'sqrt($1)')
      .replaceAll('λ_W', 'lambdaW')
      .replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (digits) => {
        const plain = Array.from(digits, (ch) => (ch === '⁻' ? '-' : String(superscripts.indexOf(ch)))).join('');
        return `^(${plain})`;
      });
  };

  it('when mathjs reads it', () => {
    let compared = 0;
    const scope = { K: 3, n: 2, d: 5, lambdaW: 4 / 9 };
    fc.assert(
      fc.property(scalars, (node) => {
        let exact: number;
        try {
          exact = Q.toNumber(exactInterpreter(instance, new Map()).scalar(node));
        } catch {
          return;
        }
        fc.pre(Math.abs(exact) < 1e9);
        compared += 1;
        const read = Number(evaluate(forMathjs(toText(node)), { ...scope }));
        expect(Math.abs(read - exact), toText(node)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(exact)));
      }),
      { numRuns: 1500 },
    );
    expect(compared).toBeGreaterThan(700);
  });
});
