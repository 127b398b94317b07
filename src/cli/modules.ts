/** The theorems of a run: those that ship with the package and those of the user's own modules. */
import * as shipped from '../../theorems/index.js';
import type { Theorem } from '../theorem/contract.js';
import { importModuleCode, loadModule } from '../theorem/load-module.js';
import { registryOf, theoremsOf } from '../theorem/registry.js';

export interface LoadedTheorems {
  readonly registry: ReadonlyMap<string, Theorem>;
  /** The code of the user's modules, for workers to evaluate the same bytes. */
  readonly codes: readonly string[];
  readonly modulePath: (theorem: Theorem) => string | undefined;
  /** Whether a theorem comes from a module of the user's. */
  readonly own: readonly Theorem[];
}

/** Runs with standard output sent to standard error: what a module prints must not end up in a report. */
const quietly = async <T>(load: () => Promise<T>): Promise<T> => {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  try {
    return await load();
  } finally {
    process.stdout.write = write;
  }
};

/** @throws UsageError for a module that cannot be read, does not compile or exports no theorem */
export const loadTheorems = async (paths: readonly string[]): Promise<LoadedTheorems> => {
  const theorems: Theorem[] = theoremsOf(shipped, 'ufm-check');
  const own = new Map<Theorem, string>();
  const codes: string[] = [];
  for (const path of paths) {
    const loaded = await quietly(() => loadModule(path));
    for (const theorem of theoremsOf(loaded.exports, path)) own.set(theorem, path);
    codes.push(loaded.code);
  }
  return {
    registry: registryOf([...theorems, ...own.keys()]),
    codes,
    modulePath: (theorem) => own.get(theorem),
    own: [...own.keys()],
  };
};

/** The same registry, inside a worker. */
export const registryFromCodes = async (codes: readonly string[]): Promise<ReadonlyMap<string, Theorem>> => {
  const theorems: Theorem[] = theoremsOf(shipped, 'ufm-check');
  for (const code of codes) theorems.push(...theoremsOf(await importModuleCode(code), 'the module'));
  return registryOf(theorems);
};
