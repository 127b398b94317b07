/**
 * The module and the memory that the SIMD kernels of one model share: workspaces that live in it are used where they
 * lie. The size is fixed at the start, so that no view is ever detached; pages cost nothing before they are touched.
 */
import { assemble } from './assembler.js';
import { denseFunctions } from './dense-code.js';
import { sparseFunctions } from './sparse-code.js';
import { vectorFunctions } from './vector-code.js';
import { webAssembly, type CompiledModule, type ModuleFunctions, type ModuleMemory } from './webassembly.js';

const PAGE = 65_536;
/** 2 GB. */
const MOST_PAGES = 32_768;

/** A memory with the functions that work on it. */
export interface SimdMemory {
  readonly calls: ModuleFunctions;
  readonly buffer: ArrayBuffer;
  /** The whole memory. */
  readonly all: Float64Array;
  /** The place in `all` of so many numbers, on a boundary of two; undefined when there is no room. */
  reserve(count: number): number | undefined;
}

let compiled: CompiledModule | null | undefined;

/** The module, compiled at the first call; null where WebAssembly or its SIMD is missing. */
function compile(): CompiledModule | null {
  try {
    const source = [...vectorFunctions(), ...denseFunctions(), ...sparseFunctions()];
    return webAssembly === undefined ? null : new webAssembly.Module(assemble(source));
  } catch {
    return null;
  }
}

/** Room for `doubles` numbers; undefined where there is no SIMD, or not as much memory. */
export function createSimdMemory(doubles: number): SimdMemory | undefined {
  const module = (compiled ??= compile());
  const pages = Math.ceil((8 * doubles) / PAGE);
  if (webAssembly === undefined || module === null || pages > MOST_PAGES) return undefined;
  let memory: ModuleMemory;
  try {
    memory = new webAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    return undefined;
  }
  const all = new Float64Array(memory.buffer);
  let next = 0;
  return {
    calls: new webAssembly.Instance(module, { env: { memory } }).exports,
    buffer: memory.buffer,
    all,
    reserve(count) {
      const at = next;
      if (at + count > all.length) return undefined;
      next += 2 * Math.ceil(count / 2);
      return at;
    },
  };
}
