/** A name is printed as one symbol, and never as something that could be read as more. */
import { describe, expect, it } from 'vitest';
import { zeros, define, number } from '../../src/symbolic/build.js';
import { toLatex, toText } from '../../src/symbolic/print.js';

const named = (text: string, latex?: string) => () => define('it', number('9/10'), text, latex);

describe('a printed name', () => {
  it.each([
    ['ρ', '\\rho'],
    ['ρ₀', '\\rho_0'],
    ['H̄₁', '\\bar{H}_{1}'],
    ['H̄', '\\bar H'],
    ['R⊥', 'R_{\\perp}'],
    ['U_d', 'U_{d}'],
    ['λ_W₂', '\\lambda_{W_{2}}'],
    ['W′', "W'"],
    ['loss', '\\mathrm{loss}'],
    ['w12', 'w_{12}'],
  ])('may be %s, in LaTeX %s', (text, latex) => {
    expect(toText(named(text, latex)())).toBe(text);
    expect(toLatex(named(text, latex)())).toBe(latex);
  });

  it('is a word in LaTeX where it has several letters, not a product', () => {
    expect(toLatex(define('loss', zeros('K', 'd')))).toBe('\\mathrm{loss}');
    expect(toLatex(define('c', number(2)))).toBe('c');
  });

  it.each([
    '1',
    '9/10',
    '',
    '0 ≤ c and c',
    'a+b',
    'a b',
    'a=b',
    'c²',
    'Wᵀ',
    '-c',
    '(c)',
    'W\u200b',
    'W\u0338',
    '\u001b[31mW',
    'W\n',
    'W\u202e',
    '\u0410', // Cyrillic A
    '\u039a', // Greek capital kappa
    '\u03bf', // Greek omicron
    '\uff37', // full-width W
    '⋆',
  ])('is not %j', (text) => {
    expect(named(text, 'x')).toThrow(/cannot be printed as/);
  });

  it.each(['1', '', 'x y', '0 \\leq c', 'WH', 'W^2', 'W^{\\top}', 'x\\le 1', '\\text{for all }', '\\rho\\mu', '$x$'])(
    'is not %j in LaTeX',
    (latex) => {
      expect(named('x', latex)).toThrow(/cannot be printed as .* in LaTeX/);
    },
  );

  it('shows what it refuses without printing it', () => {
    expect(named('\u001b[31mW\u200b')).toThrow('"\\u001b[31mW\\u200b"');
  });
});
