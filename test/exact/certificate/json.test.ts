/** The reader of JSON, against JSON.parse. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readJson } from '../../../src/exact/certificate/json.js';
import type { Json } from '../../../src/exact/certificate/json.js';

const plain = (json: Json): unknown => {
  if (json instanceof Map) return Object.fromEntries([...json].map(([key, value]) => [key, plain(value as Json)]));
  return Array.isArray(json) ? (json as readonly Json[]).map(plain) : json;
};

const { document } = fc.letrec<{ document: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.nat()),
  document: fc.oneof(
    { maxDepth: 6 },
    tie('leaf'),
    fc.array(tie('document'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('document'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('JSON', () => {
  it('is read as JSON.parse reads it, with any spaces', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(undefined, 1, '\t\r\n '), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(plain(readJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('is never accepted where JSON.parse fails, and read alike where it is', () => {
    const signs = '{}[],:"\\ '.split('');
    const piece = fc.constantFrom(...signs, '"a"', '"\\u00e9"', '"b": ', '1', '01', '-1', 'true', 'null', '\n');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        let json: Json;
        try {
          json = readJson(text);
        } catch {
          return;
        }
        expect(plain(json)).toEqual(JSON.parse(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('keeps keys that mean something to objects', () => {
    const json = readJson('{"__proto__": {"toString": "1"}, "constructor": "2"}') as ReadonlyMap<string, Json>;
    expect([...json.keys()]).toEqual(['__proto__', 'constructor']);
  });

  it('names the place of an error', () => {
    expect(() => readJson('{\n  "a": "1",\n  "a": "2"\n}')).toThrow(/twice at line 3, column 6/);
  });
});
