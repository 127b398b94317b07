/** Proofs with one planted defect each, and the reason that must be given. */
import { EXAMPLES, centredExample, doubled, edited, exampleOf } from './examples.js';
import type { LooseCase, LooseProof } from './examples.js';
import { LONG } from '../../effort.js';

export interface Defect {
  readonly name: string;
  readonly text: string;
  readonly reason: RegExp;
}

const NOT_ZERO = /^(0|\(0\)\/.*)$/;

/** Every coefficient of every example doubled in turn, every square dropped, every cofactor emptied. */
const systematic = EXAMPLES.flatMap(({ id, text }): Defect[] => {
  const { cases } = JSON.parse(text) as LooseProof;
  return cases.flatMap((home, at): Defect[] => {
    const defect = (name: string, reason: RegExp, change: (home: LooseCase) => void): Defect => ({
      name: `${id}, case ${home.id}: ${name}`,
      text: edited(text, (document) => {
        change(document.cases[at]!);
      }),
      reason,
    });
    const squares = Object.entries(home.squares).flatMap(([name, { of }]): Defect[] => [
      defect(`coefficient of ${name} doubled`, /identity of case/, (x) => {
        x.squares[name]!.coefficient = doubled(x.squares[name]!.coefficient);
      }),
      defect(`${name} dropped`, /identity of case|mentions|cofactor/, (x) => {
        Reflect.deleteProperty(x.squares, name);
      }),
      ...Object.keys(of).map((word) =>
        defect(`${word} in ${name} doubled`, /identity of case/, (x) => {
          x.squares[name]!.of[word] = doubled(x.squares[name]!.of[word]!);
        }),
      ),
    ]);
    const construction = Object.entries(home.construction).flatMap(([block, terms]) =>
      Object.keys(terms).map((word) =>
        defect(`${word} in the construction of ${block} doubled`, /is not 0 at the construction/, (x) => {
          x.construction[block]![word] = doubled(x.construction[block]![word]!);
        }),
      ),
    );
    const conclusions = home.conclusions.flatMap((conclusion, index) => [
      ...(['left', 'right', 'cofactor'] as const).flatMap((side) =>
        Object.entries(conclusion[side])
          .filter(([, value]) => !NOT_ZERO.test(value))
          .map(([word]) =>
            defect(`${word} in the ${side} of ${conclusion.id} doubled`, /is not the given combination/, (x) => {
              x.conclusions[index]![side][word] = doubled(x.conclusions[index]![side][word]!);
            }),
          ),
      ),
      defect(`cofactor of ${conclusion.id} emptied`, /is not the given combination/, (x) => {
        x.conclusions[index]!.cofactor = {};
      }),
    ]);
    const value = defect('value doubled', /identity of case/, (x) => {
      x.value = doubled(x.value);
    });
    return [...squares, ...construction, ...conclusions, value];
  });
});

const T31 = exampleOf('3.1');
const T32 = exampleOf('3.2');
const RIDGE = exampleOf('3.2-ridge');

/** The proof with another name for a generator, a root or a frame, in every text. */
const calledOtherwise = (text: string, from: string, to: string): string =>
  text.replaceAll(new RegExp(String.raw`\b${from}\b`, 'g'), to);

const noChange = (): void => undefined;

const spoiled = (name: string, text: string, reason: RegExp, change: (document: LooseProof) => void): Defect => ({
  name,
  text: edited(text, change),
  reason,
});

const caseOf = (document: LooseProof, id: string): LooseCase => document.cases.find((x) => x.id === id)!;

