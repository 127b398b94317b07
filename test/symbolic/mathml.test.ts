import { describe, expect, it } from 'vitest';
import * as shipped from '../../theorems/index.js';
import * as B from '../../src/symbolic/build.js';
import type { Expression } from '../../src/symbolic/expression.js';
import { definitionMathml, escapeXml, nameMathml, toMathml } from '../../src/symbolic/mathml.js';
import { definitionLatex, definitionText, definitionsIn, toLatex, toText } from '../../src/symbolic/print.js';
import { lemmasOf } from '../../src/theorem/lemma/registry.js';
import { theoremsOf } from '../../src/theorem/registry.js';
import { markupDefect, textOf } from '../report/xml.js';
import { H, W } from './arbitrary.js';

const { K, d, add, sub, mul, div, neg, pow, sqrt, t, labels: Y } = B;
const x = B.symbol('x', 'generator');

/** What is between the tags, without spaces and invisible signs. */
const bare = (markup: string): string => textOf(markup.replaceAll(/&#x206[12];/g, '')).replaceAll(' ', '');

describe('statements as MathML', () => {
  it.each<[Expression, string]>([
    [sub(x, div(pow(x, 2), 2)), 'x−x22'],
    [mul(sub(1, x), sqrt(d)), '(1−x)d'],
    [mul(neg(x), d), '−xd'],
    [pow(div(x, d), 2), '(xd)2'],
    [B.normSquared(sub(mul(W, H), Y)), '‖WH−Y‖2'],
    [B.equal(t(mul(W, H)), B.zeros('N', 'K')), '(WH)⊤=0'],
    [B.and(B.leq(K, d), B.lt(x, 1)), 'K≤dandx<1'],
    [mul(add(neg(x), d), 2), '(−x+d)2'],
    [B.nuclearNorm(B.relu(mul(W, H))), '‖σ(WH)‖*'],
  ])('%#', (node, text) => {
    expect(markupDefect(toMathml(node))).toBeUndefined();
    expect(bare(toMathml(node))).toBe(text);
  });

  it('put indices below and bars above', () => {
    expect(nameMathml('λ_W₂')).toBe(
      '<msub><mi>λ</mi><mrow><msub><mi>W</mi><mrow><mn>2</mn></mrow></msub></mrow></msub>',
    );
    expect(nameMathml('H̄₁')).toBe(
      '<msub><mover><mi>H</mi><mo stretchy="false">¯</mo></mover><mrow><mn>1</mn></mrow></msub>',
    );
    expect(bare(nameMathml('R⊥'))).toBe('R⊥');
  });

  it('escape every name', () => {
    // No module gets such a name past the builder, and the printer does not rely on it.
    const hostile = { ...B.symbol('x', 'generator'), text: '</math><script>alert("1")</script>&' };
    expect(toMathml(hostile)).not.toContain('<script');
    expect(markupDefect(toMathml(hostile))).toBeUndefined();
    expect(markupDefect(nameMathml('a_<b>&\u0000'))).toBeUndefined();
    expect(escapeXml(`<a b='"'>&\u0001`)).toBe('&lt;a b=&#39;&quot;&#39;&gt;&amp;\ufffd');
  });
});

/** Every node of the statement language below a value. */
const nodesIn = (value: unknown, found = new Set<Expression>()): Set<Expression> => {
  if (typeof value !== 'object' || value === null || found.has(value as Expression)) return found;
  if ('sort' in value && 'kind' in value) found.add(value as Expression);
  Object.values(value).forEach((x) => nodesIn(x, found));
  return found;
};

describe('every formula of the shipped modules', () => {
  const claims = [...theoremsOf(shipped, 'ufm-check').flatMap((x) => x.revisions), ...lemmasOf(shipped)];
  const nodes = [...nodesIn(claims)];

  it('is printed as text, as LaTeX and as MathML, none of them empty', () => {
    expect(nodes.length).toBeGreaterThan(1000);
    for (const node of nodes) {
      const mathml = toMathml(node);
      const [text, latex] = [toText(node), toLatex(node)];
      expect(text).not.toBe('');
      expect(latex).not.toBe('');
      expect(markupDefect(mathml), text).toBeUndefined();
      expect(bare(mathml), text).not.toBe('');
      expect(`${mathml}${text}${latex}`).not.toMatch(/undefined|\[object/);
    }
  });

  it('defines each abbreviation in all three', () => {
    const definitions = definitionsIn(nodes);
    expect(definitions.length).toBeGreaterThan(10);
    for (const node of definitions) {
      expect(definitionText(node)).toContain('=');
      expect(definitionLatex(node)).toContain('=');
      expect(definitionMathml(node)).toContain('<mo>=</mo>');
      expect(markupDefect(definitionMathml(node)), node.text).toBeUndefined();
    }
  });
});
