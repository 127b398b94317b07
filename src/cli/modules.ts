/** The theorems of a run: those that ship with the package and those of the user's own modules. */
import { isMainThread } from 'node:worker_threads';
import * as shipped from '../../theorems/index.js';
import { UsageError } from '../errors.js';
import { type Theorem, fullId } from '../theorem/contract.js';
import { type LoadedModule, importModuleCode, loadModule } from '../theorem/load-module.js';
import { type Lemma, fullLemmaId } from '../theorem/lemma/contract.js';
import { lemmaRegistry, lemmasOf } from '../theorem/lemma/registry.js';
import { type Target, registryOf, targetName, theoremsOf } from '../theorem/registry.js';
import { forbidExit, tryFirst, withPlainInterrupt } from './guard.js';

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

const lateAt = (path: string) => (): UsageError =>
  new UsageError(
    `--theorems ${path}: the module has not finished loading after ${LOADING_SECONDS} s`,
    'A module only declares theorems: remove what it waits for',
  );

/**
 * Loads with standard output sent to standard error (what a module prints must not end up in a report), within a time,
 * and from then on without a way to end the process: a verdict that never came must not look like success.
 */
const guarded = async <T>(path: string, load: () => Promise<T>): Promise<T> => {
  const write = process.stdout.write.bind(process.stdout);
  let timer: NodeJS.Timeout | undefined;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  forbidExit();
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(lateAt(path)());
    }, LOADING_SECONDS * 1000);
  });
  try {
    return await Promise.race([load(), late]);
  } finally {
    clearTimeout(timer);
    process.stdout.write = write;
  }
};

const load = (path: string): Promise<LoadedModule> =>
  withPlainInterrupt(() => {
    const trial = (code: string): Promise<void> => tryFirst(code, LOADING_SECONDS * 1000, lateAt(path));
    return guarded(path, () => loadModule(path, undefined, trial));
  });

/** @throws UsageError for a module that cannot be read, does not compile or exports no theorem */
export const loadTheorems = async (paths: readonly string[]): Promise<LoadedTheorems> => {
  const theorems: Theorem[] = theoremsOf(shipped, 'ufm-check');
  const own = new Map<Theorem, string>();
  const ownLemmas = new Map<Lemma, string>();
  const codes: string[] = [];
  for (const path of paths) {
    const loaded = await load(path);
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

/** Claims beside the shipped ones, next to which a short name may be ambiguous; a claim may be a shipped one itself. */
export const besideShipped = (
  theorems: readonly Theorem[],
  lemmas: readonly Lemma[],
): Pick<LoadedTheorems, 'registry' | 'lemmas'> => {
  const ids = new Set([...theorems.map(fullId), ...lemmas.map(fullLemmaId)]);
  const others = theoremsOf(shipped, 'ufm-check').filter((x) => !ids.has(fullId(x)));
  const otherLemmas = lemmasOf(shipped).filter((x) => !ids.has(fullLemmaId(x)));
  return { registry: registryOf([...theorems, ...others]), lemmas: lemmaRegistry([...lemmas, ...otherLemmas]) };
};

/** The same theorems and lemmas by full id, inside a worker. */
export const registriesFromCodes = async (
  codes: readonly string[],
): Promise<Pick<LoadedTheorems, 'registry' | 'lemmas'>> => {
  const theorems: Theorem[] = theoremsOf(shipped, 'ufm-check');
  const lemmas: Lemma[] = lemmasOf(shipped);
  // In a thread this would end the thread, without a word.
  if (codes.length > 0 && !isMainThread) forbidExit();
  for (const code of codes) {
    const exports = await importModuleCode(code);
    theorems.push(...theoremsOf(exports, 'the module'));
    lemmas.push(...lemmasOf(exports));
  }
  return { registry: registryOf(theorems), lemmas: lemmaRegistry(lemmas) };
};

/** Does a task about one revision; what is wrong with its formulas is told with its name and that of its file. */
export const naming = async <T>(target: Target, path: string | undefined, task: () => Promise<T>): Promise<T> => {
  try {
    return await task();
  } catch (error) {
    const name = targetName(target);
    const ours = error instanceof Error && ['UsageError', 'ExactError'].includes(error.name);
    if (!ours || error.message.includes(name)) throw error;
    const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : 'Check its formulas.';
    throw new UsageError(`${path === undefined ? '' : `${path}, `}theorem ${name}: ${error.message}`, hint);
  }
};
