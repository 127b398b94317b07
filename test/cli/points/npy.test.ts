/** `.npy` and `.npz`: what NumPy has written, what we write, and files that are damaged in every way. */
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../../src/cli/points/npy.js';
import { readZip, writeZip } from '../../../src/cli/points/zip.js';
import { UsageError } from '../../../src/errors.js';
import { NUMPY } from '../here.js';

const fixture = (name: string): Uint8Array => readFileSync(`${NUMPY}${name}`);

const arrays = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
  .chain((shape) => {
    const count = shape.reduce((product, side) => product * side, 1);
    return fc.tuple(fc.constant(shape), fc.array(fc.double(), { minLength: count, maxLength: count }));
  })
  .map(([shape, numbers]) => ({ shape, data: Float64Array.from(numbers) }));

describe('.npy', () => {
  it('is written as NumPy writes it, byte for byte', () => {
    for (const [name, type] of [
      ['W.npy', 'f8'],
      ['H.npy', 'f8'],
      ['y.npy', 'i8'],
    ] as const) {
      const bytes = fixture(name);
      expect(Buffer.from(writeNpy(readNpy(name, bytes), type)).equals(bytes)).toBe(true);
    }
  });

  it('is read back, bit for bit', () => {
    fc.assert(
      fc.property(arrays, (array) => {
        const { shape, data } = readNpy('x', writeNpy(array));
        expect(shape).toEqual(array.shape);
        expect(Buffer.from(data.buffer).equals(Buffer.from(array.data.buffer))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('is read the same in column-major order and in compressed archives', () => {
    const plain = readNpy('W', fixture('W.npy'));
    for (const file of ['fortran.npz', 'point.npz', 'unlabelled.npz']) {
      const member = readZip(file, fixture(file)).get('W.npy');
      expect(readNpy('W', member ?? new Uint8Array())).toEqual(plain);
    }
  });

  it('is refused when anything of it is missing or too much', () => {
    const bytes = fixture('W.npy');
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readNpy('W', bytes.subarray(0, length))).toThrow(UsageError);
    }
    expect(() => readNpy('W', Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow('1 bytes too many');
  });

  it('has a header that is read in linear time', () => {
    // 60,000 digits and no end of the shape: a pattern that may split them in any way does not come to an end.
    const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${'1'.repeat(60_000)}x), }\n`;
    const length = Buffer.from([header.length & 0xff, header.length >> 8]);
    const bytes = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(header, 'latin1')]);
    expect(() => readNpy('W', bytes)).toThrow('the header is not one that NumPy writes');
  });

  it('is refused where it has integers that are no doubles', () => {
    const bytes = Buffer.from(writeNpy({ shape: [1], data: Float64Array.of(7) }, 'i8'));
    expect(readNpy('W', bytes).data[0]).toBe(7);
    bytes.writeBigInt64LE(2n ** 60n + 1n, bytes.length - 8);
    expect(() => readNpy('W', bytes)).toThrow('an integer beyond 2^53');
  });

  it('never makes room for more numbers than the file holds', () => {
    const text = Buffer.from(fixture('W.npy')).toString('latin1');
    const claimed = Buffer.from(text.replace('(3, 4)', '(9999999999999999, 4)').replace(/ {15}\n/, '\n'), 'latin1');
    expect(() => readNpy('W', claimed)).toThrow('are too many');
  });
});

describe('.npz', () => {
  it('is read back, stored and deflated', () => {
    const members = new Map([
      ['a.npy', writeNpy({ shape: [2], data: Float64Array.of(1, 2) })],
      ['ü.npy', new Uint8Array()],
    ]);
    for (const deflated of [false, true]) {
      const read = readZip('x.npz', writeZip(members, deflated));
      expect([...read.keys()]).toEqual([...members.keys()]);
      for (const [name, content] of members) expect(Buffer.from(read.get(name) ?? [1]).equals(content)).toBe(true);
    }
  });

  it('may have a comment, even one with the mark of an end in it', () => {
    const members = new Map([['a.npy', writeNpy({ shape: [2], data: Float64Array.of(1, 2) })]]);
    const comment = Buffer.from('before PK\x05\x06 and a good deal more after it', 'latin1');
    const bytes = Buffer.concat([writeZip(members), comment]);
    bytes.writeUInt16LE(comment.length, bytes.length - comment.length - 2);
    expect([...readZip('x.npz', bytes).keys()]).toEqual(['a.npy']);
  });

  it('is refused when it is truncated anywhere', () => {
    const bytes = fixture('point.npz');
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readZip('x.npz', bytes.subarray(0, length))).toThrow(UsageError);
    }
  });

  it('with one byte changed is refused, or has the same arrays', () => {
    const bytes = fixture('point.npz');
    const contents = (archive: Uint8Array) =>
      [...readZip('x.npz', archive)].map(([, x]) => Buffer.from(x).toString('hex'));
    const whole = contents(bytes);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      let read;
      try {
        read = contents(changed);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        continue;
      }
      // A date, a version or an attribute: nothing that is read.
      expect(whole.join()).toContain(read.join());
    }
  });

  it('is never unpacked beyond its stated size, nor beyond the limit', () => {
    const bomb = Buffer.from(writeZip(new Map([['a.npy', new Uint8Array(2 ** 20)]]), true));
    const entry = bomb.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    const withSize = (size: number): Buffer => {
      const copy = Buffer.from(bomb);
      copy.writeUInt32LE(size, entry + 24);
      return copy;
    };
    expect(() => readZip('x.npz', withSize(1000))).toThrow('does not unpack to its size');
    expect(() => readZip('x.npz', withSize(2 ** 30))).toThrow('bytes when unpacked');
    expect(crc32(readZip('x.npz', bomb).get('a.npy') ?? '')).toBe(crc32(new Uint8Array(2 ** 20)));
  });
});
