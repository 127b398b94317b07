/** True certificates are accepted, by both checkers; planted defects are rejected, by both. */
import { describe, expect, it } from 'vitest';
import { checkCertificate } from '../../../src/exact/certificate/judge.js';
import { parseCertificate } from '../../../src/exact/certificate/schema.js';
import { certificateText, completed } from '../../../src/exact/certificate/write.js';
import type { Draft } from '../../../src/exact/certificate/write.js';
import { format } from '../../../src/exact/rational.js';
import { DEFECTS } from './defects.js';
import { edited, shifted } from './editing.js';
import { BUILT, EXAMPLES, FIXTURES } from './examples.js';
import { secondOpinions } from './second-checker.js';

const marginOrReason = (text: string): string => {
  const judgement = checkCertificate(text);
  return judgement.accepted ? format(judgement.margin) : judgement.reason;
};

describe('true certificates', () => {
  it.each(EXAMPLES)('$name', ({ text }) => {
    expect(checkCertificate(text)).toMatchObject({ accepted: true });
  });

  it('have the same margin for the second checker', () => {
    const opinions = secondOpinions(EXAMPLES.map(({ text }) => text));
    expect(opinions).toEqual(EXAMPLES.map(({ text }) => ({ accepted: true, detail: marginOrReason(text) })));
  });

  it('are read back as they were written', () => {
    for (const { text } of EXAMPLES) expect(certificateText(parseCertificate(text))).toBe(text);
  });

  it('get their figures from the writer', () => {
    for (const { text } of BUILT) {
      const { value, bound, margin, ...draft } = parseCertificate(text);
      expect(completed(draft as Draft, 40)).toEqual({ ...draft, value, bound, margin });
    }
    for (const { text } of FIXTURES) {
      const { value: _, bound: __, margin: ___, ...draft } = parseCertificate(text);
      expect(checkCertificate(certificateText(completed(draft as Draft)))).toMatchObject({ accepted: true });
    }
  });
});

describe('planted defects', () => {
  it.each(DEFECTS)('$name', ({ text, reason }) => {
    const judgement = checkCertificate(text);
    expect(judgement.accepted).toBe(false);
    const given = judgement.accepted ? '' : judgement.reason;
    expect(given).toMatch(reason);
    expect(given).toMatch(/^[ -~…λ]{10,200}$/);
  });

  it('are rejected by the second checker', () => {
    const opinions = secondOpinions(DEFECTS.map(({ text }) => text));
    expect(DEFECTS.filter((_, index) => opinions[index]?.accepted).map(({ name }) => name)).toEqual([]);
  });
});

describe('other ways to write the same', () => {
  const SIX = FIXTURES.find(({ name }) => name === 'six-classes-at-threshold.json')!.text;
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]: [string, unknown]) => [key, reversed(member)]),
    );
  };
  const everyNumber = (text: string, change: (number: string) => string): string =>
    text.replace(/"(-?\d+(?:\/\d+)?)"/g, (_, number: string) => `"${change(number)}"`);
  const unreduced = (number: string): string => {
    const [numerator = '', denominator = '1'] = number.split('/');
    return `${BigInt(numerator) * 6n}/${BigInt(denominator) * 6n}`;
  };

  const rewrites: readonly (readonly [string, string])[] = [
    ['fractions that are not in lowest terms', everyNumber(SIX, unreduced)],
    ['4000 digits', SIX.replace('"3/4"', `"3${'0'.repeat(3999)}/4${'0'.repeat(3999)}"`)],
    ['"-0"', everyNumber(SIX, (number) => (number === '0' ? '-0' : number))],
    ['"p/1"', everyNumber(SIX, (number) => (number.includes('/') ? number : `${number}/1`))],
    ['nesting of depth 8', SIX.replace('{', `{ "provenance": { "x": ${'['.repeat(6)}"y"${']'.repeat(6)} },`)],
    ['keys in another order', JSON.stringify(reversed(JSON.parse(SIX)))],
    ['no white space', JSON.stringify(JSON.parse(SIX))],
    ['much white space', SIX.replaceAll(/([,:[\]{}])/g, ' \r\n\t$1\n')],
    ['escapes in keys', SIX.replace('"point"', '"\\u0070oint"').replace('"4.2"', '"4.2"')],
    ['without the default of collapsed', edited(SIX, ({ claim }) => delete claim['collapsed'])],
    ['a smaller set, collapsed frames', edited(SIX, ({ claim }) => (claim['collapsed'] = true))],
    ['a lower bound with its margin', edited(SIX, (document) => shifted(document, 'bound', '-1/1000'))],
    ['other labels', edited(SIX, (document) => (document['theorem'] = 'elsewhere/1'))],
    [
      'provenance',
      edited(SIX, (document) => (document['provenance'] = { seed: 7, command: 'a "b" \\ é', list: [true, [1]] })),
    ],
  ];

  it.each(rewrites)('%s: accepted', (_, text) => {
    expect(checkCertificate(text)).toMatchObject({ accepted: true });
  });

  it('is no matter for the second checker either', () => {
    expect(secondOpinions(rewrites.map(([, text]) => text))).toEqual(
      rewrites.map(([, text]) => ({ accepted: true, detail: marginOrReason(text) })),
    );
  });
});
