/** The theorems of a run: those that ship with the package and those of the user's own modules. */
import * as shipped from '../../theorems/index.js';
import { UsageError } from '../errors.js';
import type { Theorem } from '../theorem/contract.js';
import { importModuleCode, loadModule } from '../theorem/load-module.js';
import type { Lemma } from '../theorem/lemma/contract.js';
import { lemmaRegistry, lemmasOf } from '../theorem/lemma/registry.js';
import { registryOf, theoremsOf } from '../theorem/registry.js';

export interface LoadedTheorems {
  readonly registry: ReadonlyMap<string, Theorem>;
  /** The code of the user's modules, for workers to evaluate the same bytes. */
  readonly codes: readonly string[];
  readonly lemmas: ReadonlyMap<string, Lemma>;
  readonly modulePath: (claim: Theorem | Lemma) => string | undefined;
  /** The theorems and lemmas of the user's own modules. */
  readonly own: readonly Theorem[];
  readonly ownLemmas: readonly Lemma[];
}

/** A module that declares theorems is done at once; one that waits for something would wait for ever. */
const LOADING_SECONDS = 10;

/**
 * Runs with standard output sent to standard error (what a module prints must not end up in a report), within a time,
 * and without a way to end the process: a verdict that never came must not look like success.
 */
const guarded = async <T>(path: string, load: () => Promise<T>): Promise<T> => {
  const write = process.stdout.write.bind(process.stdout);
  const exit = process.exit.bind(process);
  let timer: NodeJS.Timeout | undefined;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  process.exit = () => {
    throw new UsageError('it calls process.exit', 'A module only declares theorems: remove the call');
  };
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new UsageError(
          `--theorems ${path}: the module has not finished loading after ${LOADING_SECONDS} s`,
          'A module only declares theorems: remove what it waits for',
        ),
      );
    }, LOADING_SECONDS * 1000);
  });
  try {
    return await Promise.race([load(), late]);
  } finally {
    clearTimeout(timer);
    process.stdout.write = write;
    process.exit = exit;
  }
};

/** @throws UsageError for a module that cannot be read, does not compile or exports no theorem */
export const loadTheorems = async (paths: readonly string[]): Promise<LoadedTheorems> => {
  const theorems: Theorem[] = theoremsOf(shipped, 'ufm-check');
  const own = new Map<Theorem, string>();
  const ownLemmas = new Map<Lemma, string>();
  const codes: string[] = [];
  for (const path of paths) {
    const loaded = await guarded(path, () => loadModule(path));
    for (const theorem of theoremsOf(loaded.exports, path)) own.set(theorem, path);
    for (const lemma of lemmasOf(loaded.exports)) ownLemmas.set(lemma, path);
    codes.push(loaded.code);
  }
  return {
    registry: registryOf([...theorems, ...own.keys()]),
    lemmas: lemmaRegistry([...lemmasOf(shipped), ...ownLemmas.keys()]),
    codes,
    modulePath: (claim) => ('revisions' in claim ? own.get(claim) : ownLemmas.get(claim)),
    own: [...own.keys()],
    ownLemmas: [...ownLemmas.keys()],
  };
};

/** The same registry, inside a worker. */
export const registryFromCodes = async (codes: readonly string[]): Promise<ReadonlyMap<string, Theorem>> => {
  const theorems: Theorem[] = theoremsOf(shipped, 'ufm-check');
  for (const code of codes) theorems.push(...theoremsOf(await importModuleCode(code), 'the module'));
  return registryOf(theorems);
};
