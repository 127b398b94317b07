/** Texts of either format, judged alike by both checkers, however they are written. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAXIMUM_VALUES } from '../../src/exact/certificate/json.js';
import { judgeText } from '../../src/exact/judge.js';
import { secondOpinions } from './certificate/second-checker.js';
import { exampleOf } from './proof/examples.js';

const SIX = readFileSync(new URL('../fixtures/certificates/six-classes-at-threshold.json', import.meta.url), 'utf8');

/** The same JSON, with one character written as its code. */
const escaped = (text: string, word: string, at: number): string => {
  const code = word.charCodeAt(at).toString(16).padStart(4, '0');
  return text.replace(`"${word}"`, `"${word.slice(0, at)}\\u${code}${word.slice(at + 1)}"`);
};

const PROOF = exampleOf('3.1');

/** A certificate with so many values, numbers among its notes. */
const withValues = (values: number): string => {
  const notes = (count: number): string =>
    SIX.replace(/\}\s*$/, `, "provenance": {"more": [${Array.from({ length: count }, () => '0').join()}]}}`);
  // No string of this certificate has a quotation mark in it.
  const own = notes(0).match(/"[^"]*"|[[{]|[^\s"[\]{},:]+/g)?.length ?? 0;
  return notes(values - own);
};

describe('the values of a text', () => {
  it('are counted before they are built, by both checkers', () => {
    const texts = [withValues(MAXIMUM_VALUES), withValues(MAXIMUM_VALUES + 1)];
    expect(texts.map((text) => judgeText(text).accepted)).toEqual([true, false]);
    expect(secondOpinions(texts).map(({ accepted }) => accepted)).toEqual([true, false]);
  });

  it.each(['{}', '""', '{"a":0}'])('are too many: %s', (value) => {
    const text = `{"provenance":[${`${value},`.repeat(MAXIMUM_VALUES)}0]}`;
    const judgement = judgeText(text);
    expect(!judgement.accepted && judgement.reason).toContain(`more than ${MAXIMUM_VALUES} values`);
  });
});

describe('the format of a text', () => {
  const accepted = {
    'a proof': PROOF,
    'a proof with an escaped format': escaped(PROOF, 'ufm-check-proof/1', 15),
    'a proof with a slash that has a backslash': PROOF.replace('proof/1', String.raw`proof\/1`),
    'a proof with an escaped key': escaped(PROOF, 'format', 0),
    'a certificate': SIX,
    'a certificate with an escaped format': escaped(SIX, 'ufm-check-certificate/1', 0),
    'a certificate with an escaped key': escaped(SIX, 'format', 3),
    'a certificate that mentions the other format': SIX.replace('"original"', '"ufm-check-proof/1"'),
  };
  const rejected = {
    'two formats': PROOF.replace('{', String.raw`{"form\u0061t": "ufm-check-certificate/1",`),
    'a list of a format': '["ufm-check-proof/1"]',
    'a proof that says it is a certificate': PROOF.replace('ufm-check-proof/1', 'ufm-check-certificate/1'),
    'a certificate that says it is a proof': SIX.replace('ufm-check-certificate/1', 'ufm-check-proof/1'),
    'a format of other capitals': PROOF.replace('ufm-check-proof/1', 'UFM-check-proof/1'),
  };

  it('is what the document says, for both checkers', () => {
    const texts = [...Object.entries(accepted), ...Object.entries(rejected)];
    expect(new Set(texts.map(([, text]) => text)).size).toBe(texts.length);
    const opinions = secondOpinions(texts.map(([, text]) => text));
    texts.forEach(([name, text], index) => {
      const judgement = judgeText(text);
      const wanted = name in accepted;
      expect([name, judgement.accepted, opinions[index]?.accepted]).toEqual([name, wanted, wanted]);
      if (judgement.accepted) expect([name, 'proof' in judgement]).toEqual([name, name.startsWith('a proof')]);
    });
  });
});