const soundness: Defect[] = [
  spoiled('S31z for c ≤ 1', T31, /coefficient of W in case zero is not shown to be non-negative/, (x) => {
    caseOf(x, 'zero').where = { generator: 'c', upTo: '1' };
  }),
  spoiled('S31z for all c', T31, /coefficient of W in case zero is not shown to be non-negative/, (x) => {
    caseOf(x, 'zero').where = {};
  }),
  spoiled('S31 for c > 1', T31, /square of the root root1 of case frame is not shown to be non-negative/, (x) => {
    caseOf(x, 'frame').where = { generator: 'c', above: '1' };
  }),
  spoiled('S31 up to c = 101/100', T31, /square of the root/, (x) => {
    caseOf(x, 'frame').where = { generator: 'c', upTo: '101/100' };
  }),
  spoiled('the frame of 3.2-ridge above β', RIDGE, /square of the root/, (x) => {
    caseOf(x, 'frame').where = { generator: 'c', above: '(g)/(1 + g)', upTo: '1' };
  }),
  spoiled('the ETF of 3.2-ridge below β', RIDGE, /coefficient of Q in case etf is not shown/, (x) => {
    caseOf(x, 'etf').where = { generator: 'c', upTo: '(g)/(1 + g)' };
  }),
  spoiled('W = 0 from c = 1 on', T31, /cofactor of W = 0 in case zero contains no square of positive/, (x) => {
    caseOf(x, 'zero').where = { generator: 'c', from: '1' };
  }),
  spoiled('a bound above the other', RIDGE, /lower bound of a case is not shown to lie below/, (x) => {
    caseOf(x, 'etf').where = { generator: 'c', above: '1', upTo: '(g)/(1 + g)' };
  }),
  spoiled('a negative bound', T31, /is not shown to be positive/, (x) => {
    caseOf(x, 'zero').where = { generator: 'c', above: '1 - s' };
  }),
  spoiled('the value by a point', T31, /mentions "W"/, (x) => {
    caseOf(x, 'frame').value = 'W';
  }),
  spoiled('Π_c doubled', T32, /identity of case etf does not hold; left over: .*tr\(/, (x) => {
    const { of } = caseOf(x, 'etf').squares['G']!;
    of["H Y' Y"] = doubled(of["H Y' Y"]!);
  }),
  spoiled('a frame without its hypothesis', T31, /frame R of case frame needs the hypothesis d >= K$/, (x) => {
    x.hypothesis = 'none';
  }),
  spoiled('K columns in K − 1 dimensions', T31, /frame R of case frame needs the hypothesis d >= K$/, (x) => {
    x.hypothesis = 'd >= K-1';
  }),
  {
    name: 'a centred frame without a hypothesis',
    text: centredExample('none'),
    reason: /frame F of case etf needs the hypothesis d >= K-1$/,
  },
  spoiled('a centred frame for an orthogonal one', T31, /A of case frame is not 0 at the construction/, (x) => {
    caseOf(x, 'frame').frames = { R: 'centred' };
  }),
  spoiled('a frame with orthonormal rows', T31, /frames of case frame must be "orthonormal" or "centred"/, (x) => {
    caseOf(x, 'frame').frames = { R: 'rows' };
  }),
  spoiled('a frame of the wrong shape', T31, /W in the construction of case frame/, (x) => {
    caseOf(x, 'frame').construction['W'] = { R: '1' };
  }),
  spoiled('a construction from itself', T31, /mentions "W", which is no matrix there/, (x) => {
    caseOf(x, 'frame').construction['W'] = { W: '1' };
  }),
  spoiled('a conclusion from nothing', T31, /a word in the cofactor of NC3 .* contains no square/, (x) => {
    const nc3 = caseOf(x, 'frame').conclusions.find(({ id }) => id === 'NC3')!;
    nc3.cofactor = { W: '1', "Y H'": '(-s)/(n)' };
  }),
  spoiled('a divisor that vanishes', T31, /a divisor of case frame is not shown to be non-zero/, (x) => {
    caseOf(x, 'frame').value = '(c - 3/2*c^2 + 1/2*c^3)/(1 - c)';
  }),
  spoiled('division by a root', T31, /divides by a root/, (x) => {
    caseOf(x, 'frame').construction['W'] = { "R'": '(1 - c)/(root1)' };
  }),
  spoiled('a root of roots', T31, /mentions "root1", which is no variable there/, (x) => {
    caseOf(x, 'frame').roots['root2'] = 'root1';
  }),
  spoiled('a root that is a generator', T31, /the name c has another meaning/, (x) => {
    caseOf(x, 'frame').roots['c'] = '4';
  }),
  spoiled('one generator for two λ’s', T31, /do not reach every lambda_H/, (x) => {
    x.parameters['H'] = x.parameters['W']!;
  }),
  spoiled('generators that reach the λ’s with c < 1 only', T31, /do not reach every lambda_W/, (x) => {
    x.parameters = { W: '(c)/(K*s + K*s*c)', H: '(s*c)/(K*n + K*n*c)' };
  }),
  spoiled('half of the inverse', T31, /do not reach every lambda_W/, (x) => {
    x.generators['c'] = 'sqrt(1/4*K^2*n*lambda_W*lambda_H)';
  }),
  spoiled('a root forgotten', T31, /do not reach every/, (x) => {
    x.generators['c'] = 'K^2*n*lambda_W*lambda_H';
  }),
  spoiled('an inverse that may be negative', RIDGE, /inverse of g is not shown to be positive/, (x) => {
    x.generators['g'] = '1 - lambda_b';
  }),
  spoiled('a λ that may be negative', RIDGE, /lambda_b is not shown to be positive/, (x) => {
    x.parameters['b'] = 'g - s';
  }),
  spoiled('a generator by another', T31, /mentions "s", which is no variable there/, (x) => {
    x.generators['c'] = 's';
  }),
  ...['W', 'H', 'Y', 'I', 'N', 'K'].flatMap((name): Defect[] => [
    spoiled(`a generator called ${name}`, calledOtherwise(T31, 's', name), /the name . has another meaning/, noChange),
    spoiled(`a root called ${name}`, calledOtherwise(T31, 'root1', name), /the name . has another meaning/, noChange),
    spoiled(`a frame called ${name}`, calledOtherwise(T31, 'R', name), /the name . has another meaning/, noChange),
  ]),
  spoiled('a frame called like a generator', calledOtherwise(T31, 'R', 'c'), /the name c has another/, noChange),
  spoiled('a frame called like a root', calledOtherwise(T31, 'R', 'root1'), /the name root1 has another/, noChange),
  spoiled('a generator called lambda_W', T31, /the name lambda_W has another meaning/, (x) => {
    x.generators['lambda_W'] = 'lambda_W';
  }),
  spoiled('another model', T31, /identity of case|parameters|construction/, (x) => {
    x.model['bias'] = 'free';
  }),
  spoiled('a λ without a block', T32, /parameters must not have a field "b"/, (x) => {
    x.parameters['b'] = '1';
  }),
];

const form: Defect[] = [
  spoiled('relu', T31, /model\.activation must be "linear"/, (x) => {
    x.model['activation'] = 'relu';
  }),
  spoiled('three layers', T31, /model\.layers must be 1 or 2/, (x) => {
    x.model['layers'] = 3;
  }),
  spoiled('a kind from the future', T31, /kind must be "sum-of-squares"/, (x) => {
    x['kind'] = 'induction';
  }),
  spoiled('no cases', T31, /cases must not be empty/, (x) => {
    x.cases = [];
  }),
  spoiled('a case twice', T31, /two entries of the same id/, (x) => {
    x.cases.push(x.cases[0]!);
  }),
  spoiled('a field more', T31, /must not have a field "trust"/, (x) => {
    x['trust'] = 'me';
  }),
  spoiled('a case with a field more', T31, /must not have a field "signs"/, (x) => {
    x.cases[0]!['signs'] = {};
  }),
  spoiled('a large exponent', T31, /has an exponent above 32/, (x) => {
    x.cases[0]!.value = 'c^33';
  }),
  spoiled('a larger one', T31, /"c\^1000000000" where a power of a variable should be/, (x) => {
    x.cases[0]!.value = 'c^1000000000';
  }),
  spoiled('a long number', T31, /where a power of a variable should be/, (x) => {
    x.cases[0]!.value = '9'.repeat(51);
  }),
  spoiled('a longer text', T31, /is longer than 4000 characters/, (x) => {
    x.cases[0]!.value = '9'.repeat(5000);
  }),
  spoiled('a formula', T31, /where a power of a variable should be/, (x) => {
    x.cases[0]!.value = 'process.exit(0)';
  }),
  spoiled('division by zero', T31, /divides by zero/, (x) => {
    x.cases[0]!.value = '(c)/(0)';
  }),
  spoiled('division by c − c', T31, /divides by zero/, (x) => {
    x.cases[0]!.value = '(1)/(c - c)';
  }),
  spoiled('words that do not fit', T31, /factors that do not fit: "W Y"/, (x) => {
    x.cases[0]!.squares['A']!.of['W Y'] = '1';
  }),
  spoiled('a sum of two shapes', T31, /has words of different shapes/, (x) => {
    x.cases[0]!.squares['A']!.of['W'] = '1';
  }),
  spoiled('an identity that is not square', T31, /has an identity though it is not square/, (x) => {
    x.cases[0]!.squares['A']!.of['I'] = '1';
  }),
  spoiled('a long word', T31, /has a word of more than 16 letters/, (x) => {
    x.cases[0]!.squares['A']!.of["Y Y' ".repeat(9) + 'Y'] = '1';
  }),
  spoiled('a square without a shape', T31, /no word that gives it a shape/, (x) => {
    x.cases[0]!.squares['Z'] = { coefficient: '1', of: {} };
  }),
  { name: '__proto__', text: T31.replace('"parameters"', '"__proto__"'), reason: /has no field "parameters"/ },
  {
    name: '__proto__ as a word',
    text: T31.replace(`"W H"`, '"__proto__"'),
    reason: /mentions "__proto__", which is no matrix/,
  },
  { name: 'a word twice', text: T31.replace(`"W H"`, `"Y": "1", "W H"`), reason: /a key that occurs twice/ },
  { name: 'constructor as a root', text: T31.replaceAll('root1', 'n'), reason: /the name n has another meaning/ },
  { name: 'truncated', text: T31.slice(0, T31.length / 2), reason: /the text ends early/ },
  { name: 'a number', text: T31.replace('"c - 1/2*c^2"', '1e999'), reason: /a number that is not 0, 1, 2/ },
];

/** Short texts that stand for more work than a check may do. */
const heavy: Defect[] = [
  spoiled('endless words', T31, /more work than is allowed/, (x) => {
    const home = caseOf(x, 'frame');
    home.squares = { Z: { coefficient: '0', of: { [`${"W W' ".repeat(7)}W`]: '1' } }, ...home.squares };
    home.construction['W'] = Object.fromEntries([0, 1, 2, 3, 4, 5].map((k) => [`R'${" R R'".repeat(k)}`, '0']));
  }),
  spoiled('endless polynomials', T31, /more work than is allowed|more than 5000 terms/, (x) => {
    const many = (k: number): string =>
      Array.from({ length: 40 }, (_, i) => `${i + k}*c^${1 + (i % 9)}*s^${1 + (i % 8)}*K^${1 + (i % 7)}`).join(' + ');
    for (let k = 1; k < 12; k += 1) {
      caseOf(x, 'frame').squares[`Z${k}`] = { coefficient: `(${many(k)})/(${many(k + 20)})`, of: { W: '1' } };
    }
  }),
  spoiled('endless digits', T31, /more than 250 digits/, (x) => {
    for (let k = 1; k < 9; k += 1) {
      caseOf(x, 'frame').squares[`Z${k}`] = { coefficient: `(1)/(1 + ${`${k}`.repeat(50)}*c)`, of: { W: '1' } };
    }
  }),
];

/** All of 3.1, and of the others every fifth, or all in a long run. */
const some = systematic.filter(
  ({ name }, index) => LONG || name.startsWith('3.1,') || index % 5 === 0,
);

export const DEFECTS: readonly Defect[] = [...some, ...soundness, ...form, ...heavy];
