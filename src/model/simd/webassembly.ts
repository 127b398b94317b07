/** The part of the WebAssembly interface that the kernels use; the language library that we compile for lacks it. */

/** A compiled module, opaque. */
export type CompiledModule = object;

/** A block of memory that a module works on. */
export interface ModuleMemory {
  readonly buffer: ArrayBuffer;
}

/** Functions exported by a module: numbers in, a number or nothing out. */
export type ModuleFunctions = Readonly<Record<string, (...operands: number[]) => number>>;

interface WebAssemblyInterface {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => CompiledModule;
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => ModuleMemory;
  readonly Instance: new (
    module: CompiledModule, imports: { readonly env: { readonly memory: ModuleMemory } },
  ) => { readonly exports: ModuleFunctions };
}

/** Undefined where the engine has none. */
export const webAssembly = (globalThis as unknown as { readonly WebAssembly?: WebAssemblyInterface }).WebAssembly;
