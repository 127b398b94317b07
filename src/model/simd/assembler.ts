/**
 * A WebAssembly assembler of the size that the kernels need: functions over i32, f64 and v128 on one imported memory.
 *
 * Code is written as nested calls that return bytes, in the order of the stack machine: `f64.add(a, b)` is the bytes
 * of a, of b, and of the instruction. Opcodes are those of the WebAssembly core specification, section 5.4.
 */

/** Encoded instructions. */
export type Code = readonly number[];

/** Types of values. */
export const I32 = 0x7f;
export const F64 = 0x7c;
export const V128 = 0x7b;

/** A function of the module. Parameters are locals 0, 1, …; `locals` are numbered on from them. */
export interface FunctionSource {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly result?: number;
  readonly locals: readonly number[];
  readonly body: Code;
}

/** Unsigned LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value === 0 ? low : low | 0x80);
  } while (value !== 0);
  return bytes;
}

/** Signed LEB128 of a 32-bit integer. */
function signed(value: number): number[] {
  for (const bytes: number[] = []; ; ) {
    const low = value & 0x7f;
    value >>= 7;
    const done = (value === 0 && (low & 0x40) === 0) || (value === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const plain = (opcode: number) => (...operands: readonly Code[]): Code => [...operands.flat(), opcode];
const simd = (opcode: number) => (...operands: readonly Code[]): Code =>
  [...operands.flat(), 0xfd, ...unsigned(opcode)];
/** Alignment is a hint as a power of two, then the constant part of the address. */
const access = (align: number, offset: number): Code => [align, ...unsigned(offset)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];

export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  load: (address: Code, offset = 0): Code => [...address, 0x28, ...access(2, offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x36, ...access(2, offset)],
  add: plain(0x6a), subtract: plain(0x6b), multiply: plain(0x6c),
  and: plain(0x71), shiftLeft: plain(0x74), shiftRight: plain(0x76),
  isZero: plain(0x45), less: plain(0x49), greater: plain(0x4b),
} as const;

export const f64 = {
  constantZero: [0x44, 0, 0, 0, 0, 0, 0, 0, 0] as Code,
  load: (address: Code, offset = 0): Code => [...address, 0x2b, ...access(3, offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x39, ...access(3, offset)],
  add: plain(0xa0), subtract: plain(0xa1), multiply: plain(0xa2),
  notEqual: plain(0x62), less: plain(0x63), greater: plain(0x64),
} as const;

/** Two doubles in one register. Multiplication and addition round separately: there is no fused form here. */
export const f64x2 = {
  zero: [0xfd, 0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] as Code,
  load: (address: Code, offset = 0): Code => [...address, 0xfd, 0x00, ...access(3, offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0xfd, 0x0b, ...access(3, offset)],
  /** Both lanes from one number in memory. */
  loadSplat: (address: Code, offset = 0): Code => [...address, 0xfd, 0x0a, ...access(3, offset)],
  lane: (value: Code, lane: 0 | 1): Code => [...value, 0xfd, 0x21, lane],
  splat: simd(0x14),
  add: simd(0xf0), subtract: simd(0xf1), multiply: simd(0xf2),
  /** All bits of a lane set where it holds. */
  less: simd(0x49), greater: simd(0x4a),
  and: simd(0x4e), andNot: simd(0x4f),
} as const;

/** Calls the function with that index in the module. */
export const call = (index: number, ...operands: readonly Code[]): Code => [
  ...operands.flat(), 0x10, ...unsigned(index),
];

/** Ends the function with this value. */
export const finish = (value: Code): Code => [...value, 0x0f];

/** `if (condition) then else otherwise`. */
export const when = (condition: Code, then: Code, otherwise: Code = []): Code => [
  ...condition, 0x04, 0x40, ...then, ...(otherwise.length > 0 ? [0x05, ...otherwise] : []), 0x0b,
];

/** Runs `body` once, and again as long as `condition` holds: no test before the first round. */
export const doWhile = (body: Code, condition: Code): Code => [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b];

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
/** ASCII. */
const text = (name: string): Code => vector(Array.from(name, (letter) => [letter.charCodeAt(0)]));

/** The bytes of a module that imports the memory `env.memory` and exports its functions by name. */
export function assemble(functions: readonly FunctionSource[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, result }): Code => [
    0x60, ...vector(parameters.map((type) => [type])), ...vector(result === undefined ? [] : [[result]]),
  ]);
  const bodies = functions.map(({ locals, body }): Code => {
    const code = [...vector(locals.map((type) => [1, type])), ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, vector(types)),
    ...section(2, vector([[...text('env'), ...text('memory'), 0x02, 0x00, 0x01]])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]))),
    ...section(10, vector(bodies)),
  ]);
}
