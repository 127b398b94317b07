/**
 * NumPy's `.npy` files: a header that says type, order and shape, and then the numbers.
 *
 * The header is the text of a Python dict; it is matched against the one form that NumPy writes and never evaluated.
 * Arrays of Python objects are pickles, which run code when they are loaded: they are refused unread. So is whatever
 * would need a guess: other byte orders, structured and complex types, 16-bit floats.
 */
import { UsageError } from '../../errors.js';
import { type NumericArray, LARGEST_ARRAY } from './array.js';

const MAGIC = '\x93NUMPY';
const LONGEST_HEADER = 65_536;

type Reader = (view: DataView, at: number) => number;

/** NaN beyond 2⁵³, where not every integer is a double: no other integer is read as NaN. */
const safe = (value: bigint): number => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : NaN;
};

/** Number of bytes and how to read one number, by type; multi-byte types in the order of every common machine. */
const TYPES: Readonly<Record<string, readonly [size: number, read: Reader]>> = {
  f4: [4, (view, at) => view.getFloat32(at, true)],
  f8: [8, (view, at) => view.getFloat64(at, true)],
  i1: [1, (view, at) => view.getInt8(at)],
  i2: [2, (view, at) => view.getInt16(at, true)],
  i4: [4, (view, at) => view.getInt32(at, true)],
  i8: [8, (view, at) => safe(view.getBigInt64(at, true))],
  u1: [1, (view, at) => view.getUint8(at)],
  u2: [2, (view, at) => view.getUint16(at, true)],
  u4: [4, (view, at) => view.getUint32(at, true)],
  u8: [8, (view, at) => safe(view.getBigUint64(at, true))],
};

/** Each side of the shape but the last ends with its comma: there is one way to read it, and no backtracking. */
const HEADER =
  /^\{'descr': (?:'([^']*)'|(\[.*\])), 'fortran_order': (True|False), 'shape': \(((?:\d+, ?)*\d*)\),? ?\}\s*$/;

const typeOf = (name: string, descr: string | undefined): readonly [number, Reader] => {
  const refuse = (what: string, hint = 'Save it as float64 or float32.'): never => {
    throw new UsageError(`${name}: ${what}`, hint);
  };
  if (descr === undefined) return refuse('a structured array, not one of numbers');
  const [, order = '', code = ''] = /^([<>|=])(.+)$/.exec(descr) ?? [];
  if (code === 'O') return refuse('an array of Python objects, which is a pickle and is never loaded');
  if (order === '>') return refuse(`big-endian numbers (${descr})`, "Save it as little-endian: x.astype('<f8').");
  const type = Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
  return type !== undefined && (order === '<' || (order === '|' && type[0] === 1))
    ? type
    : refuse(`numbers of the type ${descr}, which is not read`);
};

/** Row-major from column-major: the last index runs fastest. */
const fromFortran = (shape: readonly number[], data: Float64Array): Float64Array => {
  const result = new Float64Array(data.length);
  const index = shape.map(() => 0);
  for (let at = 0; at < data.length; at++) {
    let source = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) source = source * (shape[axis] ?? 1) + (index[axis] ?? 0);
    result[at] = data[source] ?? NaN;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      index[axis] = next === shape[axis] ? 0 : next;
      if (next !== shape[axis]) break;
    }
  }
  return result;
};

/**
 * Reads one array.
 *
 * @param name of the file, and of the array in it, for the messages
 * @throws UsageError for whatever is not a whole array of finite or infinite numbers of a known type
 */
export const readNpy = (name: string, bytes: Uint8Array): NumericArray => {
  const broken = (what: string): never => {
    throw new UsageError(`${name}: ${what}`, 'Write it again with numpy.save or numpy.savez.');
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString('latin1');
  if (text(0, 6) !== MAGIC.slice(0, bytes.length) || bytes.length === 0) return broken('not a NumPy array');
  if (bytes.length < 12) return broken('the file is truncated in its header');
  const major = view.getUint8(6);
  if (major < 1 || major > 3) return broken(`version ${major} of the format, which is not known`);
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) return broken('the header is too long');
  if (start + length > bytes.length) return broken('the file is truncated in its header');
  const header = HEADER.exec(text(start, start + length));
  if (header === null) return broken('the header is not one that NumPy writes');
  const [, descr, , order, sides = ''] = header;
  const [size, read] = typeOf(name, descr);
  const shape = sides.split(',').flatMap((x) => (x.trim() === '' ? [] : [Number(x)]));
  const count = shape.reduce((product, side) => product * side, 1);
  if (!(count <= LARGEST_ARRAY)) {
    throw new UsageError(`${name}: ${shape.join(' × ')} numbers are too many`, `At most ${LARGEST_ARRAY} are read.`);
  }
  const present = bytes.length - start - length;
  if (present < count * size) return broken(`the file is truncated: ${present} of ${count * size} bytes of numbers`);
  if (present > count * size) return broken(`${present - count * size} bytes too many after the numbers`);
  const data = new Float64Array(count);
  for (let k = 0; k < count; k++) data[k] = read(view, start + length + k * size);
  if (/^<[iu]8$/.test(descr ?? '') && data.some((x) => Number.isNaN(x))) {
    throw new UsageError(`${name}: an integer beyond 2^53, which is not exact as a double`, 'Save it as float64.');
  }
  const rowMajor = order === 'True' && shape.length > 1 ? fromFortran(shape, data) : data;
  return { shape, data: rowMajor, ...(descr === '<f4' ? { single: true } : {}) };
};

/** The bytes of a `.npy` file: little-endian, row-major, `f8` or (for labels) `i8`. */
export const writeNpy = ({ shape, data }: NumericArray, type: 'f8' | 'i8' = 'f8'): Uint8Array => {
  const sides = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(', ');
  const dict = `{'descr': '<${type}', 'fortran_order': False, 'shape': (${sides}), }`;
  // The numbers start at a multiple of 64 bytes, and the header ends with a line break.
  const padding = (64 - ((10 + dict.length + 1) % 64)) % 64;
  const header = `${dict}${' '.repeat(padding)}\n`;
  const bytes = new Uint8Array(10 + header.length + 8 * data.length);
  bytes.set(Buffer.from(`${MAGIC}\x01\x00`, 'latin1'));
  const view = new DataView(bytes.buffer);
  view.setUint16(8, header.length, true);
  bytes.set(Buffer.from(header, 'latin1'), 10);
  data.forEach((x, k) => {
    const at = 10 + header.length + 8 * k;
    if (type === 'f8') view.setFloat64(at, x, true);
    else view.setBigInt64(at, BigInt(x), true);
  });
  return bytes;
};
